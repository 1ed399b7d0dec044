// Boot: what waits for a decision is judged again by today's config and rules. A card that nobody may decide any more is
// closed and said so; one that was asked under other rules is asked again under these, and the old one replaced.
import { everDecidersOf, neededFor, reachableIn } from "./authority.ts";
import { strandedNotice } from "./notices.ts";
import type { ApprovalPolicy } from "./policy.ts";
import type { Clock, Erp, Journal } from "./ports.ts";
import type { Proposal, ProposalState } from "./proposal.ts";
import { createSuccession } from "./succession.ts";

export type ReassessmentDeps = {
  readonly journal: Pick<Journal, "proposal" | "proposals" | "settle" | "propose" | "cardPlaces" | "lately">;
  readonly policy: ApprovalPolicy;
  readonly erps: ReadonlyMap<string, Erp>;
  readonly clock: Clock;
  /** Closed: whoever waits for it should hear of it. */
  readonly onOver: (proposal: string) => Promise<void>;
};

const from: readonly ProposalState[] = ["proposed", "pending"];
const why = "the rules for approvals have changed since it was asked";

export async function reassess(deps: ReassessmentDeps): Promise<void> {
  const { directory, version, directPlaces } = deps.policy;
  for (const proposal of await deps.journal.proposals({ states: from })) {
    const { thread } = proposal;
    const left = reachableIn(directory, everDecidersOf(directory, proposal), { thread, directPlaces });
    if (left.length < neededFor(directory, proposal)) await strand(deps, proposal);
    else if (proposal.policyVersion !== version) await askAgain(deps, proposal);
  }
}

async function strand({ journal, onOver }: ReassessmentDeps, proposal: Proposal): Promise<void> {
  const detail = `${proposal.approvers.join(" and ")} may not decide here any more`;
  const move = { from, to: "blocked", detail, notice: strandedNotice(proposal) } as const;
  if (await journal.settle(proposal.id, move)) await onOver(proposal.id);
}

/** The old one can't run any more whatever is pressed, so the new one may be stored before it is closed. */
async function askAgain(deps: ReassessmentDeps, old: Proposal): Promise<void> {
  const { journal, policy, onOver } = deps;
  const next = await createSuccession(deps, policy)(old, why);
  // An ERP that is away now must not stop the boot: whoever approves the old card is told that the rules have changed.
  if (next === null) return;
  await journal.propose(next.proposal, next.card);
  if (await journal.settle(old.id, { from, to: "superseded", detail: next.proposal.id }))
    await onOver(old.id);
}
