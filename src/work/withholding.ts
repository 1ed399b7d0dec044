// Stop: what one person alone approved waits a while before it runs, and until then whoever may approve it can take it
// back. Whether the press or the start was first is one compare-and-set in the journal.
import { decidersOf } from "../approvals/authority.ts";
import { stopNonce } from "../cards/card.ts";
import type { Draft } from "../message.ts";
import type { Directory } from "../people.ts";
import type { Clock, Durable, Journal } from "../ports.ts";
import { say } from "../post.ts";
import { isWaitingToRun } from "../proposal.ts";
import type { ButtonAction, Proposal } from "../proposal.ts";
import { standingOf } from "../cards/standing.ts";
import { resultOf } from "./admission.ts";
import { resultThere, tellThread } from "./elsewhere.ts";
import { isNonce, mayDecide, privately } from "./press-rules.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = {
  readonly journal: Pick<Journal, "proposal" | "settle" | "hang">;
  readonly directory: Directory;
  readonly durable: Pick<Durable, "signal">;
  readonly clock: Clock;
  readonly onMoved: () => void;
};

/** The Stop button, or a no on a card that shows the question still: who says no while nothing has run wants it stopped. */
export const isStop = (action: ButtonAction, proposal: Proposal): boolean =>
  action.kind === "withhold" || (action.kind === "reject" && isWaitingToRun(proposal));

export async function withhold(deps: Deps, task: Task<"decision">, proposal: Proposal): Promise<Draft> {
  const { journal, directory, durable, clock, onMoved } = deps;
  const no = (why: string): Draft => answered(task, privately(task, why));
  if (!mayDecide(directory, proposal, task)) {
    const may = decidersOf(directory, proposal);
    return no(
      may.length === 0 ? "Nobody who is listed may stop this." : `Only ${may.join(" or ")} may stop this.`,
    );
  }
  if (!isItsButton(proposal, task)) return no("This button is no longer valid; nothing happened.");
  const detail = `stopped by ${task.person.name} before it ran`;
  const isStopped =
    isWaitingToRun(proposal) &&
    (await journal.settle(proposal.id, { from: ["approved"], to: "cancelled", detail }));
  const now = (await journal.proposal(proposal.id)) ?? proposal;
  // Taken up again after a crash, it was this very press that stopped it.
  const isOwn = task.attempt > 1 && now.state === "cancelled" && now.outcomeDetail === detail;
  if (!isStopped && !isOwn) return no(standingOf(now, clock.now()));
  onMoved();
  if (proposal.run !== null) await durable.signal(`proposal:${proposal.id}`);
  const text = `Stopped by ${task.person.name} before it ran: ${proposal.prepared.summary}. Nothing was done.`;
  await tellThread(deps, task, { proposal: now, words: text });
  return { ...answered(task, say(text, { kind: "receipt" })), ...resultThere(task, now, resultOf(now)) };
}

const isItsButton = ({ id, rejectNonce }: Proposal, task: Task<"decision">): boolean =>
  isNonce(task, task.assignment.action.kind === "reject" ? rejectNonce : stopNonce(id));
