// A text's blocks and spans as Slack's rich text: structure instead of markup. What a model, a person or a record wrote
// only ever stands in a text element, which Slack shows letter by letter, so there is nothing to escape from.
import type { types } from "@slack/bolt";
import { labelOf } from "../../src/markdown/address.ts";
import type { Block, Document, List, Span, Spans, Table } from "../../src/markdown/document.ts";
import { alignsOf, toRecords } from "../../src/markdown/grid.ts";
import { toWords } from "../../src/markdown/plain.ts";

type Style = NonNullable<types.RichTextText["style"]>;
type Inline = types.RichTextText | types.RichTextLink;
type Element = types.RichTextBlock["elements"][number];
/** Slack's own clients number a list on after what interrupted it. */
type NumberedList = types.RichTextList & { readonly offset?: number };

/** Slack takes 100 rows of 20 cells and 10,000 characters of cells, in one table per message. */
const tableLimits = { rows: 100, columns: 20, characters: 9_000 } as const;
const indentLimit = 8;
const dividerLimit = 8;

export function toRichText(document: Document): types.KnownBlock[] {
  const blocks: types.KnownBlock[] = [];
  let elements: Element[] = [];
  const flush = (): void => {
    if (elements.length > 0) blocks.push({ type: "rich_text", elements });
    elements = [];
  };
  const count = (type: string): number => blocks.filter((block) => block.type === type).length;
  for (const block of document) {
    if (block.kind === "table" && fitsTable(block) && count("table") === 0) {
      flush();
      blocks.push(drawTable(block));
    } else if (block.kind === "rule" && count("divider") < dividerLimit) {
      flush();
      blocks.push({ type: "divider" });
    } else addBlock(elements, block);
  }
  flush();
  return blocks;
}

function addBlock(elements: Element[], block: Block): void {
  switch (block.kind) {
    case "paragraph":
      return addWords(elements, toInline(block.spans, {}), "\n\n");
    case "heading":
      return addWords(elements, toInline(block.spans, { bold: true }), "\n\n");
    case "rule":
      return addWords(elements, [letters("───", {})], "\n");
    case "code":
      elements.push({ type: "rich_text_preformatted", elements: [letters(block.text, {})] });
      return undefined;
    case "quote":
      elements.push({ type: "rich_text_quote", elements: flatten(block.blocks) });
      return undefined;
    case "list":
      return addList(elements, block, 0);
    case "table":
      return addList(elements, toRecords(block), 0);
  }
}

/** Words that follow words share their section, as in what people type; after anything else they get air. */
function addWords(elements: Element[], words: Inline[], gap: string): void {
  if (words.length === 0) return;
  const last = elements.at(-1);
  if (last?.type === "rich_text_section") {
    const isHeading = last.elements.at(-1)?.style?.bold === true && last.elements.length === 1;
    last.elements.push(letters(isHeading ? "\n" : gap, {}), ...words);
  } else {
    const air = elements.length === 0 ? [] : [letters("\n", {})];
    elements.push({ type: "rich_text_section", elements: [...air, ...words] });
  }
}

/** Slack nests by indent: a deeper list is a list of its own, after which the outer one goes on counting. */
function addList(elements: Element[], { start, items }: List, depth: number): void {
  let open: NumberedList | null = null;
  for (const [index, item] of items.entries()) {
    const nested = item.filter(({ kind }) => kind === "list" || kind === "code");
    const words = flatten(item.filter(({ kind }) => kind !== "list" && kind !== "code"));
    if (open === null) {
      open = newList(start === null ? null : start + index, depth);
      elements.push(open);
    }
    open.elements.push({ type: "rich_text_section", elements: words });
    for (const block of nested) {
      if (block.kind === "list") addList(elements, block, depth + 1);
      else addBlock(elements, block);
      open = null;
    }
  }
}

function newList(number: number | null, depth: number): NumberedList {
  const indent = Math.min(depth, indentLimit);
  const list: NumberedList = {
    type: "rich_text_list",
    style: number === null ? "bullet" : "ordered",
    indent,
    elements: [],
  };
  return number === null || number === 1 ? list : { ...list, offset: number - 1 };
}

/** Blocks where Slack takes only words: each on lines of its own. */
function flatten(document: Document): Inline[] {
  const lines = document.flatMap((block) => toFlat(block));
  const words = lines.flatMap((line, index) => (index === 0 ? line : [letters("\n", {}), ...line]));
  return words.length === 0 ? [letters(" ", {})] : words;
}

function toFlat(block: Block): readonly Inline[][] {
  switch (block.kind) {
    case "paragraph":
      return [toInline(block.spans, {})];
    case "heading":
      return [toInline(block.spans, { bold: true })];
    case "code":
      return [[letters(block.text, { code: true })]];
    case "rule":
      return [[letters("───", {})]];
    case "quote":
      return [flatten(block.blocks)];
    case "table":
      return toFlat(toRecords(block));
    case "list":
      return block.items.map((item, index) => {
        const mark = block.start === null ? "• " : `${block.start + index}. `;
        return [letters(mark, {}), ...flatten(item)];
      });
  }
}

const toInline = (spans: Spans, style: Style): Inline[] => spans.flatMap((span) => drawSpan(span, style));

function drawSpan(span: Span, style: Style): Inline[] {
  switch (span.kind) {
    case "text":
      return [letters(span.text, style)];
    case "code":
      return [letters(span.text, { ...style, code: true })];
    case "strong":
      return toInline(span.spans, { ...style, bold: true });
    case "emphasis":
      return toInline(span.spans, { ...style, italic: true });
    case "strike":
      return toInline(span.spans, { ...style, strike: true });
    case "link":
      return [{ type: "link", url: span.url, text: labelOf(span), ...(hasStyle(style) ? { style } : {}) }];
  }
}

const hasStyle = (style: Style): boolean => Object.keys(style).length > 0;

/** Slack refuses an element without a letter. */
export function letters(text: string, style: Style): types.RichTextText {
  const element: types.RichTextText = { type: "text", text: text === "" ? " " : text };
  if (hasStyle(style)) element.style = style;
  return element;
}

/** Small and grey; plain text, so that nothing in it is markup. */
export function smallPrint(text: string): types.ContextBlock {
  return {
    type: "context",
    elements: [{ type: "plain_text", text: text === "" ? " " : text, emoji: false }],
  };
}

function fitsTable({ header, rows }: Table): boolean {
  const characters = [header, ...rows].flat().reduce((sum, cell) => sum + toWords(cell).length + 1, 0);
  return (
    rows.length < tableLimits.rows &&
    header.length <= tableLimits.columns &&
    characters <= tableLimits.characters
  );
}

function drawTable(table: Table): types.TableBlock {
  const cell = (spans: Spans, style: Style): types.RichTextBlock => {
    const words = toInline(spans, style);
    const elements = words.length === 0 ? [letters(" ", {})] : words;
    return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
  };
  return {
    type: "table",
    rows: [
      table.header.map((name) => cell(name, { bold: true })),
      ...table.rows.map((row) => row.map((spans) => cell(spans, {}))),
    ],
    column_settings: alignsOf(table).map((align) => ({ align, is_wrapped: true })),
  };
}
