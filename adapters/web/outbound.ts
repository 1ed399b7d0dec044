// A post's blocks and spans as HTML. Nothing but what was read as a block or a span becomes a tag, every letter is
// escaped, and a link is http or https, named with its real host, and told nothing about this page.
import { labelOf } from "../../src/markdown/address.ts";
import type { Block, Document, List, Span, Spans, Table } from "../../src/markdown/document.ts";
import { alignsOf } from "../../src/markdown/grid.ts";
import { parseMarkdown } from "../../src/markdown/parse.ts";
import { toWords } from "../../src/markdown/plain.ts";
import { markup } from "./html.ts";
import type { Html } from "./html.ts";

export const toHtml = (markdown: string): Html => drawBlocks(parseMarkdown(markdown));

const drawBlocks = (document: Document): Html => markup`${document.map((block) => drawBlock(block))}`;

function drawBlock(block: Block): Html {
  switch (block.kind) {
    case "paragraph":
      return markup`<p>${drawSpans(block.spans)}</p>`;
    case "heading":
      return drawHeading(block.level, drawSpans(block.spans));
    case "code":
      return drawCode(block.text, block.language);
    case "quote":
      return markup`<blockquote>${drawBlocks(block.blocks)}</blockquote>`;
    case "rule":
      return markup`<hr>`;
    case "list":
      return drawList(block);
    case "table":
      return drawTable(block);
  }
}

/** The page's own headings end at the third. */
function drawHeading(level: number, words: Html): Html {
  if (level === 1) return markup`<h4>${words}</h4>`;
  return level === 2 ? markup`<h5>${words}</h5>` : markup`<h6>${words}</h6>`;
}

/** Wider than a phone: it scrolls by itself, with the keyboard too. */
const drawCode = (code: string, language: string | null): Html =>
  language === null
    ? markup`<pre tabindex="0"><code>${code}</code></pre>`
    : markup`<pre tabindex="0" data-language="${language}"><code>${code}</code></pre>`;

function drawList({ start, items }: List): Html {
  const drawn = items.map((item) =>
    isTask(item) ? markup`<li class="task">${drawItem(item)}</li>` : markup`<li>${drawItem(item)}</li>`,
  );
  if (start === null) return markup`<ul>${drawn}</ul>`;
  return start === 1 ? markup`<ol>${drawn}</ol>` : markup`<ol start="${start}">${drawn}</ol>`;
}

/** A box stands where the bullet would. */
const isTask = ([first]: Document): boolean =>
  first?.kind === "paragraph" && first.spans[0]?.kind === "text" && /^[☐☑] /u.test(first.spans[0].text);

/** Words alone need no paragraph. */
function drawItem(item: Document): Html {
  const [first, ...rest] = item;
  return first?.kind === "paragraph"
    ? markup`${drawSpans(first.spans)}${drawBlocks(rest)}`
    : drawBlocks(item);
}

/** Short figures and dates stay in one piece; on a phone a table of many columns becomes one entry per row (see the CSS). */
function drawTable(table: Table): Html {
  const aligns = alignsOf(table);
  const names = table.header.map(toWords);
  const looks = table.header.map((_, column) => {
    const isShort = table.rows.every((row) => toWords(row[column] ?? []).length <= shortCell);
    return markup` data-align="${aligns[column] ?? "left"}"${isShort ? markup` data-short` : null}`;
  });
  const name = (spans: Spans, column: number): Html =>
    markup`<th scope="col"${looks[column] ?? null}>${drawSpans(spans)}</th>`;
  const cell = (spans: Spans, column: number): Html =>
    markup`<td${looks[column] ?? null} data-name="${names[column] ?? ""}">${drawSpans(spans)}</td>`;
  const size = table.header.length > phoneColumns ? "wide" : "narrow";
  return markup`<div class="table" tabindex="0" role="group" aria-label="Table"><table class="${size}"><thead><tr>${table.header.map(name)}</tr></thead><tbody>${table.rows.map(
    (row) => markup`<tr>${row.map(cell)}</tr>`,
  )}</tbody></table></div>`;
}
const shortCell = 16;
const phoneColumns = 3;

const drawSpans = (spans: Spans): Html => markup`${spans.map((span) => drawSpan(span))}`;

function drawSpan(span: Span): Html {
  switch (span.kind) {
    case "text":
      return drawText(span.text);
    case "strong":
      return markup`<strong>${drawSpans(span.spans)}</strong>`;
    case "emphasis":
      return markup`<em>${drawSpans(span.spans)}</em>`;
    case "strike":
      return markup`<s>${drawSpans(span.spans)}</s>`;
    case "code":
      return markup`<code>${span.text}</code>`;
    case "link":
      return markup`<a href="${span.url}" target="_blank" rel="noopener noreferrer nofollow">${labelOf(span)}</a>`;
  }
}

function drawText(text: string): Html {
  const lines = text.split("\n").map((line, index) => markup`${index === 0 ? null : markup`<br>`}${line}`);
  return markup`${lines}`;
}
