// How people judged what agents proposed and said: sealed proposals, verified one by one, and the thumbs that
// stand, by their seals. Asked at the start and after a decision or a thumb, never for an answer; how far back is looked has an end.
import { z } from "zod";
import type { Evidence, Journal } from "../../src/ports.ts";
import type { Proposal } from "../../src/proposal.ts";
import { verdictOf } from "../../src/trust/verdict.ts";
import { partByTrust, setAside } from "./altered.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { proposalColumns, ProposalRow } from "./proposals.ts";
import { thumbKey, thumbsSince } from "./thumbs.ts";
import type { ThumbRow } from "./thumbs.ts";

const reach = 1_000;
const judged = {
  sql: `SELECT ${proposalColumns}, touched_at FROM proposal
    WHERE state NOT IN ('proposed', 'pending') AND touched_at >= ?1 ORDER BY touched_at DESC, ord DESC LIMIT ${reach}`,
  row: ProposalRow.extend({ touched_at: z.number().int() }),
};
/** What this one was put in the place of. */
const before = {
  sql: "SELECT id FROM proposal WHERE state = 'superseded' AND outcome_detail = ?1",
  row: z.object({ id: z.string() }),
};
const toEvidence = (thumb: ThumbRow): Evidence => ({
  key: thumbKey(thumb),
  agent: thumb.agent,
  kind: thumb.mark ?? "none",
  stakes: "low",
  at: thumb.at,
});

/** What a person changed is that person's work, not the agent's. */
const isMadeByHand = ({ store }: Ledger, { id, link }: Proposal): boolean =>
  link?.replaces === undefined && store.get(before, id) !== null;

export type EvidencePart = Pick<Journal, "evidence">;
export const evidenceOf = (ledger: Ledger, { commit }: GroupCommit): EvidencePart => ({
  evidence: async (sinceMs) => {
    const rows = ledger.store.all(judged, sinceMs).toReversed();
    const changedAt = new Map(rows.map(({ id, touched_at: at }) => [id, at]));
    const { trusted, altered: proposals } = partByTrust(ledger, rows);
    const thumbs = thumbsSince(ledger, sinceMs);
    const altered = [...proposals, ...thumbs.altered];
    if (altered.some(({ id }) => !ledger.aside.has(id))) await commit(() => setAside(ledger, altered));
    return [
      ...trusted
        .filter((proposal) => !isMadeByHand(ledger, proposal))
        .map((proposal) => verdictOf(proposal, changedAt.get(proposal.id) ?? sinceMs)),
      ...thumbs.whole.map(toEvidence),
    ].toSorted((left, right) => left.at - right.at);
  },
});
