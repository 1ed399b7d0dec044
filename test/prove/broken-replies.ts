// Breaks a reply in each way that its own JSON Schema allows: every field of a wrong type, every required field missing,
// and at every object a field that nobody knows. What an agent of tomorrow promises is broken like that of today.
import { z } from "zod";
import type { Json, JsonObject } from "../../src/ports.ts";

/** Stands in every broken reply, and may never be seen by a person. */
export const canary = "zzcanary";
export type BrokenReply = {
  readonly way: "wrong type" | "missing field" | "unknown field";
  /** The field, which the validator has to name. */
  readonly field: string;
  readonly value: Json;
};

const Schema = z.record(z.string(), z.json());
export const schemaOf = (reply: z.ZodType): JsonObject =>
  Schema.parse(z.toJSONSchema(reply, { io: "input" }));
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
const propertiesOf = ({ properties }: JsonObject): readonly (readonly [string, JsonObject])[] =>
  isObject(properties)
    ? Object.entries(properties).flatMap(([key, inner]) => (isObject(inner) ? [[key, inner] as const] : []))
    : [];
const branchesOf = ({ anyOf, oneOf }: JsonObject): readonly JsonObject[] => [
  ...objectsIn(anyOf),
  ...objectsIn(oneOf),
];
const leastOf = (value: Json | undefined): number => (typeof value === "number" ? value : 0);

/** A value that the schema takes. `full`: lists hold one element and nothing is null where it need not be. */
export function sampleOf(schema: JsonObject, full: boolean): Json {
  const branches = branchesOf(schema);
  const wanted = branches.find(({ type }) => (type === "null") !== full) ?? branches[0];
  if (wanted !== undefined) return sampleOf(wanted, full);
  const { const: only, enum: choices, type, items, minItems, minimum } = schema;
  if (only !== undefined) return only;
  if (isList(choices)) return choices[0] ?? null;
  if (type === "object")
    return Object.fromEntries(propertiesOf(schema).map(([key, inner]) => [key, sampleOf(inner, full)]));
  if (type === "array") {
    const count = Math.max(leastOf(minItems), full ? 1 : 0);
    return Array.from({ length: count }, () => (isObject(items) ? sampleOf(items, full) : "as asked"));
  }
  if (type === "integer" || type === "number") return Math.max(0, leastOf(minimum));
  if (type === "boolean") return false;
  return type === "null" ? null : "as asked";
}

function typesOf(schema: JsonObject): ReadonlySet<string> {
  const branches = branchesOf(schema);
  if (branches.length > 0) return new Set(branches.flatMap((branch) => [...typesOf(branch)]));
  const { type, enum: choices } = schema;
  // No word out of a closed list is its type.
  if (Array.isArray(choices)) return new Set(["choice"]);
  const names: readonly Json[] = isList(type) ? type : [type ?? "string"];
  return new Set(names.filter((name) => typeof name === "string"));
}

const values: readonly (readonly [string, Json])[] = [
  ["string", canary],
  ["number", 7.5],
  ["array", [canary]],
  ["object", { [canary]: canary }],
  ["boolean", true],
  ["null", null],
];
const wrongFor = (schema: JsonObject): readonly Json[] => {
  const types = typesOf(schema);
  return values.flatMap(([type, value]) => (types.has(type) ? [] : [value]));
};

type Place = { readonly path: readonly (string | number)[]; readonly schema: JsonObject };

/** Every object in the full sample, the reply itself first. */
function objectsOf(schema: JsonObject, path: Place["path"] = []): readonly Place[] {
  const branch = branchesOf(schema).find(({ type }) => type !== "null");
  if (branch !== undefined) return objectsOf(branch, path);
  const { type, items } = schema;
  if (type === "array") return isObject(items) ? objectsOf(items, [...path, 0]) : [];
  if (type !== "object" || schema["properties"] === undefined) return [];
  const inner = propertiesOf(schema).flatMap(([key, property]) => objectsOf(property, [...path, key]));
  return [{ path, schema }, ...inner];
}

/** The sample with the object at `path` changed. */
function changed(value: Json, path: Place["path"], change: (object: JsonObject) => JsonObject): Json {
  const [key, ...rest] = path;
  if (key === undefined) return isObject(value) ? change(value) : value;
  if (isList(value)) return value.map((one, at) => (at === key ? changed(one, rest, change) : one));
  if (!isObject(value)) return value;
  return { ...value, [key]: changed(value[key] ?? null, rest, change) };
}

/** @param wrongPerField how many wrong types each field is given; all: 5 or 4 of them */
export function brokenReplies(schema: JsonObject, wrongPerField: number): readonly BrokenReply[] {
  const sample = changed(sampleOf(schema, true), [], (reply) => ({ ...reply, answer: `${canary} says so.` }));
  return objectsOf(schema).flatMap(({ path, schema: object }) => {
    const required = new Set(Array.isArray(object["required"]) ? object["required"].map(String) : []);
    const fields = propertiesOf(object).flatMap(([field, property]): readonly BrokenReply[] => [
      ...wrongFor(property)
        .slice(0, wrongPerField)
        .map((value) => ({
          way: "wrong type" as const,
          field,
          value: changed(sample, path, (inner) => ({ ...inner, [field]: value })),
        })),
      ...(required.has(field)
        ? [
            {
              way: "missing field" as const,
              field,
              value: changed(sample, path, (inner) => without(inner, field)),
            },
          ]
        : []),
    ]);
    const field = `${canary}Field`;
    const unknown = {
      way: "unknown field",
      field,
      value: changed(sample, path, (inner) => ({ ...inner, [field]: canary })),
    } as const;
    return [...fields, unknown];
  });
}

const without = (object: JsonObject, field: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== field));
