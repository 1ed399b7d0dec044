// Journal entries that a stretch of history posted by hand, in words. Those of documents and of stock are told by these.
import { z } from "zod";
import type { DocumentChange } from "../../src/ports/erp.ts";
import { type Database, readRows } from "./database.ts";
import { centsText } from "./format.ts";
import type { Span } from "./mark.ts";

const entrySchema = z.object({
  id: z.number(),
  day: z.string(),
  memo: z.string(),
  reverses: z.number().nullable(),
});
const lineSchema = z.object({ account: z.string(), name: z.string(), debit: z.number(), credit: z.number() });

export function newEntries(db: Database, span: Span): { changes: DocumentChange[]; ids: string[] } {
  const rows = entriesIn(db, span);
  return { changes: rows.flatMap((row) => changesOf(db, row)), ids: rows.map(({ id }) => `JE-${id}`) };
}

/** Posted by hand between these rows, oldest first. */
export function entriesIn(db: Database, span: Span): z.infer<typeof entrySchema>[] {
  const sql = `SELECT e.id, e.day, e.memo, e.reverses FROM entry e WHERE e.doc IS NULL
      AND e.id IN (SELECT entry FROM line WHERE id > :from AND id <= :to)
      AND NOT EXISTS(SELECT 1 FROM stock_move WHERE entry=e.id) ORDER BY e.id`;
  return readRows(db, sql, { schema: entrySchema, values: { from: span.from.line, to: span.to.line } });
}

function changesOf(db: Database, entry: z.infer<typeof entrySchema>): DocumentChange[] {
  const change = (label: string, after: string): DocumentChange => ({
    record: "new journal entry",
    label,
    before: null,
    after,
  });
  const sql = `SELECT l.account, a.name, l.debit, l.credit FROM line l JOIN account a ON a.code=l.account
    WHERE l.entry=:entry ORDER BY l.id`;
  const lines = readRows(db, sql, { schema: lineSchema, values: { entry: entry.id } });
  return [
    ...lines.map(({ account, name, debit, credit }) =>
      debit > 0
        ? change(`debit ${account} ${name}`, centsText(debit))
        : change(`credit ${account} ${name}`, centsText(credit)),
    ),
    change("for", entry.memo),
    change("day", entry.day),
    ...(entry.reverses === null ? [] : [change("reverses", `JE-${entry.reverses}`)]),
  ];
}
