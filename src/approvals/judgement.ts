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
  const now = policy.clock.now();
  const lately = drafts.length === 0 ? [] : await journal.lately(project, now - dayMs);
  return (draft) =>
    judge(policy, draft, { all: [...lately, ...drafts], undoes: undoneBy(draft, lately, now) });
}

/** How long nothing new is taken to hang on what was done. */
const momentMs = 15 * 60_000;

/** The stakes of the deed that this undoes, where Nova did it not long before it was asked to; null: any other effect. */
function undoneBy(
  { link }: Pick<Asked, "link">,
  lately: readonly Proposal[],
  askedAt: number,
): Stakes | null {
  const deed = lately.find(({ id }) => id === link?.undoes?.proposal);
  if (deed?.state !== "applied" || deed.decidedAt === null) return null;
  return askedAt - deed.decidedAt <= momentMs ? deed.stakes : null;
}

type Beside = { readonly all: readonly Asked[]; readonly undoes: Stakes | null };

function judge(
  policy: ApprovalPolicy,
  draft: Asked & Pick<ProposalDraft, "declaredStakes">,
  { all, undoes }: Beside,
): Judgement {
  const { prepared, declaredStakes } = draft;
  const preview = policy.previewOf(prepared.command.instance);
  const one = stakesCase(prepared, { preview, others: othersOf(draft, all), undoes });
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
  const undoes = undoneBy(proposal, lately, proposal.shownAt ?? policy.clock.now());
  return judge(policy, { ...proposal, prepared }, { all: counted, undoes }).stakes;
}
