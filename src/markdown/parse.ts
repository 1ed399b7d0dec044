// The one reader of Markdown: every surface draws from what this returns. It reads the subset that models write and
// people expect in a chat; a line break is a line break, HTML is letters, and an image is a link that nobody loads.
import type { Block, Document } from "./document.ts";
import {
  closesFence,
  findLine,
  indentOf,
  isBlank,
  isQuote,
  isRule,
  parseFence,
  parseHeading,
  startsBlock,
} from "./lines.ts";
import { parseList } from "./list.ts";
import { parseSpans } from "./spans.ts";
import { parseTable } from "./table.ts";
import { toVisible } from "./visible.ts";

/** Quotes within quotes within lists: deeper nesting is read as plain lines. */
const depthLimit = 8;

/** A text is measured and then drawn: the one that was read last is not read again. */
let last: { readonly text: string; readonly document: Document } = { text: "", document: [] };

export function parseMarkdown(text: string): Document {
  if (last.text !== text)
    last = { text, document: toBlocks(toVisible(text).replaceAll("\t", "    ").split("\n"), 0) };
  return last.document;
}

type Read = { readonly block: Block; readonly end: number };

function toBlocks(lines: readonly string[], depth: number): Document {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    if (isBlank(lines[at] ?? "")) {
      at += 1;
      continue;
    }
    const { block, end } =
      readCode(lines, at) ??
      readLine(lines[at] ?? "", at) ??
      parseTable(lines, at) ??
      readNested(lines, at, depth) ??
      readParagraph(lines, at);
    blocks.push(block);
    at = end;
  }
  return blocks;
}

/** A fence that never closes holds everything to the end, as it does while it is being written. */
function readCode(lines: readonly string[], at: number): Read | null {
  const fence = parseFence(lines[at] ?? "");
  if (fence === null) return null;
  const end = findLine(lines, at + 1, (line) => closesFence(line, fence));
  const inside = lines.slice(at + 1, end).map((line) => line.slice(Math.min(fence.indent, indentOf(line))));
  return { block: { kind: "code", language: fence.language, text: inside.join("\n") }, end: end + 1 };
}

function readLine(line: string, at: number): Read | null {
  if (isRule(line)) return { block: { kind: "rule" }, end: at + 1 };
  const heading = parseHeading(line);
  if (heading === null) return null;
  return {
    block: { kind: "heading", level: heading.level, spans: parseSpans(heading.words) },
    end: at + 1,
  };
}

function readNested(lines: readonly string[], at: number, depth: number): Read | null {
  if (depth >= depthLimit) return null;
  const inside = (inner: readonly string[]): Document => toBlocks(inner, depth + 1);
  if (!isQuote(lines[at] ?? "")) return parseList(lines, at, inside);
  const end = findLine(lines, at, (line) => !isQuote(line));
  const quoted = lines.slice(at, end).map((line) => line.trimStart().replace(/^> ?/u, ""));
  return { block: { kind: "quote", blocks: inside(quoted) }, end };
}

/** Always takes the first line, so that reading always goes on. */
function readParagraph(lines: readonly string[], at: number): Read {
  let end = at + 1;
  while (end < lines.length && !startsBlock(lines, end)) end += 1;
  const words = lines.slice(at, end).map((line) => unbroken(line.trim()));
  return { block: { kind: "paragraph", spans: parseSpans(words.join("\n")) }, end };
}

/** A backslash at the end of a line asks for the break that is there anyway. */
const unbroken = (line: string): string => (/(?<!\\)\\$/u.test(line) ? line.slice(0, -1) : line);
