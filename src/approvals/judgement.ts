// Judges how hard the question must be for what is proposed: what the ERP computed, beside what was done or asked in its
// project within the last 24 hours. Asked when a card is made, and once more right before its effect would run.
import type { ApprovalPolicy } from "./policy.ts";
import type { Journal, Prepared } from "../ports.ts";
import type { NewProposal, Proposal, ProposalDraft, ProposalState, Stakes } from "../proposal.ts";
import { reasonsFor, stakesOf } from "./stakes.ts";
import { othersOf, stakesCase } from "./stakes-case.ts";
import type { Asked } from "./stakes-case.ts";

const dayMs = 86_400_000;

type Ledger = Pick<Journal, "lately">;
export type Judgement = Pick<NewProposal, "stakes" | "because">;
export type Judge = (draft: ProposalDraft) => Judgement;

/** For everything that one message or run asks together: each counts the others. Nothing is read where nothing is asked. */
export async function createJudge(
  policy: ApprovalPolicy,
  journal: Ledger,
  {
    project,
    drafts,
  }: { readonly project: NewProposal["project"]; readonly drafts: readonly ProposalDraft[] },
): Promise<Judge> {
  const since = policy.clock.now() - dayMs;
  const lately = drafts.length === 0 ? [] : await journal.lately(project, since);
  return (draft) => judge(policy, draft, [...lately, ...drafts]);
}

function judge(
  policy: ApprovalPolicy,
  draft: Asked & Pick<ProposalDraft, "declaredStakes">,
  all: readonly Asked[],
): Judgement {
  const { prepared, declaredStakes } = draft;
  const preview = policy.previewOf(prepared.command.instance);
  const one = stakesCase(prepared, { preview, others: othersOf(draft, all) });
  const stakes = stakesOf(declaredStakes, one, policy);
  const because = stakes === "high" ? reasonsFor(one, policy) : [];
  return { stakes, ...(because.length === 0 ? {} : { because }) };
}

const asksOnly: ReadonlySet<ProposalState> = new Set<ProposalState>(["proposed", "pending"]);

/**
 * Its stakes as they are right before it would run. What is only asked does not count, nor what was itself approved as high:
 * so two at once, each below the amount, do not pass it together unseen.
 */
export async function stakesNow(
  { policy, journal }: { readonly policy: ApprovalPolicy; readonly journal: Ledger },
  proposal: Proposal,
  prepared: Prepared,
): Promise<Stakes> {
  const lately =
    proposal.stakes === "high" ? [] : await journal.lately(proposal.project, policy.clock.now() - dayMs);
  const counted = lately.filter(({ state, stakes }) => !asksOnly.has(state) && stakes !== "high");
  return judge(policy, { ...proposal, prepared }, counted).stakes;
}
