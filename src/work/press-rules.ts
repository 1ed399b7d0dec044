// What a press must meet before it counts: who may press, what has to be typed, and that the card could be read. Each
// refusal is one sentence for who pressed.
import { decidersOf } from "../approvals/authority.ts";
import { nonceOn } from "../cards/card-copies.ts";
import type { Directory } from "../people.ts";
import { say } from "../post.ts";
import type { Said } from "../post.ts";
import { namedIn } from "../proposal.ts";
import type { Proposal } from "../proposal.ts";
import { challengeOf, isMet, wrongWords } from "../approvals/typed-approval.ts";
import type { Task } from "./work.ts";

/** Nobody reads a card of high stakes faster. */
const readingMs = 1_500;

/** Live, at the press: listed for these stakes now, and among those named when it was asked. */
export function mayDecide(directory: Directory, proposal: Proposal, { person }: Task<"decision">): boolean {
  const isKnown = person.class === "owner" || person.class === "member";
  return isKnown && decidersOf(directory, proposal).includes(person.name);
}

/** Whoever asked may take it back, also where only others may approve. */
export function isWithdrawal(directory: Directory, proposal: Proposal, task: Task<"decision">): boolean {
  const { person, assignment } = task;
  const isTheirs = person.name === proposal.requester && person.class !== "visitor";
  return assignment.action.kind === "reject" && isTheirs && !mayDecide(directory, proposal, task);
}

/** What a button does is a row of its own, and that row is not sealed: the proposal's is, and names its buttons, `nonce` as it is on the card in its own thread. */
export const isNonce = ({ message, button }: Task<"decision">, nonce: string): boolean =>
  message.body.kind !== "press" || message.body.nonce === nonceOn(button?.post ?? "", nonce);

export function notYours(directory: Directory, proposal: Proposal, person: string): string {
  const { isFourEyes } = directory.quorumFor(proposal.stakes, proposal.requester);
  const who = namedIn(proposal).join(" or ");
  return isFourEyes && person === proposal.requester
    ? `You asked for this yourself, so somebody else must approve it: ${who}. Nothing was done.`
    : `Only ${who} may decide this. Nothing was done.`;
}

/** Why this yes does not count as it is; null: it does, or the card is closed and says so itself. */
export function objectionTo(proposal: Proposal, typed: string | null, now: number): string | null {
  const challenge = challengeOf(proposal);
  if (challenge === null || proposal.state !== "pending") return null;
  const shownForMs = now - (proposal.shownAt ?? 0);
  if (shownForMs >= 0 && shownForMs < readingMs)
    return `That was quicker than this card can be read, and ${proposal.stakes === "high" ? "much is at stake" : "it does not show everything"}: read it, then approve it again. Nothing was done.`;
  return isMet(challenge, typed) ? null : wrongWords(challenge);
}

/** For the eyes of who pressed. */
export const privately = (task: Task<"decision">, text: string): Said =>
  say(text, { kind: "notice", only: task.message.account.id });
