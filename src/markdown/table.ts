// Tables as models write them: a row of names, a row of dashes, and rows between pipes.
import type { Align, Spans, Table } from "./document.ts";
import { parseSpans } from "./spans.ts";

const columnLimit = 60;
const dashes = /^:?-+:?$/u;

/** The table that begins at this line, and the line behind it; null: no table begins here. */
export function parseTable(
  lines: readonly string[],
  at: number,
): { readonly block: Table; readonly end: number } | null {
  const [head = "", rule = ""] = lines.slice(at, at + 2);
  if (!head.includes("|") || !isDelimiter(rule)) return null;
  const names = toCells(head);
  const marks = toCells(rule);
  if (names.length !== marks.length || names.length > columnLimit) return null;
  let end = at + 2;
  while (end < lines.length && isRow(lines[end] ?? "")) end += 1;
  const rows = lines.slice(at + 2, end).map((line) => toCells(line));
  return {
    block: {
      kind: "table",
      header: names.map(toSpans),
      align: marks.map(alignOf),
      rows: rows.map((row) => names.map((_, column) => toSpans(cellOf(row, column, names.length)))),
    },
    end,
  };
}

const isDelimiter = (line: string): boolean =>
  line.includes("-") && /^[\s|:-]+$/u.test(line) && toCells(line).every((cell) => dashes.test(cell));

const isRow = (line: string): boolean => line.includes("|") && line.trim() !== "";

/** A row with too many cells keeps them all in its last one: nothing is dropped. */
function cellOf(row: readonly string[], column: number, count: number): string {
  if (column < count - 1) return row[column] ?? "";
  return row.slice(column).join(" | ");
}

function toCells(line: string): readonly string[] {
  const inner = line
    .trim()
    .replace(/^\|/u, "")
    .replace(/(?<!\\)\|$/u, "");
  return inner.split(/(?<!\\)\|/u).map((cell) => cell.replaceAll("\\|", "|").trim());
}

/** A cell is one line; models break lines in it with a tag, the only one that is read at all. */
const toSpans = (cell: string): Spans => parseSpans(cell.replaceAll(/\s*<br\s*\/?>\s*/giu, " · "));

function alignOf(mark: string): Align {
  if (!mark.endsWith(":")) return "left";
  return mark.startsWith(":") ? "center" : "right";
}
