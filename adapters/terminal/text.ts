// Text made fit for a terminal. Nothing that a model, an ERP or a person wrote can move the cursor, colour, hide or
// reorder what is read: whatever is not plainly visible is spelled out.
import { stripVTControlCharacters, styleText } from "node:util";
import { columnsOf as plainColumnsOf, columnsOfCharacter } from "../../src/markdown/columns.ts";
import { toVisible } from "../../src/markdown/visible.ts";

/** Control, format and bidi characters become `⟨U+001B⟩`; tabs become spaces. */
export const toInert = (text: string): string => toVisible(text).replaceAll("\t", "    ");

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

/** Terminal columns of one line, colours not counted. */
export const columnsOf = (line: string): number => plainColumnsOf(stripVTControlCharacters(line));

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
