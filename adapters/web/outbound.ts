// A post's Markdown as HTML: paragraphs, bold, code, fences and lists. A link is text with its address beside it:
// nothing that a model wrote can be clicked, loaded or run.
import { markup } from "./html.ts";
import type { Html } from "./html.ts";

type Block =
  | { readonly kind: "text"; readonly lines: string[] }
  | { readonly kind: "code"; readonly lines: string[] }
  | { readonly kind: "list"; readonly lines: string[]; readonly start: number | null };

const bullet = /^\s*[-*]\s+(?<words>.*)$/u;
const numbered = /^\s*(?<number>\d{1,6})[.)]\s+(?<words>.*)$/u;

export function toHtml(markdown: string): Html {
  return markup`${toBlocks(markdown).map((block) => drawBlock(block))}`;
}

function toBlocks(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let isFenced = false;
  for (const line of markdown.replaceAll("\r\n", "\n").split("\n")) {
    if (line.trimStart().startsWith("```")) {
      isFenced = !isFenced;
      if (isFenced) blocks.push({ kind: "code", lines: [] });
    } else if (isFenced) {
      blocks.at(-1)?.lines.push(line);
    } else if (line.trim() === "") {
      blocks.push({ kind: "text", lines: [] });
    } else {
      addLine(blocks, line);
    }
  }
  return blocks.filter(({ kind, lines }) => kind === "code" || lines.length > 0);
}

function addLine(blocks: Block[], line: string): void {
  const item = toItem(line);
  const last = blocks.at(-1);
  if (item === null) {
    if (last?.kind === "text") last.lines.push(line);
    else blocks.push({ kind: "text", lines: [line] });
    return;
  }
  const isSame = last?.kind === "list" && (last.start === null) === (item.number === null);
  if (isSame) last.lines.push(item.words);
  else blocks.push({ kind: "list", start: item.number, lines: [item.words] });
}

function toItem(line: string): { readonly words: string; readonly number: number | null } | null {
  const plain = bullet.exec(line)?.groups?.["words"];
  if (plain !== undefined) return { words: plain, number: null };
  const groups = numbered.exec(line)?.groups;
  if (groups === undefined) return null;
  return { words: groups["words"] ?? "", number: Number(groups["number"]) };
}

function drawBlock(block: Block): Html {
  if (block.kind === "code") return markup`<pre tabindex="0"><code>${block.lines.join("\n")}</code></pre>`;
  if (block.kind === "text") {
    const lines = block.lines.map(
      (line, index) => markup`${index === 0 ? null : markup`<br>`}${drawLine(line)}`,
    );
    return markup`<p>${lines}</p>`;
  }
  const items = block.lines.map((line) => markup`<li>${drawInline(line)}</li>`);
  return block.start === null ? markup`<ul>${items}</ul>` : markup`<ol start="${block.start}">${items}</ol>`;
}

function drawLine(line: string): Html {
  const heading = /^#{1,6}\s+(?<words>.*)$/u.exec(line)?.groups?.["words"];
  return heading === undefined ? drawInline(line) : markup`<strong>${heading}</strong>`;
}

function drawInline(text: string): Html {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/u).map((part) => {
    if (part.length > 2 && part.startsWith("`")) return markup`<code>${part.slice(1, -1)}</code>`;
    if (part.length > 4 && part.startsWith("**")) return markup`<strong>${part.slice(2, -2)}</strong>`;
    return markup`${part.replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/gu, "$1 ($2)")}`;
  });
  return markup`${parts}`;
}
