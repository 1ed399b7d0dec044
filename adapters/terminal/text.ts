// Text made fit for a terminal. Nothing that a model, an ERP or a person wrote can move the cursor, colour, hide or
// reorder what is read: whatever is not plainly visible is spelled out.
import { stripVTControlCharacters, styleText } from "node:util";

const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Line breaks, and the two joiners that emoji and Persian are written with. */
const harmless: ReadonlySet<string> = new Set(["\n", "\u200c", "\u200d"]);

/** Control, format and bidi characters become `⟨U+001B⟩`; tabs become spaces. */
export function toInert(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\t", "    ").replace(invisible, spelledOut);
}
function spelledOut(character: string): string {
  if (harmless.has(character)) return character;
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

export type Tone = "bold" | "dim" | "accent" | "good" | "bad" | "code";
export type Paint = (tone: Tone, text: string) => string;
const formats = {
  bold: "bold",
  dim: "dim",
  accent: "cyan",
  good: "green",
  bad: "red",
  code: "yellow",
} as const satisfies Record<Tone, string>;

/** Colours are the adapter's own; without them the words stand alone. */
export const createPaint = (isColored: boolean): Paint =>
  isColored
    ? (tone, text) => styleText(formats[tone], text, { validateStream: false })
    : (_tone, text) => text;

const zeroWide = /[\p{M}\p{Cf}]/u;
const doubleWide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
const columnsOfCharacter = (character: string): number =>
  zeroWide.test(character) ? 0 : doubleWide.test(character) ? 2 : 1;

/** Terminal columns of one line, colours not counted. */
export function columnsOf(line: string): number {
  let columns = 0;
  for (const character of stripVTControlCharacters(line)) columns += columnsOfCharacter(character);
  return columns;
}

/** The beginning of a line that fits; colours are dropped when it has to be cut. */
export function clip(line: string, columns: number): string {
  if (columnsOf(line) <= columns) return line;
  return `${splitAt(stripVTControlCharacters(line), columns - 1)[0]}…`;
}

function splitAt(text: string, columns: number): readonly [string, string] {
  let used = 0;
  let end = 0;
  for (const character of text) {
    const width = columnsOfCharacter(character);
    if (used + width > columns) break;
    used += width;
    end += character.length;
  }
  // A single character wider than the room still has to go somewhere.
  const cut = end === 0 ? 1 : end;
  return [text.slice(0, cut), text.slice(cut)];
}

/** Breaks at spaces; a word longer than the line is cut, never dropped. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (columnsOf(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = cutWord(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}

/** Pieces of at most `columns`; only an overlong word loses its colours. */
export function cutWord(word: string, columns: number): readonly string[] {
  if (columnsOf(word) <= columns) return [word];
  const pieces: string[] = [];
  let rest = stripVTControlCharacters(word);
  while (columnsOf(rest) > columns) {
    const [piece, remaining] = splitAt(rest, columns);
    pieces.push(piece);
    rest = remaining;
  }
  return [...pieces, rest];
}
