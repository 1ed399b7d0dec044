// When a conversation in a shared channel gets a thread of its own: with its third exchange within ten minutes, where the
// platform can open one from the person's own message. Only what an agent answers in words is a conversation.
import type { Answer } from "../message.ts";
import type { ThreadId } from "../ids.ts";
import type { ChatAdapter } from "../ports.ts";
import { say } from "../post.ts";
import type { Said } from "../post.ts";

const earlierExchanges = 2;
const nameLimit = 60;

/** The same answer, moved if it is time to; its cards and runs go along. */
export function moved(answer: Answer, adapter: Pick<ChatAdapter, "threadFor"> | null): Answer {
  const { message, thread } = answer.turn;
  const isTalk = message.body.kind === "text" && answer.agent !== null && answer.failure === null;
  if (!isTalk || (thread.recent ?? 0) < earlierExchanges || answer.posts.length === 0) return answer;
  if (answer.posts.some(({ only }) => only !== null)) return answer;
  const to = adapter?.threadFor?.(message) ?? null;
  if (to === null) return answer;
  const proposals = answer.proposals.map((proposal) => ({ ...proposal, thread: to }));
  return { ...answer, proposals, move: { thread: to, name: nameOf(answer) } };
}

/** A few words of the subject: the person's own, in one line, without mark-up. */
function nameOf({ turn }: Answer): string {
  const { body } = turn.message;
  const own = body.kind === "text" ? subjectOf(body.text) : "";
  const name = own.length < 8 ? subjectOf(turn.thread.lastText ?? "") || own : own;
  return name === "" ? `Talk with ${turn.message.account.name}`.slice(0, nameLimit) : name;
}

function subjectOf(text: string): string {
  const line = text
    .replaceAll(/<[^>]*>|[*_`~|#>@[\]()]|\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
  if (line.length <= nameLimit) return line;
  const cut = line.slice(0, nameLimit);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), nameLimit / 2)).trimEnd()}…`;
}

/**
 * Each post with the thread it belongs to. A moved answer leaves one line in the channel that says where it goes on; that
 * line comes first, so it takes the place of what the channel has seen of the answer while it was written.
 */
export function toPlaced(
  { turn, move }: Answer,
  said: readonly Said[],
): readonly { readonly said: Said; readonly thread: ThreadId }[] {
  const { thread } = turn.message;
  if (move === undefined) return said.map((one) => ({ said: one, thread }));
  const pointer = {
    ...say(`We go on in a thread of its own: ${move.name}`, { kind: "notice" }),
    opens: move,
  };
  return [
    { said: pointer, thread },
    ...said.map((one, index) => ({ said: index === 0 ? { ...one, opens: move } : one, thread: move.thread })),
  ];
}
