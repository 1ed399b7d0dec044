// The fields of a reply besides its words, taken from what was looked up. A field that can't be filled honestly
// gives null, and the reply is declined instead.
import type { Json, JsonObject } from "../../src/ports.ts";
import type { Found } from "./act.ts";
import { isObject } from "./scene.ts";
import { fieldsOf, toField } from "./schema.ts";
import type { Field } from "./schema.ts";
import { singular, spoken, stem, stemsOf } from "./words.ts";

type Said = { readonly answer: string; readonly rows: readonly Found[]; readonly fields?: JsonObject };

export function toReplyInput(schema: JsonObject, { answer, rows, fields = {} }: Said): JsonObject | null {
  const input: Record<string, Json> = { answer };
  for (const field of fieldsOf(schema)) {
    if (field.name === "answer") continue;
    const value = fields[field.name] ?? valueOf(field, answer, rows);
    if (value !== undefined) input[field.name] = value;
    else if (field.isNullable) input[field.name] = null;
    else if (field.isRequired && !field.hasDefault) return null;
  }
  return input;
}

function valueOf(field: Field, answer: string, rows: readonly Found[]): Json | undefined {
  const [only] = rows;
  const own = rows.length === 1 ? only?.row[field.name] : undefined;
  if (own !== undefined && fits(field, own)) return own;
  if (field.type === "array") return listOf(field, answer, rows);
  if (field.type === "boolean") return false;
  const isCount =
    /count|total|number/i.test(field.name) && (field.type === "integer" || field.type === "number");
  return isCount ? rows.length : undefined;
}

function listOf(field: Field, answer: string, rows: readonly Found[]): readonly Json[] {
  if (field.name === "verbs")
    return [...new Set([...answer.matchAll(/`([a-z]+)[^`]*`/g)].map((match) => match[1] ?? ""))];
  const item = toField(singular(field.name), field.items ?? {});
  if (item.type === "object") return rows.flatMap(({ row }) => pick(item, row));
  return [...new Set(rows.flatMap((found) => name(item, found)))];
}

/** Exactly the parts of the row that the reply asks for; a row that lacks one is left out. */
function pick(item: Field, row: JsonObject): readonly JsonObject[] {
  const entry: Record<string, Json> = {};
  for (const field of fieldsOf(item.schema)) {
    const value = row[field.name];
    if (value !== undefined && fits(field, value)) entry[field.name] = value;
    else if (field.isNullable && field.isRequired) entry[field.name] = null;
    else if (field.isRequired) return [];
  }
  return [entry];
}

/** Under the field's own name, or as the record that a tool for such records returned. */
function name(item: Field, { from, row }: Found): readonly Json[] {
  const isKind = stemsOf(spoken(from)).includes(stem(item.name));
  const candidates = [
    ...(item.name === "source" ? [row["id"]] : []),
    row[item.name],
    ...(isKind ? [row["number"], row["code"], bareRecord(row)] : []),
  ];
  const found = candidates.find((value) => value !== undefined && value !== "" && fits(item, value));
  return found === undefined ? [] : [found];
}

/** `order:SO-7` and `SO-7#2` both are of SO-7. */
function bareRecord(row: JsonObject): string | undefined {
  const record = row["record"];
  return typeof record === "string"
    ? record.slice(record.lastIndexOf(":") + 1).replace(/#.*$/, "")
    : undefined;
}

function fits(field: Field, value: Json): boolean {
  if (value === null) return field.isNullable;
  if (field.options.length > 0) return field.options.includes(value);
  if (field.type === "string")
    return (
      typeof value === "string" && (field.pattern === null || new RegExp(field.pattern, "u").test(value))
    );
  if (field.type === "integer") return Number.isInteger(value);
  if (field.type === "number") return typeof value === "number";
  if (field.type === "boolean") return typeof value === "boolean";
  if (field.type === "array") return Array.isArray(value) && field.items === null;
  return field.type === "object" ? isObject(value) && pick(field, value).length > 0 : true;
}
