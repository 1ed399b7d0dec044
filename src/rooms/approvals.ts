// Room 7, hold: whatever would change the world is stored as a proposal and shown as a card. Stakes and policy, both
// in code, decide how long it lives and who may press; nothing here can execute.
import type { Answer, Checked, Draft } from "../message.ts";
import type { Directory } from "../people.ts";
import type { Entropy } from "../ports.ts";
import { commandHashOf, effectHashOf } from "../proposal.ts";
import type { NewProposal, ProposalDraft } from "../proposal.ts";
import { stakesOf, stakesVersion } from "../stakes.ts";

export type ApprovalPolicy = {
  readonly directory: Directory;
  readonly entropy: Entropy;
  readonly highAmountCents: number;
  readonly expireAfterMs: number;
};
/** Where a proposal comes from: fixed by the turn or the run, never by a model. */
export type Origin = Pick<
  NewProposal,
  "turn" | "run" | "project" | "thread" | "requester" | "requesterAccount"
>;

export function createHold(policy: ApprovalPolicy): (checked: Checked) => Answer {
  return (checked) => ({
    turn: checked,
    agent: agentOf(checked),
    route: isAside(checked) ? null : checked.route,
    pack: checked.pack,
    outcome: checked.outcome,
    posts: checked.posts,
    proposals: checked.proposals.map((draft) =>
      toProposal(policy, { ...draft, agentWords: wordsOf(checked) }, originOf(checked)),
    ),
    runs: checked.runs,
    waiting: checked.waiting,
    usage: checked.usage,
    failure: null,
  });
}

/** The row that a person will decide on: stakes judged, hashes bound, approvers named, buttons minted. */
export function toProposal(policy: ApprovalPolicy, draft: ProposalDraft, origin: Origin): NewProposal {
  const stakes = stakesOf(draft.declaredStakes, draft.prepared.risk, policy.highAmountCents);
  return {
    ...draft,
    ...origin,
    stakes,
    commandHash: commandHashOf(draft.prepared.command),
    effectHash: effectHashOf(draft.prepared),
    minApprovals: 1,
    approvers: policy.directory.approversFor(stakes),
    policyVersion: stakesVersion,
    expireAfterMs: policy.expireAfterMs,
    approveNonce: policy.entropy(16),
    rejectNonce: policy.entropy(16),
  };
}

const originOf = (turn: Checked): Origin => ({
  turn: turn.id,
  run: null,
  project: turn.project?.id ?? null,
  thread: turn.message.thread,
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
  return kind === "rating" || kind === "fact" || kind === "details" || kind === "edit";
}

/** At most 300 characters of what the agent said, shown apart from the card's own lines. */
function wordsOf(checked: Checked): string | null {
  // What code says of an edit is no agent's word.
  if (checked.reply.arm === "code" && checked.assignment.kind === "edit") return null;
  const words = checked.posts
    .map(({ text }) => text)
    .join(" ")
    .trim();
  if (words === "") return null;
  return words.length > 300 ? `${words.slice(0, 299)}…` : words;
}
