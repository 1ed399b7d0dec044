// HTML that is inert by construction: whatever is put into a template is escaped, unless a template made it.
import { toVisible } from "../../src/markdown/visible.ts";

const marker = Symbol("made by a template");
export type Html = { readonly [marker]: true; readonly text: string };
type Part = Html | string | number | null | readonly Html[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escape = (text: string): string =>
  toVisible(text).replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");

function toText(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string") return escape(part);
  if (typeof part === "number") return String(part);
  return "text" in part ? part.text : part.map((html) => html.text).join("");
}

/** The only maker of Html. Null leaves nothing. */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = literals.reduce((soFar, literal, index) => soFar + toText(parts[index - 1] ?? null) + literal);
  return { [marker]: true, text };
}
