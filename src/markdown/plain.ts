// A document as words alone: for notifications, screen readers, aligned columns, and files.
import type { Block, Document, Spans } from "./document.ts";

export function toWords(spans: Spans): string {
  return spans
    .map((span) => {
      if (span.kind === "text" || span.kind === "code") return span.text;
      if (span.kind !== "link") return toWords(span.spans);
      return span.label === null ? span.url : `${span.label} (${span.url})`;
    })
    .join("");
}

/** Paragraphs, items and rows on lines of their own; nothing in it is meant to be read as markup. */
export function toPlainText(document: Document): string {
  return document.map(blockWords).join("\n");
}

function blockWords(block: Block): string {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return toWords(block.spans);
    case "code":
      return block.text;
    case "quote":
      return toPlainText(block.blocks);
    case "rule":
      return "───";
    case "list":
      return block.items
        .map((item, index) => {
          const mark = block.start === null ? "•" : `${block.start + index}.`;
          return `${mark} ${toPlainText(item).replaceAll("\n", "\n  ")}`;
        })
        .join("\n");
    case "table":
      return [block.header, ...block.rows].map((row) => row.map(toWords).join(" | ")).join("\n");
  }
}
