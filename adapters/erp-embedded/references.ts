// What the other side calls a paper (a supplier's number of its bill, a customer's number of its order): once for each party
// and kind, so that the same bill is not owed twice.
import { z } from "zod";
import { type Database, readRow } from "./database.ts";
import type { DocKind } from "./kinds.ts";
import type { Party } from "./record.ts";
import { ErpRefusal } from "./refusal.ts";

export const Reference = z.string().trim().min(1).max(100);

type Named = { readonly kind: DocKind; readonly party: Party; readonly reference: string | undefined };

/** Throws ErpRefusal where a paper of this party that still counts has that reference. */
export function assertNew(db: Database, { kind, party, reference }: Named): void {
  if (reference === undefined) return;
  const sql = `SELECT ref FROM doc WHERE kind=:kind AND party=:party AND external_ref=:reference COLLATE NOCASE
    AND state <> 'cancelled'`;
  const values = { kind, party: party.id, reference };
  const known = readRow(db, sql, { schema: z.object({ ref: z.string().nullable() }), values });
  if (known === null) return;
  const sentence = `The ${kind} ${reference} of ${party.name} is in the ERP already, as ${known.ref ?? "a draft"}. Check the number.`;
  throw new ErpRefusal("conflict", sentence);
}
