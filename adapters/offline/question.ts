// The one question that is asked when something is missing, naming what and in which form.
import type { ToolSpec } from "../../src/ports.ts";
import type { Field } from "./schema.ts";
import { plain } from "./scene.ts";
import { spoken } from "./words.ts";

export function questionFor(tool: ToolSpec, missing: readonly Field[]): string {
  const names = missing.map(nameOf);
  const last = names.at(-1) ?? "";
  const list = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
  const example =
    names.length < 2 || tool.examples.length === 0 ? "" : ` For example: “${tool.examples[0] ?? ""}”`;
  return `For “${spoken(tool.name)}” I still need: ${list}.${example}`;
}

function nameOf(field: Field): string {
  const described = field.description.replace(/\.$/, "");
  const name = described !== "" && described.length <= 60 ? described : `the ${spoken(field.name)}`;
  const start = /^\^([A-Z]+-)/.exec(field.pattern ?? "")?.[1];
  if (start !== undefined) return `${name} (it begins with ${start})`;
  return field.options.length > 0 ? `${name} (${field.options.map(plain).join(", ")})` : name;
}
