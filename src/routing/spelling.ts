// Words as they were meant: two letters swapped or one left out make a strange word of a common one ("teh pirce").
import { normalise, wordBucketOf, wordsOf } from "./features.ts";
import { isCommon, type Vocabulary } from "./vocabulary.ts";

/** `words`: those that the agents' examples hold. */
export interface Spelling {
  readonly words: { readonly has: (word: string) => boolean };
  readonly vocabulary: Vocabulary;
}

const letters = "abcdefghijklmnopqrstuvwxyz".split("");
/** A long text has words enough that are spelled well, and would cost too much. */
const mostWords = 30;
// No word of an example is longer. The shorter a word, the more others are one slip away from it.
const longest = 20;
const shortest = { swapped: 3, leftOut: 4 };

/** What could have been meant. Letters too many or wrong ones are not looked for: that found names and plurals instead. */
function meantBy(word: string): readonly string[] {
  if (word.length < shortest.swapped || word.length > longest) return [];
  return Array.from({ length: word.length }, (_, at) => {
    const [head, here, next, tail] = [
      word.slice(0, at),
      word.slice(at, at + 1),
      word.slice(at + 1, at + 2),
      word.slice(at + 2),
    ];
    const swapped = next === "" ? [] : [head + next + here + tail];
    const whole =
      word.length < shortest.leftOut ? [] : letters.map((letter) => head + here + letter + next + tail);
    return [...swapped, ...whole];
  }).flat();
}

function mend(word: string, { words, vocabulary }: Spelling): string {
  if (words.has(word) || !/^[a-z]+$/.test(word)) return word;
  const found = meantBy(word).find((meant) => words.has(meant) && isCommon(vocabulary, wordBucketOf(meant)));
  return found ?? word;
}

/** The text with its slips mended; null where nothing is to be mended. */
export function respell(text: string, spelling: Spelling): string | null {
  const normalised = normalise(text);
  if (wordsOf(normalised).length > mostWords) return null;
  const mended = normalised.replaceAll(/[\p{L}\p{N}']+/gu, (word) => mend(word, spelling));
  return mended === normalised ? null : mended;
}
