// A table where there is no table: aligned columns while they fit the width, otherwise one entry per row that a phone
// wraps by itself, its first cell in bold and every other cell behind the name of its column.
import { columnsOf } from "./columns.ts";
import type { Align, Document, List, Span, Spans, Table } from "./document.ts";
import { toWords } from "./plain.ts";

const gap = "  ";

/** Breaks words into lines of at most so many columns. */
type Wrap = (words: string, columns: number) => readonly string[];
const narrowest = 14;

/** Lines of equal columns, names and a rule first; null: wider than `columns`. With `wrap` the widest column gives way. */
export function toGrid(table: Table, columns: number, wrap: Wrap | null = null): readonly string[] | null {
  const cells = [table.header, ...table.rows].map((row) =>
    row.map((cell) => toWords(cell).replaceAll("\n", " ")),
  );
  const widths = fitted(widthsOf(cells), columns, wrap !== null);
  if (widths === null) return null;
  const aligns = alignsOf(table);
  const [names = [], ...rows] = cells.map((row) => {
    const lines = row.map((cell, column) => {
      const width = widths[column] ?? 1;
      return wrap === null || columnsOf(cell) <= width ? [cell] : wrap(cell, width);
    });
    const height = Math.max(1, ...lines.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      widths
        .map((width, column) => padded(lines[column]?.[line] ?? "", width, aligns[column] ?? "left"))
        .join(gap)
        .trimEnd(),
    );
  });
  return [...names, widths.map((width) => "─".repeat(width)).join(gap), ...rows.flat()];
}

const widthsOf = (cells: readonly (readonly string[])[]): readonly number[] =>
  (cells[0] ?? []).map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, columnsOf(row[column] ?? "")), 1),
  );

function fitted(widths: readonly number[], columns: number, mayShrink: boolean): readonly number[] | null {
  const over = widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1)) - columns;
  if (over <= 0) return widths;
  const widest = widths.indexOf(Math.max(...widths));
  const left = (widths[widest] ?? 0) - over;
  return mayShrink && left >= narrowest ? widths.with(widest, left) : null;
}

/** Numbers stand to the right, whatever the table's dashes say by omission. */
export function alignsOf({ align, rows }: Table): readonly Align[] {
  return align.map((asked, column) => {
    const words = rows.map((row) => toWords(row[column] ?? [])).filter((cell) => cell !== "");
    const isNumeric = words.length > 0 && words.every((cell) => figure.test(cell));
    return asked === "left" && isNumeric ? "right" : asked;
  });
}
const figure = /^[-+−]?(?:[A-Z]{3} |[€$£¥])?[-+−]?\d[\d.,' ]*(?: ?(?:%|€|[A-Z]{3}))?$/u;

function padded(cell: string, width: number, align: Align): string {
  const room = width - columnsOf(cell);
  if (align === "left") return cell + " ".repeat(room);
  if (align === "right") return " ".repeat(room) + cell;
  return " ".repeat(Math.floor(room / 2)) + cell + " ".repeat(Math.ceil(room / 2));
}

export function toRecords({ header, rows }: Table): List {
  return { kind: "list", start: null, items: rows.map((row) => toRecord(header, row)) };
}

function toRecord(header: readonly Spans[], row: readonly Spans[]): Document {
  const [first = [], ...others] = row;
  const named = others.flatMap((cell, index): Spans => {
    if (cell.length === 0) return [];
    const name = toWords(header[index + 1] ?? []);
    return [{ kind: "text", text: name === "" ? " · " : ` · ${name}: ` }, ...cell];
  });
  const title: Span = { kind: "strong", spans: first.length === 0 ? [{ kind: "text", text: "–" }] : first };
  return [{ kind: "paragraph", spans: [title, ...named] }];
}

/** Nothing is lost when a table is shown as lines: a link needs more than letters. */
export const hasLinks = (table: Table): boolean =>
  [table.header, ...table.rows].some((row) => row.some((cell) => holdsLink(cell)));
const holdsLink = (spans: Spans): boolean =>
  spans.some((span) => span.kind === "link" || ("spans" in span && holdsLink(span.spans)));
