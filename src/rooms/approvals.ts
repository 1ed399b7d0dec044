// Room 7, hold: whatever would change the world is stored as a proposal and shown as a card. Stakes and policy, both
// in code, decide how long it lives and who may press; nothing here can execute.
import { reachableIn, withStandIns } from "../approvals/authority.ts";
import type { Asking } from "../approvals/authority.ts";
import { toBatches } from "../approvals/batch.ts";
import type { Answer, Checked, Draft } from "../message.ts";
import { heldUntil } from "../approvals/asking-time.ts";
import type { Held } from "../approvals/asking-time.ts";
import { minuteOf } from "../cards/card.ts";
import { cardTimes } from "../cards/card-times.ts";
import type { Directory } from "../people.ts";
import { createJudge } from "../approvals/judgement.ts";
import { goneAmong, withOutsiders } from "../approvals/membership.ts";
import type { Judgement } from "../approvals/judgement.ts";
import type { AccountId } from "../ids.ts";
import type { Journal } from "../ports.ts";
import type { ApprovalPolicy } from "../approvals/policy.ts";
import { commandHashOf, effectHashOf } from "../proposal.ts";
import { samenessOf } from "../approvals/sameness.ts";
import type { NewProposal, ProposalDraft } from "../proposal.ts";
import { say } from "../post.ts";
import type { Said } from "../post.ts";

/** Where a proposal comes from: fixed by the turn or the run, never by a model. */
export type Origin = Pick<
  NewProposal,
  "turn" | "run" | "project" | "thread" | "requester" | "requesterAccount"
>;

export function createHold(
  policy: ApprovalPolicy,
  journal: Pick<Journal, "recentCards" | "lately">,
): (checked: Checked) => Promise<Answer> {
  return async (checked) => {
    const origin = originOf(checked);
    const judge = await createJudge(policy, journal, { ...origin, drafts: checked.proposals });
    const asked = checked.proposals.map((draft) =>
      toProposal(policy, { ...draft, agentWords: wordsOf(checked) }, { ...origin, ...judge(draft) }),
    );
    const { open: reached, unasked } = partByReach(await withOutsiders(policy, asked), asked);
    const { open, told } = await holdBack(policy, journal, toBatches(reached, policy.highAmountCents));
    return {
      turn: checked,
      agent: agentOf(checked),
      route: isAside(checked) ? null : checked.route,
      pack: checked.pack,
      outcome: checked.outcome === "waiting" && open.length === 0 ? "answered" : checked.outcome,
      posts: [...checked.posts, ...unasked, ...told, ...leftOutOf(checked)],
      proposals: open,
      runs: checked.runs,
      waiting: checked.waiting,
      usage: checked.usage,
      ...(checked.result === undefined ? {} : { result: checked.result }),
      ...(checked.alsoIn === undefined ? {} : { alsoIn: checked.alsoIn }),
      ...(checked.verification === undefined ? {} : { verification: checked.verification }),
      ...(checked.failures === undefined ? {} : { failures: checked.failures }),
      failure: null,
    };
  };
}

type Parted = { readonly open: readonly NewProposal[]; readonly unasked: readonly Said[] };

/** What nobody here may decide is not asked, and that is said. */
function partByReach(policy: Reached, asked: readonly NewProposal[]): Parted {
  const judged = asked.map((proposal) => ({ proposal, why: unreachableWhy(policy, proposal) }));
  return {
    open: judged.flatMap(({ proposal, why }) => (why === null ? [proposal] : [])),
    unasked: judged.flatMap(({ why }) => (why === null ? [] : [say(why, { kind: "failure" })])),
  };
}

/** A question or a refusal proposes nothing, so nothing of it was left out. */
const leftOutOf = ({ proposals, leftOut = [] }: Checked): readonly Said[] =>
  proposals.length === 0 ? [] : leftOut.map((text) => say(text, { kind: "notice" }));

type HeldBack = { readonly open: readonly NewProposal[]; readonly told: readonly Said[] };

/** Cards that wait for the morning, or for room in the hour, and the sentence that says until when. */
export async function holdBack(
  policy: ApprovalPolicy,
  journal: Pick<Journal, "recentCards">,
  asked: readonly NewProposal[],
): Promise<HeldBack> {
  if (asked.length === 0) return { open: asked, told: [] };
  const recent = [...(await journal.recentCards(policy.clock.now() - 3_600_000))];
  const told: Said[] = [];
  const heldAt = new Map<string, number>();
  const open = asked.map((proposal) => {
    const { batch } = proposal;
    // Items of a batch go the way of its card.
    const isItem = batch !== undefined && batch.lead !== proposal.id;
    if (!isItem) {
      const held = heldUntil(policy, proposal, recent);
      recent.push({ approvers: proposal.approvers, at: held?.showAt ?? policy.clock.now() });
      if (held !== null) {
        heldAt.set(proposal.id, held.showAt);
        told.push(say(heldWords(proposal, held), { kind: "notice" }));
      }
    }
    const showAt = heldAt.get(batch?.lead ?? proposal.id);
    return showAt === undefined ? proposal : { ...proposal, showAt };
  });
  return { open, told };
}

const heldWords = ({ prepared }: NewProposal, { showAt, why }: Held): string =>
  `I ask at ${minuteOf(showAt)}, not now (${why}): ${prepared.summary}. Nothing is done until somebody approves.`;

type Reached = Pick<ApprovalPolicy, "directory" | "directPlaces"> & Pick<Asking, "outsiders">;

/** One sentence with the mend; null: somebody who may decide has an account where the card would stand, or can be asked alone. */
export function unreachableWhy(reached: Reached, proposal: NewProposal): string | null {
  const { directory, outsiders = new Set<AccountId>() } = reached;
  const { approvers, escalateTo = [], minApprovals, thread, prepared } = proposal;
  const may = withStandIns(directory, [...approvers, ...escalateTo]);
  if (reachableIn(directory, may, { ...reached, thread }).length >= minApprovals) return null;
  const place = thread.slice(0, thread.indexOf(":"));
  const who = minApprovals === 1 ? "Nobody who may approve this" : "Not everybody whose approval this needs";
  const gone = goneAmong(directory, may, outsiders);
  const left = gone.length === 0 ? "" : ` By what their platform says, ${gone.join(" and ")} left.`;
  return `${who} can be reached here, so I did not ask and nothing will happen: ${prepared.summary}. It needs ${approvers.join(minApprovals === 1 ? " or " : " and ")}: ask where they are, or add an account of theirs on ${place} to the config.${left}`;
}

/** The row that a person will decide on: stakes judged, hashes bound, approvers named, buttons minted. */
export function toProposal(
  policy: ApprovalPolicy,
  draft: ProposalDraft,
  origin: Origin & Judgement,
): NewProposal {
  const { stakes, because } = origin;
  const { approvers, minApprovals, isFourEyes } = policy.directory.quorumFor(stakes, origin.requester);
  const first = isFourEyes ? [...approvers, origin.requester] : approvers;
  const { turn, run, project, thread, requester, requesterAccount } = origin;
  return {
    ...draft,
    turn,
    run,
    project,
    thread,
    requester,
    requesterAccount,
    stakes,
    ...(because === undefined ? {} : { because }),
    commandHash: commandHashOf(draft.prepared.command),
    sameness: samenessOf(draft.prepared.command, policy.clock.now()),
    effectHash: effectHashOf(draft.prepared),
    minApprovals,
    approvers,
    policyVersion: policy.version,
    ...cardTimes(policy, { stakes, isFourEyes, project, approvers }),
    ...escalationOf(policy.directory, first),
    approveNonce: policy.entropy(16),
    rejectNonce: policy.entropy(16),
  };
}

/** Those who are not asked at once, and may be asked at all. */
function escalationOf(directory: Directory, first: readonly string[]): Pick<NewProposal, "escalateTo"> {
  const escalateTo = directory.escalateTo.filter((name) => !first.includes(name));
  return escalateTo.length === 0 ? {} : { escalateTo };
}

const originOf = (turn: Checked): Origin => ({
  turn: turn.id,
  run: null,
  ...(turn.asksIn ?? { project: turn.project?.id ?? null, thread: turn.message.thread }),
  requester: turn.person.name,
  requesterAccount: turn.message.account.id,
});

function agentOf(draft: Draft): string | null {
  const { assignment } = draft;
  return assignment.kind === "agent" || assignment.kind === "plan" || assignment.kind === "pipeline"
    ? assignment.id
    : null;
}

/** A thumb or a small button answers nothing: `why` goes on to speak of the answer before it. */
function isAside({ assignment, message }: Draft): boolean {
  const { kind } = assignment;
  if (kind === "verb") return message.body.kind === "press";
  return kind === "rating" || kind === "fact" || kind === "details" || isByCode(kind);
}

/** A proposal that code made of an earlier one, at a press. */
const isByCode = (kind: Draft["assignment"]["kind"]): boolean => kind === "edit" || kind === "undo";

/** At most 300 characters of what the agent said, shown apart from the card's own lines. */
function wordsOf(checked: Checked): string | null {
  // What code says of an edit or an undoing is no agent's word.
  if (checked.reply.arm === "code" && isByCode(checked.assignment.kind)) return null;
  const words = checked.posts
    .map(({ text }) => text)
    .join(" ")
    .trim();
  if (words === "") return null;
  return words.length > 300 ? `${words.slice(0, 299)}…` : words;
}
