// What Nova says, as lines of a terminal. The Markdown of a post is read, not obeyed: bold, code, fences and lists
// are shown as such, a link shows its address, everything else stays the text it is.
import { cutWord, toInert, wrap } from "./text.ts";
import type { Paint } from "./text.ts";

export type Look = {
  /** Columns that a line may fill. */
  readonly columns: number;
  readonly paint: Paint;
};

/** Markdown to wrapped lines; the text is made inert first. */
export function toLines(markdown: string, look: Look): readonly string[] {
  const lines: string[] = [];
  let isFenced = false;
  for (const line of toInert(markdown).trimEnd().split("\n")) {
    if (line.trimStart().startsWith("```")) {
      isFenced = !isFenced;
    } else if (isFenced) {
      lines.push(...toCodeLines(line, look));
    } else {
      lines.push(...toProseLines(line, look));
    }
  }
  return lines;
}

function toCodeLines(line: string, look: Look): readonly string[] {
  return cutWord(line, look.columns - 4).map((piece) => `    ${look.paint("code", piece)}`);
}

function toProseLines(line: string, look: Look): readonly string[] {
  const item = /^(?<indent>\s*)(?<mark>[-*]|\d{1,3}[.)])\s+(?<words>.*)$/u.exec(line);
  if (item?.groups !== undefined) {
    const { indent = "", mark = "", words = "" } = item.groups;
    const head = `${indent.slice(0, 12)}${mark === "-" || mark === "*" ? "•" : mark} `;
    return hang(head, wrap(toInline(words, look.paint), look.columns - head.length));
  }
  const heading = /^#{1,6}\s+(?<words>.*)$/u.exec(line)?.groups?.["words"];
  if (heading !== undefined) return wrap(look.paint("bold", heading), look.columns);
  return wrap(toInline(line, look.paint), look.columns);
}

/** First line after `head`, the others below it. */
export function hang(head: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => (index === 0 ? head : " ".repeat(head.length)) + line);
}

function toInline(text: string, paint: Paint): string {
  return text
    .split(/(`[^`]+`)/u)
    .map((part) =>
      part.length > 2 && part.startsWith("`") && part.endsWith("`")
        ? paint("code", part)
        : toBold(part, paint),
    )
    .join("");
}
function toBold(text: string, paint: Paint): string {
  return text
    .replaceAll(/\[([^\]]+)\]\(([^)\s]+)\)/gu, "$1 ($2)")
    .replaceAll(/\*\*([^*]+)\*\*/gu, (_whole, words: string) => paint("bold", words));
}
