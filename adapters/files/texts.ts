// Plain text and Markdown, in the encodings that people's programs write, cut into paragraphs.
import type { FileContent } from "../../src/ports/files.ts";

type Words = Extract<FileContent, { kind: "words" }>;

/** UTF-8, UTF-16 with its mark, or else what Windows programs write in the West. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** A paragraph longer than this is cut at a line or a word, so that a part of it can be shown. */
const longestPart = 2_000;

export function readText(text: string, maxCharacters: number): Words {
  const paragraphs = text
    .replaceAll("\r\n", "\n")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trimEnd())
    .filter((paragraph) => paragraph.trim() !== "")
    .flatMap(cutLong);
  const parts: string[] = [];
  let characters = 0;
  for (const paragraph of paragraphs) {
    characters += paragraph.length;
    if (characters > maxCharacters) break;
    parts.push(paragraph);
  }
  const words = text.split(/\s+/).filter((word) => word !== "").length;
  const extent = `${words} words`;
  return {
    kind: "words",
    what: "text",
    extent,
    unit: "paragraph",
    head: "",
    parts,
    total: paragraphs.length,
  };
}

function cutLong(paragraph: string): readonly string[] {
  const parts: string[] = [];
  let rest = paragraph;
  while (rest.length > longestPart) {
    const line = rest.lastIndexOf("\n", longestPart);
    const space = rest.lastIndexOf(" ", longestPart);
    const soft = [line, space].find((at) => at > longestPart / 2) ?? longestPart;
    const at = /[\uD800-\uDBFF]/u.test(rest.charAt(soft - 1)) ? soft - 1 : soft;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...parts, rest];
}
