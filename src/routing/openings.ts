// How often a word begins a request where it occurs at all: "show" nearly always, "brushes" hardly ever. Learned from
// the agents' own examples, so that a part of a message can be told from a request in any language they are written in.
import { z } from "zod";
import { normalise, wordsOf } from "./features.ts";

export const Openings = z.array(z.tuple([z.string(), z.number()]));
export type Openings = z.infer<typeof Openings>;

// A word that was never heard says little either way.
const priorFirst = 0.5;
const priorAny = 2.5;
export const unheard = priorFirst / priorAny;

/** The share of each word that began one of the texts, sorted by the word; words that began none are left out. */
export function countOpenings(texts: readonly string[]): Openings {
  const first = new Map<string, number>();
  const any = new Map<string, number>();
  for (const text of texts) {
    const words = wordsOf(normalise(text));
    const [opening] = words;
    if (opening !== undefined) first.set(opening, (first.get(opening) ?? 0) + 1);
    for (const word of new Set(words)) any.set(word, (any.get(word) ?? 0) + 1);
  }
  return [...any]
    .map(([word, count]): Openings[number] => [
      word,
      ((first.get(word) ?? 0) + priorFirst) / (count + priorAny),
    ])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
