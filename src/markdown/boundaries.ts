// Where a text may be cut with the least harm, and what has to be said again where it goes on: an open fence with its
// language, a table's names. Looks at the source, so a part is Markdown like the whole.
import { closesFence, isBlank, parseFence, parseHeading, parseItem } from "./lines.ts";
import type { Fence } from "./lines.ts";
import { parseTable } from "./table.ts";

/** 0 between paragraphs, 1 between blocks, 2 between items, 3 between lines, 4 where it reads badly. */
export type Boundary = { readonly at: number; readonly harm: 0 | 1 | 2 | 3 | 4 };
/** What a part that goes on here begins with, and what ends the part before it. */
export type Seam = { readonly reopen: string; readonly close: string };

const none: Seam = { reopen: "", close: "" };

/** Every line's beginning but the first one's, in order. */
export function toBoundaries(text: string): readonly Boundary[] {
  const boundaries: Boundary[] = [];
  const lines = text.split("\n");
  let at = 0;
  let fence: Fence | null = null;
  let tableEnd = 0;
  for (const [index, line] of lines.entries()) {
    if (index > 0) {
      const harm =
        fence === null ? (index < tableEnd ? tableHarm(lines, index) : harmBetween(lines, index)) : 3;
      const isEmptyFence = fence !== null && parseFence(lines[index - 1] ?? "") !== null;
      boundaries.push({ at, harm: isEmptyFence ? 4 : harm });
    }
    if (fence === null && index >= tableEnd) tableEnd = parseTable(lines, index)?.end ?? 0;
    fence = fence === null ? parseFence(line) : closesFence(line, fence) ? null : fence;
    at += line.length + 1;
  }
  return boundaries;
}

const tableHarm = (lines: readonly string[], index: number): 3 | 4 =>
  parseTable(lines, index - 1) === null && parseTable(lines, index - 2) === null ? 3 : 4;

function harmBetween(lines: readonly string[], index: number): Boundary["harm"] {
  const [before = "", after = ""] = [lines[index - 1], lines[index]];
  if (parseHeading(before) !== null) return 4;
  if (isBlank(after)) return 3;
  if (isBlank(before)) return parseHeading(lines[index - 2] ?? "") === null ? 0 : 4;
  const item = parseItem(after);
  if (item !== null) return item.indent < 2 ? 2 : 3;
  return parseHeading(after) !== null || parseFence(after) !== null ? 1 : 3;
}

/** @param at a place in the text; what stands open there. */
export function seamAt(text: string, at: number): Seam {
  const lines = text.slice(0, at).split("\n");
  let fence: Fence | null = null;
  let opened = 0;
  for (const [index, line] of lines.entries()) {
    const isStart = fence === null;
    fence = fence === null ? parseFence(line) : closesFence(line, fence) ? null : fence;
    if (isStart && fence !== null) opened = index;
  }
  // The fence's own line is not finished yet.
  if (fence !== null && opened === lines.length - 1) return none;
  if (fence !== null) return { reopen: `${fence.mark}${fence.language ?? ""}\n`, close: fence.mark };
  return lines.at(-1) === "" ? tableSeam(lines, text.slice(at).split("\n", 1)[0] ?? "") : none;
}

/** A table that goes on is a table again: its names are repeated. */
function tableSeam(lines: readonly string[], next: string): Seam {
  let first = lines.length - 1;
  while (first > 0 && (lines[first - 1] ?? "").includes("|")) first -= 1;
  const table = parseTable(lines, first);
  const isWithin = table !== null && table.end === lines.length - 1 && next.includes("|");
  return isWithin ? { reopen: `${lines.slice(first, first + 2).join("\n")}\n`, close: "" } : none;
}
