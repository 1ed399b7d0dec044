// A deed on a record that was named by whose it is ("Northgate paid 200 dollars", "confirm the order of Lakeside"): the
// open records of that name are looked up first. One of them is the one that is meant; of several the person says which.
import type { JsonObject } from "../../src/ports.ts";
import { say } from "./act.ts";
import type { Act } from "./act.ts";
import { fillFromAnswers, splitAnswers } from "./answers.ts";
import { chooseTool } from "./choice.ts";
import { recordLine } from "./records.ts";
import { lineOf, rowsOf } from "./rows.ts";
import type { Scene } from "./scene.ts";
import { fieldsOf } from "./schema.ts";
import type { Field } from "./schema.ts";
import { findName, findPattern } from "./values.ts";

const mostChoices = 5;

/** Null: more is missing than the number of one record, or nobody is named, or no reader lists such records. */
export function lookForRecord(scene: Scene, missing: readonly Field[]): Act | null {
  const [field] = missing;
  const { request } = splitAnswers(scene.text);
  const whose = findName(request);
  if (field === undefined || missing.length > 1 || field.pattern === null || whose === null) return null;
  const reader = scene.readers.find(({ name }) => name.toLowerCase() === `find${field.name}s`);
  if (reader === undefined) return null;
  const names = new Set(fieldsOf(reader.inputSchema).map(({ name }) => name));
  if (!names.has("text")) return null;
  return {
    kind: "use",
    tool: reader.name,
    input: { text: whose, ...(names.has("open") ? { open: true } : {}) },
  };
}

/** After such a look: the deed itself, a question which record, or that there is none. Null: it was no such look. */
export function settle(scene: Scene): Act | null {
  const [only] = scene.results;
  if (only === undefined || scene.results.length > 1 || only.tool.kind !== "reader" || only.isError)
    return null;
  const asked = splitAnswers(scene.text);
  const tool = chooseTool({ ...scene, text: asked.request });
  if (tool === null || tool.kind !== "effect") return null;
  const { input, missing } = fillFromAnswers(tool, asked);
  const look = lookForRecord(scene, missing);
  const [field] = missing;
  if (look?.kind !== "use" || look.tool !== only.call.name || field === undefined) return null;
  const rows = rowsOf(only.value);
  const records = rows.flatMap((row) => numberIn(field, row));
  const [number] = records;
  if (number !== undefined && records.length === 1)
    return { kind: "use", tool: tool.name, input: { ...input, [field.name]: number } };
  const whose = findName(asked.request) ?? "";
  if (number === undefined)
    return say(`I found no open ${field.name} of “${whose}”, so nothing was prepared.`);
  const choices = rows.slice(0, mostChoices).map((row) => `- ${recordLine(row, false) ?? lineOf(row)}`);
  return { kind: "ask", question: [`Which ${field.name} of “${whose}”?`, ...choices].join("\n") };
}

function numberIn({ pattern }: Field, { record }: JsonObject): readonly string[] {
  const found = typeof record === "string" && pattern !== null ? findPattern(pattern, record) : null;
  return found === null ? [] : [found];
}
