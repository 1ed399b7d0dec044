// What a stretch of history did to master data: items, details of customers and suppliers, the closing of the books.
import { z } from "zod";
import type { DocumentChange } from "../../src/ports/erp.ts";
import { type Database, readRows } from "./database.ts";
import { centsText, quantityText } from "./format.ts";
import type { Span } from "./mark.ts";

const changeSchema = z.object({
  record: z.string(),
  what: z.string(),
  label: z.string(),
  was: z.string().nullable(),
  now: z.string(),
});
const lockSchema = z.object({ was: z.string().nullable(), now: z.string() });
const amounts = new Set(["price", "cost", "credit limit"]);
const quantities = new Set(["reorder level", "reorder quantity"]);

export function masterChanges(db: Database, span: Span): { changes: DocumentChange[]; ids: string[] } {
  const sql =
    "SELECT record, what, label, was, now FROM master_change WHERE id > :from AND id <= :to ORDER BY id";
  const values = { from: span.from.master, to: span.to.master };
  const rows = readRows(db, sql, { schema: changeSchema, values });
  const changes = rows.map(({ record, label, was, now }) => ({
    record,
    label,
    before: was === null ? null : textOf(label, was),
    after: textOf(label, now),
  }));
  return { changes: [...changes, ...locks(db, span)], ids: [...new Set(rows.map(({ record }) => record))] };
}

function textOf(label: string, value: string): string {
  if (amounts.has(label)) return centsText(Number(value));
  return quantities.has(label) && value !== "none" ? quantityText(Number(value)) : value;
}

function locks(db: Database, span: Span): DocumentChange[] {
  const sql = `SELECT (SELECT max(before) FROM period_lock p WHERE p.id < l.id) AS was, l.before AS now
    FROM period_lock l WHERE l.id > :from AND l.id <= :to ORDER BY l.id`;
  const rows = readRows(db, sql, {
    schema: lockSchema,
    values: { from: span.from.lock, to: span.to.lock },
  });
  return rows.map(({ was, now }) => ({ record: "books", label: "closed before", before: was, after: now }));
}
