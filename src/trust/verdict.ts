// What a person's decision says of the agent that proposed: pure, read from the proposal's sealed row.
import type { Evidence, EvidenceKind } from "../ports.ts";
import { successorOf } from "../proposal.ts";
import type { Proposal, ProposalState } from "../proposal.ts";

/** A yes as it was asked for, whatever became of the effect afterwards: that is the ERP's doing, not the agent's. */
const approvedStates: ReadonlySet<ProposalState> = new Set<ProposalState>([
  "approved",
  "executing",
  "applied",
  "failed",
  "stale",
  "denied",
  "needs_ack",
  "partial",
  "unknown",
  "not_applied",
  "needs_human",
]);

/** Not judged at all: still open, run out, taken back, undone, or closed by code. */
function kindOf({ id, state, decidedAt, outcomeDetail }: Proposal): EvidenceKind {
  if (state === "rejected") return "rejected";
  // Code asks again under a name that it derives; any other successor is what a person made of it.
  if (state === "superseded")
    return outcomeDetail === null || outcomeDetail === successorOf(id) ? "none" : "edited";
  return approvedStates.has(state) && decidedAt !== null ? "approved" : "none";
}

/** One that code asked again stands for the one before it, so that one wish counts once. */
export function verdictOf(proposal: Proposal, changedAt: number): Evidence {
  const { id, agent, stakes, link, decidedAt } = proposal;
  const isOwnWish = link?.undoes === undefined;
  return {
    key: `proposal ${link?.replaces?.proposal ?? id}`,
    agent,
    kind: isOwnWish ? kindOf(proposal) : "none",
    stakes,
    at: decidedAt ?? changedAt,
  };
}
