// Words in which letters of several alphabets stand side by side: "Kіt" with a Cyrillic "і" looks like a name that one
// knows. No language writes like that; a card says so.

const words = /[\p{L}\p{M}]+/gu;
const latin = /\p{Script=Latin}/u;
const lookalikes =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}]/u;

/** Each such word once, in the order in which they stand. */
export function oddWords(texts: readonly string[]): readonly string[] {
  const found = texts.flatMap((text) => text.normalize("NFKC").match(words) ?? []);
  return [...new Set(found.filter((word) => latin.test(word) && lookalikes.test(word)))];
}
