// Fields of a tool's input that name a record of the ERP. Marked where the field is defined, so that every tool that takes
// it is known to be about a record, and code can ask where a model has that record from.
import { z } from "zod";

/** A record that an input names: by its number, or by the name that people call it. */
export type Target = { readonly value: string; readonly isName: boolean };

const marked = new WeakMap<object, { readonly isName: boolean }>();
function mark<T extends z.ZodType>(schema: T, isName: boolean): T {
  marked.set(schema, { isName });
  return schema;
}
/** The last word on a schema: whatever is derived from it, such as `.describe()`, is another one. */
export const recordNumber = <T extends z.ZodType>(schema: T): T => mark(schema, false);
export const recordName = <T extends z.ZodType>(schema: T): T => mark(schema, true);

const Fields = z.record(z.string(), z.unknown());

/** Every marked field in a value of this schema, through lists, parts and optional fields. */
export function targetsIn(schema: unknown, value: unknown): readonly Target[] {
  if (typeof schema !== "object" || schema === null || value === undefined || value === null) return [];
  const known = marked.get(schema);
  if (known !== undefined) return typeof value === "string" ? [{ value, ...known }] : [];
  if (schema instanceof z.ZodOptional) return targetsIn(schema.unwrap(), value);
  if (schema instanceof z.ZodArray)
    return Array.isArray(value) ? value.flatMap((one) => targetsIn(schema.element, one)) : [];
  if (!(schema instanceof z.ZodObject)) return [];
  const fields = Fields.safeParse(value);
  if (!fields.success) return [];
  return Object.entries(schema.shape).flatMap(([name, field]) => targetsIn(field, fields.data[name]));
}

/** A foreign schema marks nothing: there, a record is what stands under an id's name. */
export function foreignTargets(value: unknown): readonly Target[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    (Array.isArray(inner) ? inner : [inner]).flatMap((one: unknown) => {
      if (typeof one === "object") return foreignTargets(one);
      const isId = foreignId.test(key) && (typeof one === "string" || typeof one === "number");
      return isId ? [{ value: String(one), isName: false }] : [];
    }),
  );
}
const foreignId = /^(?:id|ids|uuid)$|_(?:id|ids|uuid)$|[a-z](?:Id|Ids|ID|Uuid)$/u;
