// A proposal of a run: stored with its card like any other, and whatever becomes of it wakes the run that waits.
import { createJudge } from "../approvals/judgement.ts";
import type { Parts } from "../parts.ts";
import { withOutsiders } from "../approvals/membership.ts";
import type { ApprovalPolicy } from "../approvals/policy.ts";
import type { RunRow } from "../ports.ts";
import type { NewProposal, ProposalDraft } from "../proposal.ts";
import { holdBack, toProposal, unreachableWhy } from "../rooms/approvals.ts";
import { cardDraft } from "../rooms/outbox.ts";
import type { Outbox } from "../rooms/outbox.ts";

type Asked = { readonly draft: ProposalDraft; readonly run: RunRow };
type Desk = {
  readonly journal: Parts["journal"];
  readonly policy: ApprovalPolicy;
  readonly outbox: Pick<Outbox, "deliverDue">;
};

/** Idempotent by the draft's id. Refused, in a sentence: nobody who may decide can be reached in the run's thread. */
export async function proposeForRun(
  { journal, policy, outbox }: Desk,
  { draft, run }: Asked,
): Promise<NewProposal | { readonly refused: string }> {
  const judge = await createJudge(policy, journal, { project: run.project, drafts: [draft] });
  const proposal = toProposal(policy, draft, {
    ...judge(draft),
    turn: null,
    run: run.id,
    project: run.project,
    thread: run.thread,
    requester: run.requester,
    requesterAccount: run.requesterAccount,
  });
  const refused = unreachableWhy(await withOutsiders(policy, [proposal]), proposal);
  if (refused !== null) return { refused };
  const { open } = await holdBack(policy, journal, [proposal]);
  const [asked = proposal] = open;
  const card = cardDraft(asked.id, { thread: run.thread, turn: null }, asked);
  await journal.propose(asked, asked.showAt === undefined ? card : null);
  await outbox.deliverDue();
  return asked;
}

/** Expired, or shown nowhere: nobody will press, so the run hears of it from here. */
export async function wakeRunOf(
  { journal, durable }: Pick<Parts, "journal" | "durable">,
  id: string,
): Promise<void> {
  const proposal = await journal.proposal(id);
  if (proposal !== null && proposal.run !== null) await durable.signal(`proposal:${id}`);
}
