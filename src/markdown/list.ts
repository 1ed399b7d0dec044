// Lists, nested by indent as models write them: an item owns every line that is indented deeper than its mark.
import type { Document, List } from "./document.ts";
import { findLine, indentOf, isBlank, parseItem, startsBlock } from "./lines.ts";

type Inside = (lines: readonly string[]) => Document;

/** @param inside reads what an item holds. */
export function parseList(
  lines: readonly string[],
  at: number,
  inside: Inside,
): { readonly block: List; readonly end: number } | null {
  const first = parseItem(lines[at] ?? "");
  if (first === null) return null;
  const items: Document[] = [];
  let end = at;
  while (end < lines.length) {
    const item = parseItem(lines[end] ?? "");
    const isNext =
      item !== null &&
      (item.number === null) === (first.number === null) &&
      item.indent <= first.indent + 1 &&
      (items.length === 0 || item.indent >= first.indent);
    if (!isNext) break;
    const next = endOfItem(lines, end, first.indent);
    items.push(inside([item.words, ...outdented(lines.slice(end + 1, next))]));
    end = findLine(lines, next, (line) => !isBlank(line));
  }
  return { block: { kind: "list", start: first.number, items }, end };
}

/** Lines that are indented deeper and blank lines between them; in a chat, a line at the margin is a new line. */
function endOfItem(lines: readonly string[], at: number, indent: number): number {
  let end = at + 1;
  while (end < lines.length) {
    const next = findLine(lines, end, (line) => !isBlank(line));
    const isDeeper = indentOf(lines[next] ?? "") > indent + 1;
    const goesOn = next === end && indentOf(lines[end] ?? "") > indent && !startsBlock(lines, end);
    if (next === lines.length || (!isDeeper && !goesOn)) break;
    end = next + 1;
  }
  return end;
}

function outdented(lines: readonly string[]): readonly string[] {
  let indent = 12;
  for (const line of lines) if (!isBlank(line)) indent = Math.min(indent, indentOf(line));
  return lines.map((line) => line.slice(Math.min(indent, indentOf(line))));
}
