// How wide words are where every letter has the same width.

const zeroWide = /[\p{M}\p{Cf}]/u;
const doubleWide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const plain = /^[\x20-\x7e]*$/u;

export const columnsOfCharacter = (character: string): number =>
  zeroWide.test(character) ? 0 : doubleWide.test(character) ? 2 : 1;

/** Columns of one line without line breaks. */
export function columnsOf(line: string): number {
  if (plain.test(line)) return line.length;
  let columns = 0;
  for (const character of line) columns += columnsOfCharacter(character);
  return columns;
}
