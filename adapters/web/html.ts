// HTML that is inert by construction: whatever is put into a template is escaped, unless a template made it.

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
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Line breaks, and the two joiners that emoji and Persian are written with. */
const harmless: ReadonlySet<string> = new Set(["\n", "\t", "\u200c", "\u200d"]);

/** Control, format and bidi characters are spelled out (`⟨U+202E⟩`): what is read is what is there. */
function toInert(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(invisible, (character) => {
    if (harmless.has(character)) return character;
    return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

const escape = (text: string): string =>
  toInert(text).replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");

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
