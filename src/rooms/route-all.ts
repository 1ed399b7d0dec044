// "All of these": a message that probably holds several requests, shared out because its writer said so. Nothing is read
// from the words again: the parts are those that were found when Nova asked.
import type { Shares } from "../button-action.ts";
import type { Assigned, Turn } from "../message.ts";
import { candidatesOf } from "../routing/candidates.ts";
import { toPlan } from "./assignment.ts";
import { told, toldOutsider, type RouterRoom } from "./route-text.ts";
import { wordsIn } from "../files/file-names.ts";

type All = {
  /** In the writer's name: only whom the writer may use gets a part. */
  readonly turn: Turn;
  /** The whole message. */
  readonly text: string;
  readonly coordinator: string;
  readonly parts: Shares;
};

/** Rights and agents may have changed since the question: then nothing is begun, and the person reads why. */
export function routeAll(room: RouterRoom, { turn, text, coordinator, parts }: All): Assigned {
  const here = candidatesOf({
    roster: room.routing,
    person: turn.person.class,
    projectAgents: turn.project?.agents ?? null,
  });
  const isHere = (id: string): boolean => here.some((entry) => entry.id === id);
  const canTake = (id: string): boolean => isHere(id) && room.roster.find(id)?.kind === "agent";
  const gone = isHere(coordinator) ? parts.find(({ agent }) => !canTake(agent))?.agent : coordinator;
  if (gone !== undefined) {
    const words = `${gone} can't be used here any more, so nothing was begun: ask for the parts one by one.`;
    return told(turn, { kind: "say", text: words, isPrivate: false }, "all of these");
  }
  return told(turn, toPlan(room.roster, { coordinator, parts: [...parts] }, text), "all of these");
}

const allWords =
  /^(?:please )?(?:all(?: (?:of )?(?:these|those|them|it))?|both(?: of (?:these|them))?|alle(?:s)?|beides?)(?:,? (?:please|bitte))?[.!]?$/i;

/** The same choice typed instead of pressed; null for any other message. */
export async function saidAll(room: RouterRoom, turn: Turn): Promise<Assigned | null> {
  const { body } = turn.message;
  const { waiting } = turn.thread;
  if (waiting?.kind !== "clarification" || waiting.all === undefined || body.kind !== "text") return null;
  if (!allWords.test(body.text.trim()) || toldOutsider(turn) !== null) return null;
  const stored = await room.journal.turn(waiting.turn);
  if (stored === null) return null;
  return routeAll(room, { turn, text: wordsIn(stored.message.body), ...waiting.all });
}
