// Rows and columns out of comma-, semicolon-, tab- or bar-separated text, quotes and line breaks in cells included.
import type { FileContent } from "../../src/ports/files.ts";

type Words = Extract<FileContent, { kind: "words" }>;
export type TableLimits = { readonly maxCharacters: number };

const separators = [",", ";", "\t", "|"] as const;
const sampleLines = 50;
const longestCell = 500;

/** The separator of a text whose lines have the same number of cells; null: it is no table. `isNamed`: its sender calls it one. */
export function separatorOf(text: string, isNamed: boolean): string | null {
  const lines = text
    .slice(0, 100_000)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const sample = lines.slice(0, sampleLines);
  if (sample.length < 2) return null;
  const best = separators
    .map((separator) => ({ separator, ...evenness(sample, separator) }))
    .toSorted((left, right) => right.share - left.share || right.cells - left.cells)
    .find(({ cells }) => cells > 1);
  if (best === undefined) return null;
  const isTable = isNamed ? best.share >= 0.5 : best.share >= 0.95 && best.cells >= 3 && sample.length >= 3;
  return isTable ? best.separator : null;
}

/** How many cells most lines have, and which share of the lines that is; a break inside a cell makes a line of its own. */
function evenness(
  lines: readonly string[],
  separator: string,
): { readonly cells: number; readonly share: number } {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const cells = line.replaceAll(/"(?:[^"]|"")*"/g, "").split(separator).length;
    counts.set(cells, (counts.get(cells) ?? 0) + 1);
  }
  const [[cells, times] = [1, 0]] = [...counts].toSorted((left, right) => right[1] - left[1]);
  return { cells, share: times / lines.length };
}

export function readTable(text: string, separator: string, { maxCharacters }: TableLimits): Words {
  const parts: string[] = [];
  let head: string | null = null;
  let columns = 0;
  let total = 0;
  let characters = 0;
  for (const cells of rowsOf(text, separator)) {
    const line = cells.map(toCell).join(" | ");
    if (head === null) {
      head = line;
      columns = cells.length;
      continue;
    }
    total += 1;
    characters += line.length;
    if (characters <= maxCharacters) parts.push(line);
  }
  const extent = `${total} rows, ${columns} columns`;
  return { kind: "words", what: "table", extent, unit: "row", head: head ?? "", parts, total };
}

function toCell(cell: string): string {
  const line = cell.trim().replaceAll(/\s*[\r\n]+\s*/g, " ");
  return line.length > longestCell ? `${line.slice(0, longestCell - 1)}…` : line;
}

const lineEnd = /\r?\n|\r/y;

/** Cells as RFC 4180 has them; what is quoted wrongly is taken as it stands. */
function* rowsOf(text: string, separator: string): Generator<readonly string[]> {
  let cells: string[] = [];
  let at = 0;
  while (at < text.length) {
    const cell = text[at] === '"' ? quoted(text, at, separator) : null;
    const { value, end } = cell ?? plain(text, at, separator);
    cells.push(value);
    at = end;
    if (text[at] === separator) {
      at += 1;
      if (at < text.length) continue;
      cells.push("");
    }
    lineEnd.lastIndex = at;
    at += lineEnd.exec(text)?.[0].length ?? 0;
    if (cells.some((one) => one.trim() !== "")) yield cells;
    cells = [];
  }
}

type Cell = { readonly value: string; readonly end: number };

function plain(text: string, at: number, separator: string): Cell {
  let end = at;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end += 1;
  return { value: text.slice(at, end), end };
}

/** Null when the closing quote is missing or something stands behind it. */
function quoted(text: string, at: number, separator: string): Cell | null {
  for (let from = at + 1; ;) {
    const close = text.indexOf('"', from);
    if (close === -1) return null;
    if (text[close + 1] === '"') {
      from = close + 2;
      continue;
    }
    const next = text[close + 1];
    const isOver = next === undefined || next === separator || next === "\n" || next === "\r";
    return isOver ? { value: text.slice(at + 1, close).replaceAll('""', '"'), end: close + 1 } : null;
  }
}
