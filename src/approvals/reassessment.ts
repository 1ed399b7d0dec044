// Boot: what waits for a decision is judged again by today's config and rules. A card that nobody may decide any more, or
// whose requester, agent or project may not have it any more, is closed and said so; one that was asked under other rules is asked again under these, and the old one replaced.
import { everDecidersOf, neededFor, reachableIn } from "./authority.ts";
import { barredNotice, strandedNotice } from "../notices.ts";
import type { ApprovalPolicy } from "./policy.ts";
import type { Clock, Erp, Journal, OutboxDraft } from "../ports.ts";
import type { Proposal, ProposalState } from "../proposal.ts";
import { createSuccession } from "./succession.ts";
import { barredWhy } from "../work/entitlement.ts";
import type { Entitling } from "../work/entitlement.ts";

export type ReassessmentDeps = {
  readonly journal: Pick<Journal, "proposal" | "proposals" | "settle" | "propose" | "cardPlaces" | "lately">;
  readonly policy: ApprovalPolicy;
  readonly roster: Entitling["roster"];
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
    // A run asks this of itself at each of its steps, and says so as its own end.
    const isRuns = proposal.run !== null;
    const barred = isRuns ? null : barredWhy({ directory, roster: deps.roster }, proposal);
    if (left.length < neededFor(directory, proposal)) await strand(deps, proposal);
    else if (barred !== null)
      await close(deps, proposal, { detail: barred, notice: barredNotice(proposal, barred) });
    else if (proposal.policyVersion !== version) await askAgain(deps, proposal);
  }
}

async function strand(deps: ReassessmentDeps, proposal: Proposal): Promise<void> {
  const detail = `${proposal.approvers.join(" and ")} may not decide here any more`;
  await close(deps, proposal, { detail, notice: strandedNotice(proposal) });
}

type Closing = { readonly detail: string; readonly notice: OutboxDraft };
async function close(
  { journal, onOver }: ReassessmentDeps,
  { id }: Proposal,
  { detail, notice }: Closing,
): Promise<void> {
  if (await journal.settle(id, { from, to: "blocked", detail, notice })) await onOver(id);
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
