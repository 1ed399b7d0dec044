// What an edit puts in the place of a proposal: judged as if it were asked for the first time, before the old one is
// touched. What nobody here may approve leaves the old one standing; else both change in one commit.
import { createJudge } from "./judgement.ts";
import { withOutsiders } from "./membership.ts";
import type { Journal } from "../ports.ts";
import type { ApprovalPolicy } from "./policy.ts";
import type { Said } from "../post.ts";
import type { Proposal, ProposalDraft, ProposalState } from "../proposal.ts";
import { holdBack, toProposal, unreachableWhy } from "../rooms/approvals.ts";
import type { Origin } from "../rooms/approvals.ts";
import { cardDraft } from "../rooms/outbox.ts";

export type Replacement =
  | { readonly kind: "replaced"; readonly told: readonly Said[] }
  /** One sentence: the old one stands as it was. */
  | { readonly kind: "no"; readonly why: string }
  /** Somebody was faster: the old one was decided meanwhile. */
  | { readonly kind: "late" };
export type Replace = (old: Proposal, draft: ProposalDraft, origin: Origin) => Promise<Replacement>;

type Ledger = Pick<Journal, "lately" | "recentCards" | "settle">;
const from: readonly ProposalState[] = ["proposed", "pending"];

export function createReplacement(journal: Ledger, policy: ApprovalPolicy): Replace {
  return async (old, draft, origin) => {
    // The old one does not count beside what takes its place.
    const lately: Ledger["lately"] = async (project, since) =>
      (await journal.lately(project, since)).filter(({ id }) => id !== old.id);
    const judge = await createJudge(policy, { lately }, { project: origin.project, drafts: [draft] });
    const asked = toProposal(policy, draft, { ...origin, ...judge(draft) });
    const why = unreachableWhy(await withOutsiders(policy, [asked]), asked);
    if (why !== null) return { kind: "no", why };
    const { open, told } = await holdBack(policy, journal, [asked]);
    const proposal = open[0] ?? asked;
    const { id, thread, turn, showAt } = proposal;
    const card = showAt === undefined ? cardDraft(id, { thread, turn }, proposal) : null;
    const move = { from, to: "superseded", detail: id, next: { proposal, card } } as const;
    return (await journal.settle(old.id, move)) ? { kind: "replaced", told } : { kind: "late" };
  };
}
