// What Nova says, as lines of a terminal: blocks and spans drawn with indent, lines and colours. A link shows its whole
// address, a table its columns while they fit, and everything else stays the text it is.
import type { Block, Document, List, Span, Spans, Table } from "../../src/markdown/document.ts";
import { toGrid, toRecords } from "../../src/markdown/grid.ts";
import { parseMarkdown } from "../../src/markdown/parse.ts";
import { cutWord, wrap } from "./text.ts";
import type { Paint } from "./text.ts";

export type Look = {
  /** Columns that a line may fill. */
  readonly columns: number;
  readonly paint: Paint;
};

/** Narrower than this nothing is indented further. */
const leastColumns = 16;

/** Markdown to wrapped lines; what can't be seen is spelled out first. */
export const toLines = (markdown: string, look: Look): readonly string[] =>
  drawBlocks(parseMarkdown(markdown), look);

/** A blank line between blocks, but for a list under the words that announce it and what follows a heading. */
function drawBlocks(document: Document, look: Look): readonly string[] {
  return document.flatMap((block, index) => {
    const before = document[index - 1];
    const isTight =
      before === undefined ||
      before.kind === "heading" ||
      (before.kind === "paragraph" && (block.kind === "list" || block.kind === "code"));
    return isTight ? drawBlock(block, look) : ["", ...drawBlock(block, look)];
  });
}

function drawBlock(block: Block, look: Look): readonly string[] {
  switch (block.kind) {
    case "paragraph":
      return drawWords(block.spans, look);
    case "heading":
      return drawWords([{ kind: "strong", spans: block.spans }], look);
    case "code":
      return drawCode(block.text, look);
    case "quote":
      return drawBlocks(block.blocks, inside(look, 2)).map((line) => `${look.paint("dim", "│")} ${line}`);
    case "rule":
      return [look.paint("dim", "─".repeat(Math.min(24, look.columns)))];
    case "list":
      return drawList(block, look);
    case "table":
      return drawTable(block, look);
  }
}

const inside = (look: Look, indent: number): Look => ({
  ...look,
  columns: Math.max(leastColumns, look.columns - indent),
});

const drawWords = (spans: Spans, look: Look): readonly string[] =>
  drawSpans(spans, look.paint)
    .split("\n")
    .flatMap((line) => wrap(line, look.columns));

function drawCode(code: string, look: Look): readonly string[] {
  return code
    .split("\n")
    .flatMap((line) => cutWord(line, inside(look, 4).columns))
    .map((piece) => `    ${look.paint("code", piece)}`);
}

function drawList({ start, items }: List, look: Look): readonly string[] {
  return items.flatMap((item, index) => {
    const head = start === null ? "• " : `${start + index}. `;
    const lines = drawItem(item, inside(look, head.length));
    return hang(head, lines.length === 0 ? [""] : lines);
  });
}

/** An item stays compact: no blank lines within it. */
const drawItem = (item: Document, look: Look): readonly string[] =>
  item.flatMap((block) => drawBlock(block, look));

function drawTable(table: Table, look: Look): readonly string[] {
  const lines = toGrid(table, look.columns, wrap);
  if (lines === null) return drawList(toRecords(table), look);
  const rule = lines.findIndex((line) => line.startsWith("─"));
  return lines.map((line, index) =>
    index > rule ? line : look.paint(index === rule ? "dim" : "bold", line),
  );
}

/** First line after `head`, the others below it. */
export function hang(head: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => (index === 0 ? head : " ".repeat(head.length)) + line);
}

const drawSpans = (spans: Spans, paint: Paint): string => spans.map((span) => drawSpan(span, paint)).join("");

function drawSpan(span: Span, paint: Paint): string {
  switch (span.kind) {
    case "text":
      return span.text;
    case "strong":
      return paint("bold", drawSpans(span.spans, paint));
    case "emphasis":
      return drawSpans(span.spans, paint);
    case "strike":
      // Words that no longer hold must not read as if they did.
      return `~~${drawSpans(span.spans, paint)}~~`;
    case "code":
      return paint("code", `\`${span.text}\``);
    case "link":
      return span.label === null ? span.url : `${span.label} (${span.url})`;
  }
}
