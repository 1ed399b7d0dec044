// Choices that a sentence makes without naming a field: "draft orders", "what is running low?", "anything unpaid?".
import type { Json, ToolSpec } from "../../src/ports.ts";
import { plain } from "./scene.ts";
import type { Field } from "./schema.ts";
import { findCodes } from "./values.ts";
import { spoken, stem, wordsOf } from "./words.ts";

/** Other words for an option. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  supplier: ["supply", "supplies", "supplied", "delivers", "buy", "vendor"],
};

/** An option counts when its own words are said, as "draft orders" says `draft`; "to be confirmed" is not confirmed. */
export function findOption(field: Field, text: string, tool: ToolSpec): Json | undefined {
  if (field.isRequired && !field.isNullable && field.options.length === 1) return field.options[0];
  if (/\b(?:not|never|without|isn't|hasn't|haven't)\b/i.test(text)) return undefined;
  const said = new Set(wordsOf(text.replaceAll(/\bto (?:be )?\p{L}+/giu, " ")).map(stem));
  const verb = stem(wordsOf(spoken(tool.name))[0] ?? "");
  const meant = field.options.filter((option) => {
    const words = wordsOf(spoken(plain(option))).map(stem);
    const isSaid = words.length > 0 && words.every((word) => said.has(word) && word !== verb);
    return isSaid || (aliases[plain(option)] ?? []).some((word) => said.has(stem(word)));
  });
  return meant.length === 1 ? meant[0] : undefined;
}

/** What a flag is said by: its name, and whatever its description puts in quotes. */
export const cuesOf = (field: Field): readonly string[] => [
  spoken(field.name),
  ...[...field.description.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? ""),
];

const inStems = (text: string): string => ` ${wordsOf(text).map(stem).join(" ")} `;

/** A record that is named by its number is wanted whatever its state. */
export function findFlag(field: Field, text: string, tool: ToolSpec): boolean | undefined {
  if (tool.kind === "reader" && findCodes(text).length > 0) return undefined;
  const said = inStems(text);
  return cuesOf(field).some((cue) => said.includes(inStems(cue))) ? true : undefined;
}
