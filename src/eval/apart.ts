// Which frozen messages say something that training has not heard: one that repeats a training text, or five words of it
// in a row, is left out of the figures, because it would flatter them.
import { normalise, wordsOf } from "../routing/features.ts";
import { outOfScope } from "../routing/out-of-scope.ts";
import type { RosterEntry } from "../routing/route.ts";
import { strangeRequests } from "../routing/strange-requests.ts";

const runLength = 5;
/** Greetings and the like can hardly be said in other words. */
const shortest = 4;

const wordsIn = (text: string): readonly string[] => wordsOf(normalise(text));
const runsIn = (words: readonly string[]): readonly string[] =>
  words.slice(runLength - 1).map((_, at) => words.slice(at, at + runLength).join(" "));

/** For a roster as it trains: true for a text that shares nothing with it. */
export function apartFrom(roster: readonly RosterEntry[]): (text: string) => boolean {
  const cards = roster.flatMap(({ handles, declines }) => [...handles, ...declines.map(({ text }) => text)]);
  const trained = [...cards, ...outOfScope, ...strangeRequests].map(wordsIn);
  const known = new Set(trained.map((words) => words.join(" ")));
  const runs = new Set(trained.flatMap(runsIn));
  return (text) => {
    const words = wordsIn(text);
    const isCopy = words.length >= shortest && known.has(words.join(" "));
    return !isCopy && !runsIn(words).some((run) => runs.has(run));
  };
}
