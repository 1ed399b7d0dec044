// Lists of the fake ERPNext: filters and fields as Frappe's get_list takes them. An unknown field is an error, twenty rows
// are the default, and sums come with a group.
import { z } from "zod";
import { type Doc, type Fields, fail, num } from "./doc.ts";
import type { Store } from "./store.ts";

const FieldNames = z.array(z.string());
const Filters = z.array(z.tuple([z.string(), z.string(), z.unknown()]));
const aggregate = /^sum\((\w+)\) as (\w+)$/u;

export function listDocs(store: Store, doctype: string, query: URLSearchParams): readonly Fields[] {
  store.demand(doctype, "read");
  const fields = FieldNames.parse(JSON.parse(query.get("fields") ?? '["name"]'));
  const filters = Filters.parse(JSON.parse(query.get("filters") ?? "[]"));
  const sorted = orderOf(query.get("order_by") ?? "modified desc");
  const groupBy = query.get("group_by");
  const used = [
    ...fields.map((field) => aggregate.exec(field)?.[1] ?? field),
    ...filters.map(([field]) => field),
  ];
  for (const field of [...used, ...sorted.map(({ field }) => field)])
    if (!store.hasField(doctype, field)) fail(`Field not permitted in query: ${field}`, "DataError");
  const rows = store
    .all(doctype)
    .filter((doc) => filters.every((filter) => fits(doc, filter)))
    .toSorted((left, right) => compare(left, right, sorted));
  const shown = groupBy === null ? rows.map((row) => pick(row, fields)) : grouped(rows, fields, groupBy);
  const limit = Number(query.get("limit_page_length") ?? 20);
  return limit === 0 ? shown : shown.slice(0, limit);
}

const pick = (row: Fields, fields: readonly string[]): Fields =>
  Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));

function grouped(rows: readonly Doc[], fields: readonly string[], by: string): readonly Fields[] {
  const groups = Map.groupBy(rows, (row) => plain(row[by]));
  return [...groups.values()].map((group) =>
    Object.fromEntries(
      fields.map((field) => {
        const [, of, as] = aggregate.exec(field) ?? [];
        if (of === undefined || as === undefined) return [field, group[0]?.[field] ?? null];
        return [as, group.reduce((sum, row) => sum + num(row, of), 0)];
      }),
    ),
  );
}

const plain = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);

function fits(doc: Doc, [field, operator, wanted]: z.infer<typeof Filters>[number]): boolean {
  const value = doc[field] ?? null;
  const [left, right] = [plain(value), plain(wanted)];
  switch (operator) {
    case "=":
      return left.toLowerCase() === right.toLowerCase();
    case "!=":
      return left !== right;
    case "like":
      return like(left, right);
    case "in":
      return z.array(z.unknown()).parse(wanted).includes(value);
    case "<":
      return value !== null && value < z.union([z.string(), z.number()]).parse(wanted);
    case ">":
      return value !== null && value > z.union([z.string(), z.number()]).parse(wanted);
    default:
      return fail(`unknown operator ${operator}`);
  }
}

function like(text: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(`^${source}$`, "isu").test(text);
}

type Sort = { readonly field: string; readonly isDown: boolean };
const orderOf = (order: string): readonly Sort[] =>
  order.split(",").map((part) => {
    const [field = "", direction] = part.trim().split(/\s+/u);
    return { field, isDown: direction === "desc" };
  });

function compare(left: Doc, right: Doc, sorts: readonly Sort[]): number {
  for (const { field, isDown } of sorts) {
    const [a, b] = [plain(left[field]), plain(right[field])];
    if (a !== b) return (a < b ? -1 : 1) * (isDown ? -1 : 1);
  }
  return 0;
}
