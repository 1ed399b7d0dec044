// Room 2, keep: a message becomes a turn. It is committed before the platform is acknowledged, known messages are
// dropped by their id, and a thread has one open turn at a time. Person and project come from the platform's event.
import { channelOf } from "../ids.ts";
import type { Message, Turn } from "../message.ts";
import type { Directory } from "../people.ts";
import type { Journal, KeptTurn } from "../ports.ts";

export type Inbox = {
  /** The turn to work on now; null: not for Nova, seen before, or queued behind an earlier turn of its thread. */
  readonly keep: (message: Message) => Promise<Turn | null>;
  /** The same for turns that the journal hands out later: the next of a thread, or those found at boot. */
  readonly toTurn: (kept: KeptTurn) => Turn;
};

export function createInbox(deps: {
  readonly journal: Journal;
  readonly directory: Directory;
  readonly onIgnored: () => void;
  /** Kept, and waiting behind the turn that its thread is at. */
  readonly onQueued: (message: Message) => void;
}): Inbox {
  const { journal, directory } = deps;
  const toTurn = (kept: KeptTurn): Turn => ({
    ...kept,
    person: directory.personOf(kept.message.account),
    project: directory.projectOf(kept.message.channel),
  });
  return {
    toTurn,
    keep: async (heard) => {
      const message = heard.body.kind === "reaction" ? await placed(deps, heard) : heard;
      if (message === null) {
        deps.onIgnored();
        return null;
      }
      const project = directory.projectOf(message.channel);
      // In a project's channel everything is meant for Nova; elsewhere only what addresses it or goes on a conversation.
      const isForNova =
        message.direct ||
        message.addressed ||
        project !== null ||
        (await journal.knowsThread(message.thread));
      if (!isForNova) {
        deps.onIgnored();
        return null;
      }
      const person = directory.personOf(message.account);
      const kept = await journal.keep(message, { person: person.name, project: project?.id ?? null });
      if (kept.kind === "queued") deps.onQueued(message);
      return kept.kind === "next" ? toTurn(kept.turn) : null;
    },
  };
}

/**
 * A thumb belongs to the conversation of the answer under it, wherever the platform saw it. Under anything else, or from
 * somebody who is not listed, it is dropped here: nothing is committed, and no thread begins.
 */
async function placed(
  { journal, directory }: { readonly journal: Journal; readonly directory: Directory },
  message: Message,
): Promise<Message | null> {
  if (message.body.kind !== "reaction") return message;
  const { class: rank } = directory.personOf(message.account);
  if (rank !== "owner" && rank !== "member") return null;
  const answer = await journal.answerAt(message.body.onMessage);
  if (answer === null) return null;
  return { ...message, thread: answer.thread, channel: channelOf(answer.thread), addressed: true };
}
