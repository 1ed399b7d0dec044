// A proposal that went stale is asked again as it would be now: a new one, linked to the old, with what differs. It commits
// with the end of the old one, and needs an approval of its own.
import { createJudge } from "./judgement.ts";
import type { Clock, Erp, Journal, OutboxDraft } from "../ports.ts";
import { successorOf } from "../proposal.ts";
import type { NewProposal, Proposal } from "../proposal.ts";
import { askedAgainInRun } from "../proposal-link.ts";
import { toProposal, unreachableWhy } from "../rooms/approvals.ts";
import { withOutsiders } from "./membership.ts";
import type { ApprovalPolicy } from "./policy.ts";
import { cardDraft } from "../rooms/outbox.ts";
import { differencesOf } from "../work/differences.ts";
import { prepareAgain } from "../work/prepare-again.ts";

export type Successor = { readonly proposal: NewProposal; readonly card: OutboxDraft };
/** Null: it can't be done any more, nobody can be asked, or a run has asked again often enough. `warnings`: what the ERP said only when it was told to do it. */
export type Succeed = (old: Proposal, why: string, warnings?: readonly string[]) => Promise<Successor | null>;

type Deps = {
  readonly journal: Pick<Journal, "cardPlaces" | "proposal" | "lately">;
  readonly erps: ReadonlyMap<string, Erp>;
  readonly clock: Clock;
};

export function createSuccession(deps: Deps, policy: ApprovalPolicy): Succeed {
  return async (old, why, warnings = []) => {
    const erp = deps.erps.get(old.prepared.command.instance);
    if (erp === undefined || (await isWornOut(deps.journal, old))) return null;
    const again = await prepareAgain(deps.clock, erp, old);
    if (again === null || again.kind === "refused") return null;
    const prepared = { ...again.prepared, warnings: [...new Set([...again.prepared.warnings, ...warnings])] };
    const differences = differencesOf(old.prepared, prepared);
    const replaces = { proposal: old.id, why, differences: [...differences] };
    const link = { ...old.link, replaces };
    const draft = { ...draftOf(old), id: successorOf(old.id), prepared, link };
    // An item of a batch stands on the card of the first one.
    const [place] = await deps.journal.cardPlaces([old.batch?.lead ?? old.id]);
    const thread = place?.thread ?? old.thread;
    const { turn, run, project, requester, requesterAccount } = old;
    const judge = await createJudge(policy, deps.journal, { project, drafts: [draft] });
    const origin = { turn, run, project, thread, requester, requesterAccount, ...judge(draft) };
    const proposal = toProposal(policy, draft, origin);
    if (unreachableWhy(await withOutsiders(policy, [proposal]), proposal) !== null) return null;
    return { proposal, card: cardDraft(proposal.id, { thread, turn: null }, proposal) };
  };
}

/** A run goes on by itself: without an end, record and approval could chase each other for ever. */
async function isWornOut(journal: Deps["journal"], { run, link }: Proposal): Promise<boolean> {
  if (run === null) return false;
  let before = link?.replaces?.proposal;
  for (let times = 0; before !== undefined; times += 1) {
    if (times + 1 >= askedAgainInRun) return true;
    before = (await journal.proposal(before))?.link?.replaces?.proposal;
  }
  return false;
}

const draftOf = ({ effect, agent, declaredStakes, input }: Proposal) => ({
  effect,
  agent,
  declaredStakes,
  // The agent spoke of what it saw then.
  agentWords: null,
  ...(input === undefined ? {} : { input }),
});
