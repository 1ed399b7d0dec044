// A stretch of the ERP's history, as row numbers of its append-only tables.
import { z } from "zod";
import { type Database, readRow } from "./database.ts";

/** Last row of each append-only table: everything after it is new. */
export const Mark = z.strictObject({
  change: z.number(),
  move: z.number(),
  reservation: z.number(),
  line: z.number(),
  party: z.number(),
  note: z.number(),
  allocation: z.number(),
  master: z.number(),
  lock: z.number(),
  /** Absent in marks from before there were any. */
  attachment: z.number().default(0),
  attachmentEnd: z.number().default(0),
});
export type Mark = z.infer<typeof Mark>;
export type Span = { readonly from: Mark; readonly to: Mark };

export function readMark(db: Database): Mark {
  const last = (table: string, name: string) => `coalesce((SELECT max(id) FROM ${table}), 0) AS ${name}`;
  const sql = `SELECT ${last("doc_change", "change")}, ${last("stock_move", "move")}, ${last("reservation", "reservation")},
    ${last("line", "line")}, ${last("party", "party")}, ${last("note", "note")}, ${last("allocation", "allocation")},
    ${last("master_change", "master")}, ${last("period_lock", "lock")},
    ${last("attachment", "attachment")}, ${last("attachment_end", "attachmentEnd")}`;
  const mark = readRow(db, sql, { schema: Mark });
  if (mark === null) throw new Error("SQLite returned no row for an aggregate.");
  return mark;
}
