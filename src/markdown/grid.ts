// A table where there is no table: aligned columns while they fit the width, otherwise one entry per row that a phone
// wraps by itself, its first cell in bold and every other cell behind the name of its column.
import { columnsOf } from "./columns.ts";
import type { Align, Document, List, Span, Spans, Table } from "./document.ts";
import { toWords } from "./plain.ts";

const gap = "  ";

/** Lines of equal columns, names and a rule first; null: wider than `columns`. */
export function toGrid(table: Table, columns: number): readonly string[] | null {
  const cells = [table.header, ...table.rows].map((row) =>
    row.map((cell) => toWords(cell).replaceAll("\n", " ")),
  );
  const widths = table.header.map((_, column) =>
    cells.reduce((widest, row) => Math.max(widest, columnsOf(row[column] ?? "")), 1),
  );
  const total = widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
  if (total > columns) return null;
  const aligns = alignsOf(table);
  const lines = cells.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0, aligns[column] ?? "left"))
      .join(gap)
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join(gap);
  return [lines[0] ?? "", rule, ...lines.slice(1)];
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
