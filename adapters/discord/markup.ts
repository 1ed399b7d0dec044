// A text's blocks and spans as Discord's own Markdown. Only what the reader of Markdown understood becomes markup;
// every letter that Discord could take for more is escaped, so nothing leaves its place.
import { labelOf } from "../../src/markdown/address.ts";
import type { Block, Document, Link, List, Span, Spans, Table } from "../../src/markdown/document.ts";
import { hasLinks, toGrid, toRecords } from "../../src/markdown/grid.ts";
import { parseMarkdown } from "../../src/markdown/parse.ts";
import { keepLines, toInert, toLetters } from "./text.ts";

/** As many letters of one width as a phone shows in a line. */
const phoneColumns = 36;
/** Deeper lists are drawn at this depth: a phone has no room for more. */
const nestingLimit = 4;

export const toDiscord = (markdown: string): string => drawBlocks(parseMarkdown(markdown));

/** Paragraphs and quotes get an empty line between them; what Discord sets apart by itself does not. */
function drawBlocks(document: Document): string {
  return document
    .map((block, index) => {
      const before = document[index - 1];
      if (before === undefined) return drawBlock(block);
      const isSetApart = [before.kind, block.kind].some((kind) => kind === "list" || kind === "code");
      const isTight = before.kind === "heading" || (isSetApart && before.kind !== block.kind);
      return `${isTight ? "\n" : "\n\n"}${drawBlock(block)}`;
    })
    .join("");
}

function drawBlock(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return drawLines(block.spans);
    case "heading":
      return drawHeading(block.level, drawLines(block.spans).replaceAll("\n", " "));
    case "code":
      return drawCode(block.text, block.language ?? "");
    case "quote":
      return drawBlocks(block.blocks).replaceAll(/^/gmu, "> ");
    case "rule":
      return "──────────";
    case "list":
      return drawList(block, 0).join("\n");
    case "table":
      return drawTable(block);
  }
}

/** Discord's first heading fills half a phone's screen. */
function drawHeading(level: number, words: string): string {
  if (level === 1) return `## ${words}`;
  return level < 4 ? `### ${words}` : `**${words}**`;
}

function drawCode(code: string, language: string): string {
  const inside = toInert(code).replaceAll("```", "`\u200b`\u200b`");
  return `\`\`\`${language}\n${inside.trim() === "" ? " " : inside}\n\`\`\``;
}

function drawTable(table: Table): string {
  const grid = hasLinks(table) ? null : toGrid(table, phoneColumns);
  return grid === null ? drawList(toRecords(table), 0).join("\n") : drawCode(grid.join("\n"), "");
}

function drawList({ start, items }: List, depth: number): readonly string[] {
  const indent = "  ".repeat(Math.min(depth, nestingLimit));
  return items.flatMap((item, index) => {
    const mark = start === null ? "-" : `${start + index}.`;
    const [first, ...others] = item;
    const isWords = first?.kind === "paragraph" || first?.kind === "heading";
    const words = isWords ? drawLines(first.spans) : "";
    const rest = isWords || first === undefined ? others : [first, ...others];
    const below = " ".repeat(mark.length + 1);
    return [
      `${indent}${mark} ${words.replaceAll("\n", `\n${indent}${below}`)}`,
      ...rest.flatMap((block) => drawInside(block, depth, `${indent}${below}`)),
    ];
  });
}

function drawInside(block: Block, depth: number, indent: string): readonly string[] {
  if (block.kind === "list") return drawList(block, depth + 1);
  // A fence or a quote must begin its line to be one.
  if (block.kind === "code" || block.kind === "quote" || block.kind === "table") return [drawBlock(block)];
  const words = block.kind === "rule" ? drawBlock(block) : drawLines(block.spans);
  return words.split("\n").map((line) => `${indent}${line}`);
}

const drawLines = (spans: Spans): string => keepLines(drawSpans(spans));
const drawSpans = (spans: Spans): string => spans.map(drawSpan).join("");

function drawSpan(span: Span): string {
  switch (span.kind) {
    case "text":
      return toLetters(span.text);
    case "strong":
      return wrapped("**", drawSpans(span.spans));
    case "emphasis":
      return wrapped("*", drawSpans(span.spans));
    case "strike":
      return wrapped("~~", drawSpans(span.spans));
    case "code":
      return drawInlineCode(span.text);
    case "link":
      return drawLink(span);
  }
}

/** Between angle brackets a link fetches no preview; an invitation would be drawn even there. */
function drawLink(link: Link): string {
  const { label, url } = link;
  if (toInert(url) !== url) return toLetters(`${label ?? ""} ${url}`.trim());
  return label === null ? `<${url}>` : `[${toLetters(labelOf(link))}](<${url}>)`;
}

/** Marks hold only what begins and ends with a letter. */
function wrapped(mark: string, words: string): string {
  const trimmed = words.trim();
  return trimmed === "" ? words : words.replace(trimmed, () => `${mark}${trimmed}${mark}`);
}

function drawInlineCode(code: string): string {
  const inert = toInert(code);
  if (!inert.includes("`")) return `\`${inert}\``;
  // Three ticks in a row would open a fence.
  return `\`\` ${inert.replaceAll("``", "`\u200b`")} \`\``;
}
