// A tool's JSON Schema, twice: exactly, to judge arguments by, and without the server's prose, for a model to read.
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import { z } from "zod";
import type { Json, JsonObject } from "../../src/ports.ts";
import { foreign } from "./words.ts";

export type ArgumentSchema = {
  /** Refuses whatever the server's own schema refuses; keeps every key as it came. */
  readonly input: z.ZodObject<z.ZodRawShape>;
  readonly forModel: JsonObject;
};

const deepest = 12;
const longestDescription = 200;
const longestProblem = 300;
const plainName = /^[A-Za-z_$][\w$.-]{0,63}$/u;
/** Prose and addresses: nothing that an argument is judged by. */
const prose: ReadonlySet<string> = new Set(["$schema", "$id", "$comment", "title", "examples", "default"]);

/** Throws with the end of a sentence ("its arguments …") when the schema can't be used. */
export function createArgumentSchema(schema: JsonObject): ArgumentSchema {
  const { $id: _id, ...rest } = schema;
  const judge = new AjvJsonSchemaValidator().getValidator(rest);
  const input: z.ZodObject<z.ZodRawShape> = z.looseObject({}).superRefine((value, context) => {
    const verdict = judge(value);
    if (!verdict.valid) {
      context.addIssue({ code: "custom", message: foreign(verdict.errorMessage, longestProblem) });
    }
  });
  return { input, forModel: withoutProse(schema, 0) };
}

function withoutProse(schema: JsonObject, depth: number): JsonObject {
  if (depth > deepest) throw new Error("its arguments are nested too deeply");
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !prose.has(keyword))
      .map(([keyword, value]) => [keyword, keywordValue(keyword, value, depth)]),
  );
}

function keywordValue(keyword: string, value: Json, depth: number): Json {
  if (keyword === "description") {
    return typeof value === "string" ? `(the server's words) ${foreign(value, longestDescription)}` : "";
  }
  // Values that are compared with, and names that are demanded, stay as they are.
  if (keyword === "enum" || keyword === "const" || keyword === "required") return value;
  if (keyword === "properties" || keyword === "$defs" || keyword === "definitions")
    return named(value, depth);
  return nested(value, depth);
}

/** Here the keys are names of the server's choice, which a model reads as well. */
function named(value: Json, depth: number): Json {
  if (!isObject(value)) return value;
  const odd = Object.keys(value).find((name) => !plainName.test(name));
  if (odd !== undefined) throw new Error(`its arguments have a name that is none (${foreign(odd, 40)})`);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, nested(inner, depth)]));
}

function nested(value: Json, depth: number): Json {
  if (isList(value)) return value.map((item) => nested(item, depth + 1));
  return isObject(value) ? withoutProse(value, depth + 1) : value;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
