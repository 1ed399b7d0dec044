// Words that stand for the same thing ("left", "on hand", "auf Lager") share a token of their own beside themselves, so
// that an agent's examples also teach the words they do not hold.
import { lexicon } from "./lexicon.ts";

const longestPhrase = 3;
const conceptsBy: ReadonlyMap<string, readonly string[]> = readLexicon(lexicon);

/** Phrases are kept as a message's words are: without punctuation, every digit the same one. */
function readLexicon(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.trim().split("\n")) {
    const colon = line.indexOf(":");
    const concept = line.slice(0, colon);
    for (const phrase of line.slice(colon + 1).split(",")) {
      const key = (phrase.replaceAll(/\d/g, "0").match(/[\p{L}\p{N}']+/gu) ?? []).join(" ");
      const known = found.get(key);
      if (known === undefined) found.set(key, [concept]);
      else if (!known.includes(concept)) known.push(concept);
    }
  }
  return found;
}

// Most words begin no phrase, and are not worth joining with the next ones.
const beginnings: ReadonlySet<string> = new Set(
  [...conceptsBy.keys()].map((key) => key.split(" ", 1)[0] ?? ""),
);

/** Concepts that the words stand for, alone and together with the next ones, in the order of the words. */
export function conceptsOf(words: readonly string[]): readonly string[] {
  return words.flatMap((word, at) =>
    beginnings.has(word)
      ? Array.from({ length: longestPhrase }, (_unused, more) => at + more + 1)
          .filter((end) => end <= words.length)
          .flatMap((end) => conceptsBy.get(words.slice(at, end).join(" ")) ?? [])
      : [],
  );
}
