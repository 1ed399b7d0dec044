// The part of the journal that trust is measured by: how people judged what agents proposed and said.
import type { Stakes } from "../proposal.ts";

/** `none`: it was judged before and is no longer, e.g. a thumb that was taken back. */
export type EvidenceKind = "approved" | "edited" | "rejected" | "up" | "down" | "none";
/** One judgement of one thing. */
export type Evidence = {
  /** Read again under the same key, it takes the place of what was read before. */
  readonly key: string;
  readonly agent: string;
  readonly kind: EvidenceKind;
  /** Of the proposal; a thumb is for words, which are low. */
  readonly stakes: Stakes;
  /** Epoch ms. */
  readonly at: number;
};

export interface TrustJournal {
  /** What was judged, or changed in that, since then, oldest first; at most the newest 1,000 proposals and the newest 1,000 thumbs. Proposals that were altered outside Nova are left out. */
  evidence(sinceMs: number): Promise<readonly Evidence[]>;
}
