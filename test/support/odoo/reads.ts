// Reading from the fake Odoo: domains, links as [id, name], empty values as false, and figures that are computed.
import { z } from "zod";
import { OdooError, type Row, type Store, num, text } from "./store.ts";

const Condition = z.tuple([z.string(), z.string(), z.unknown()]);
const Args = z.object({
  domain: z.array(Condition).default([]),
  fields: z.array(z.string()).optional(),
  offset: z.int().default(0),
  limit: z.int().nullish(),
  order: z.string().nullish(),
});

export function searchRead(store: Store, model: string, raw: unknown): readonly unknown[] {
  store.demand(model, "read");
  const { domain, fields, offset, limit, order } = Args.parse(raw);
  const known = store.model(model).fields;
  const names = fields ?? [];
  for (const field of [...names, ...domain.map(([field]) => field)]) store.demandField(model, field, known);
  const found = store.all(model).filter((row) => domain.every((one) => fits(store, row, one)));
  const sorted =
    order === null || order === undefined ? found : found.toSorted(compareBy(store, model, order));
  const page = sorted.slice(offset, limit === null || limit === undefined ? undefined : offset + limit);
  return page.map((row) => readRow(store, model, { row, fields: names }));
}

export function readRow(
  store: Store,
  model: string,
  { row, fields }: { readonly row: Row; readonly fields: readonly string[] },
): Readonly<Record<string, unknown>> {
  const { links = {} } = store.model(model);
  const entries = fields.map((field): [string, unknown] => {
    const target = links[field];
    const value = field === "display_name" ? displayName(model, row) : valueOf(store, row, field);
    if (target === undefined || typeof value !== "number") return [field, value];
    return [field, [value, displayName(target, store.get(target, value))]];
  });
  return { id: row.id, ...Object.fromEntries(entries) };
}

/** What a link shows: a product's reference stands in brackets before its name. */
function displayName(model: string, row: Row): string {
  const code = model === "product.product" ? text(row, "default_code") : "";
  return code === "" ? text(row, "name") : `[${code}] ${text(row, "name")}`;
}

function valueOf(store: Store, row: Row, field: string): unknown {
  if (field === "free_qty") return freeOf(store, row.id);
  if (field === "location_id.usage")
    return text(store.get("stock.location", num(row, "location_id")), "usage");
  const value = row[field];
  return value === undefined || value === null || value === "" ? false : value;
}

export const freeOf = (store: Store, product: number): number =>
  store
    .all("stock.quant")
    .filter((quant) => quant["product_id"] === product)
    .reduce((sum, quant) => sum + num(quant, "quantity") - num(quant, "reserved_quantity"), 0);

const plain = (value: unknown): string =>
  typeof value === "string" ? value : value === false ? "" : JSON.stringify(value);

function fits(store: Store, row: Row, [field, operator, wanted]: z.infer<typeof Condition>): boolean {
  const value = valueOf(store, row, field);
  const [left, right] = [plain(value).toLowerCase(), plain(wanted).toLowerCase()];
  switch (operator) {
    case "=":
      return value === wanted;
    case "!=":
      return value !== wanted;
    case "in":
      return z.array(z.unknown()).parse(wanted).includes(value);
    case "ilike":
      return like(left, `%${right}%`);
    case "=ilike":
      return like(left, right);
    case "<":
      return order(value, wanted) < 0;
    case ">":
      return order(value, wanted) > 0;
    case "<=":
      return order(value, wanted) <= 0;
    case ">=":
      return order(value, wanted) >= 0;
    default:
      throw new OdooError("builtins.ValueError", 500, `Invalid operator ${operator}`);
  }
}
const order = (left: unknown, right: unknown): number =>
  typeof left === "number" && typeof right === "number"
    ? left - right
    : plain(left) < plain(right)
      ? -1
      : plain(left) > plain(right)
        ? 1
        : 0;

function like(value: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(`^${source}$`, "isu").test(value);
}

function compareBy(store: Store, model: string, sorting: string): (left: Row, right: Row) => number {
  const keys = sorting.split(",").map((part) => part.trim().split(/\s+/u));
  return (left, right) => {
    for (const [field = "id", direction] of keys) {
      store.demandField(model, field, store.model(model).fields);
      const difference = order(left[field], right[field]);
      if (difference !== 0) return direction === "desc" ? -difference : difference;
    }
    return 0;
  };
}
