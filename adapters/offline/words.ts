// Words as the offline model compares them: lower case, without the small ones, plural and singular alike.

const small = new Set(
  `a an and are as at be been but by can could did do does for from had has have hello hey hi how i if in into is it
  its just let many may me more much my need nova of ok on or our out over please pls shall she he should so some
  something tell than thank thanks that the their them then there these they this those to too up us want was we were
  what when where which who whom whose why will with would you your give show list find get look see any all about
  also am not no yes now only still think know`.split(/\s+/),
);

export const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/\p{L}[\p{L}\p{N}'’]*(?:-\p{L}[\p{L}\p{N}]*)*|\p{N}+/gu) ?? [];

/** Singular of an English plural; near enough for comparing, and always a prefix of what a catalogue would hold. */
export function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
  if (/(?:sh|ch|x|ss|z)es$/.test(word)) return word.slice(0, -2);
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

/** Verb endings too: for comparing only, never for showing. */
const stem = (word: string): string => {
  const one = singular(word);
  return one.length > 5 ? one.replace(/(?:ing|ed|e)$/, "") : one.replace(/e$/, "");
};

export const isSmall = (word: string): boolean => small.has(word);
export const contentWords = (text: string): readonly string[] =>
  wordsOf(text).filter((word) => !isSmall(word));
export const stemsOf = (text: string): readonly string[] => contentWords(text).map(stem);
export { stem };

/** `onHand`, `party_id` > `on hand`, `party id`. */
export const spoken = (name: string): string =>
  name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ")
    .replaceAll(/[_-]+/g, " ")
    .toLowerCase();

export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/\n+|(?<=[.!?…])\s+(?=["'“(\p{Lu}\p{N}])/u)
    .map((sentence) =>
      sentence.replace(/^[-*•\d.)\s]*(?=\S)/, (mark) => (/^\d/.test(mark) ? mark : "")).trim(),
    )
    .filter((sentence) => sentence !== "");
}

export const countWords = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;

const numberWords = [
  "zero one two three four five six seven eight nine ten eleven twelve".split(" "),
  "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(" "),
].flat();

export const numberWord = numberWords.join("|");

/** The number that a word or a figure stands for; null when it is none. `1,200.50` and `1.200,50` are the same. */
export function numberOf(word: string): number | null {
  const named = numberWords.indexOf(word.toLowerCase());
  if (named >= 0) return named;
  if (!/^\d[\d.,]*$/.test(word)) return null;
  const decimal = /[.,](\d{1,2})$/.exec(word);
  const whole = (decimal === null ? word : word.slice(0, decimal.index)).replaceAll(/[.,]/g, "");
  return Number(`${whole}.${decimal?.[1] ?? "0"}`);
}
