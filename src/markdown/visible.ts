// What is read is what is there: characters that hide, reorder or fake text are spelled out, and those that are merely
// invisible are left out. Applied before Markdown is read, so that no trick survives by being removed later.

const lineEnds = /\r\n?|[\u2028\u2029\u0085]/gu;
/** No width, no meaning in a chat: zero-width spaces and joins, soft hyphens, byte order and direction marks, fillers. */
const empty =
  /\u034f|\u17b4|\u17b5|[\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]|[\p{Script=Mongolian}&&[\p{Cf}\p{Mn}]]/gv;
/** Controls, bidi embeddings and isolates, tags, private and lone half characters. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u{e0100}-\u{e01ef}]/gu;
/** A flag such as Scotland's: a black flag, its region as tags, and the tag that ends it. */
const regionFlag = /\u{1f3f4}[\u{e0061}-\u{e007a}]{2,6}\u{e007f}/gu;
/** Joiners belong between emoji and in scripts that are written with them; anywhere else they only hide something. */
const strayJoiner =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{M}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{Extended_Pictographic}\p{Letter}])/gu;
/** More marks on one letter than any language writes would cover the lines around it. */
const piledMarks = /(\p{M}{8})\p{M}+/gu;
const anythingOdd =
  /[^\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2190-\u2bff]/u;

/** Line ends become `\n`, tabs stay; everything that can't be seen is spelled `⟨U+202E⟩` or gone. */
export function toVisible(text: string): string {
  if (!anythingOdd.test(text)) return text;
  return text
    .replaceAll(lineEnds, "\n")
    .replaceAll(empty, "")
    .replaceAll(strayJoiner, "")
    .replaceAll(piledMarks, "$1")
    .split(regionFlag)
    .map((part) => part.replaceAll(hidden, spelledOut))
    .reduce((soFar, part, at) => soFar + (flagsOf(text)[at - 1] ?? "") + part);
}

/** For a field of one line: what would begin a line of its own could pass for Nova's. */
export const toOneLine = (text: string): string =>
  toVisible(text)
    .replaceAll(/\s*[\n\t]\s*/gu, " ")
    .trim();

const flagsOf = (text: string): readonly string[] => text.match(regionFlag) ?? [];
const kept: ReadonlySet<string> = new Set(["\n", "\t", "\u200c", "\u200d"]);

function spelledOut(character: string): string {
  if (kept.has(character)) return character;
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
