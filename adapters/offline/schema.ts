// JSON Schema as far as tools made from zod use it, flattened to what is needed to fill a field.
import type { Json, JsonObject } from "../../src/ports.ts";
import { isList, isObject } from "./scene.ts";
import { spoken } from "./words.ts";

export type Field = {
  readonly name: string;
  readonly description: string;
  readonly type: "string" | "number" | "integer" | "boolean" | "array" | "object" | "unknown";
  readonly pattern: string | null;
  readonly format: string | null;
  readonly options: readonly Json[];
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  readonly minimum: number;
  readonly maximum: number;
  readonly minLength: number;
  readonly maxLength: number;
  readonly items: JsonObject | null;
  readonly schema: JsonObject;
};

const kinds = ["string", "number", "integer", "boolean", "array", "object"] as const;
const textOf = (value: Json | undefined): string | null => (typeof value === "string" ? value : null);
const numberIn = (value: Json | undefined, other: number): number =>
  typeof value === "number" ? value : other;

/** Whether the field's own name is one of those words. */
export const isAbout = (field: Field, words: RegExp): boolean => words.test(spoken(field.name));

export function fieldsOf(schema: JsonObject): readonly Field[] {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = isList(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties).flatMap(([name, value]) =>
    isObject(value) ? [{ ...toField(name, value), isRequired: required.includes(name) }] : [],
  );
}

export function toField(name: string, outer: JsonObject): Field {
  const arms = isList(outer["anyOf"]) ? outer["anyOf"].filter(isObject) : [];
  const inner = arms.find((arm) => arm["type"] !== "null") ?? {};
  const schema: JsonObject = { ...inner, ...outer };
  const types = isList(schema["type"]) ? schema["type"] : [inner["type"] ?? schema["type"] ?? null];
  const format = textOf(schema["format"]);
  return {
    name,
    description: textOf(schema["description"]) ?? "",
    type: kinds.find((kind) => types.includes(kind)) ?? "unknown",
    pattern: format === null ? textOf(schema["pattern"]) : null,
    format,
    options: "const" in schema ? [schema["const"] ?? null] : isList(schema["enum"]) ? schema["enum"] : [],
    isRequired: true,
    isNullable: types.includes("null") || arms.some((arm) => arm["type"] === "null"),
    hasDefault: "default" in schema,
    minimum: numberIn(schema["minimum"], numberIn(schema["exclusiveMinimum"], -Infinity)),
    maximum: numberIn(schema["maximum"], Infinity),
    minLength: numberIn(schema["minLength"], 0),
    maxLength: numberIn(schema["maxLength"], Infinity),
    items: isObject(schema["items"]) ? schema["items"] : null,
    schema,
  };
}
