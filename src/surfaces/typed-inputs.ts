// A pipeline's inputs as one line of words, `key="value"`: what a form sends is what a person could have typed, so there
// is one way in and one thing to keep. Values become what the schema asks for here, and only here.
import { z } from "zod";

export type Inputs = z.ZodObject<z.ZodRawShape>;

const pair = /(?:^|\s)([a-z][a-z0-9_-]*)=(?:"((?:[^"\\]|\\[^])*)"|(\S+))/giu;

/** Quotes and backslashes are marked with a backslash; everything else, line breaks too, stands as it is. */
export function toPairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}="${value.replaceAll(/["\\]/gu, String.raw`\$&`)}"`)
    .join(" ");
}

/** The pairs of a text whose keys the schema knows, typed as it asks. */
export function fromPairs(inputs: Inputs, text: string): Record<string, unknown> {
  const found = [...text.matchAll(pair)].map(([, key = "", quoted, bare]): readonly [string, string] => [
    key,
    quoted?.replaceAll(/\\(["\\])/gu, "$1") ?? bare ?? "",
  ]);
  return toTyped(inputs, Object.fromEntries(found.filter(([key]) => key in inputs.shape)));
}

/** "5" where a number is asked for, "yes" where a truth is; what fits neither stays a text, and the schema says so. */
export function toTyped(inputs: Inputs, values: Readonly<Record<string, string>>): Record<string, unknown> {
  const properties = propertiesOf(inputs);
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typed(properties[key]?.type, value)]),
  );
}

function typed(type: unknown, value: string): unknown {
  const word = value.trim().toLowerCase();
  if (type === "boolean")
    return word === "yes" || word === "true" || (word === "no" || word === "false" ? false : value);
  if (type !== "number" && type !== "integer") return value;
  return word !== "" && Number.isFinite(Number(word)) ? Number(word) : value;
}

const Property = z.looseObject({
  type: z.unknown(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  description: z.string().optional(),
  title: z.string().optional(),
  maxLength: z.number().optional(),
});
export type Property = z.infer<typeof Property>;
const ObjectSchema = z.looseObject({
  properties: z.record(z.string(), Property).default({}),
  required: z.array(z.string()).default([]),
});

/** What the schema says of each input, in its order. */
export function propertiesOf(inputs: Inputs): Readonly<Record<string, Property>> {
  return schemaOf(inputs).properties;
}

export function schemaOf(inputs: Inputs): z.infer<typeof ObjectSchema> {
  return ObjectSchema.parse(z.toJSONSchema(inputs, { io: "input", unrepresentable: "any" }));
}
