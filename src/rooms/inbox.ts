// Room 2, keep: a message becomes a turn. It is committed before the platform is acknowledged, known messages are
// dropped by their id, and a thread has one open turn at a time. Person and project come from the platform's event.
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
    keep: async (message) => {
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
