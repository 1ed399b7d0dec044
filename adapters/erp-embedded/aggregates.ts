// Movements of the figures that everybody shares: stock and account balances. Their absolute values are shown but
// not bound to an approval, because any unrelated booking moves them.
import { z } from "zod";
import type { AggregateDelta } from "../../src/ports/erp.ts";
import { type Database, readRows } from "./database.ts";
import { centsText, quantityText, signed } from "./format.ts";
import type { Span } from "./mark.ts";

const stockSchema = z.object({
  sku: z.string(),
  name: z.string(),
  loc: z.string(),
  place: z.string(),
  moved: z.number(),
  reserved: z.number(),
  onHand: z.number(),
  free: z.number(),
});

export function stockDeltas(db: Database, span: Span): AggregateDelta[] {
  const sql = `SELECT t.sku, i.name, t.loc, p.name AS place, t.moved, t.reserved, s.on_hand AS onHand, s.on_hand - s.reserved AS free
    FROM (SELECT sku, loc, sum(m) AS moved, sum(r) AS reserved FROM (
      SELECT sku, loc, qty AS m, 0 AS r FROM stock_move WHERE id > :fromMove AND id <= :toMove
      UNION ALL SELECT sku, loc, 0, qty FROM reservation WHERE id > :fromReservation AND id <= :toReservation) GROUP BY sku, loc) t
    JOIN item i ON i.sku=t.sku JOIN location p ON p.code=t.loc JOIN stock s ON s.sku=t.sku AND s.loc=t.loc ORDER BY t.sku, t.loc`;
  const values = {
    fromMove: span.from.move,
    toMove: span.to.move,
    fromReservation: span.from.reservation,
    toReservation: span.to.reservation,
  };
  const deltas: AggregateDelta[] = [];
  for (const row of readRows(db, sql, { schema: stockSchema, values })) {
    const free = row.moved - row.reserved;
    if (row.moved !== 0)
      deltas.push(stockDelta(row, { label: "on hand", delta: row.moved, now: row.onHand }));
    if (row.reserved !== 0 && free !== 0)
      deltas.push(stockDelta(row, { label: "free stock", delta: free, now: row.free }));
  }
  return deltas;
}

type Figure = { readonly label: string; readonly delta: number; readonly now: number };

const stockDelta = (row: z.infer<typeof stockSchema>, { label, delta, now }: Figure): AggregateDelta => ({
  record: `${row.sku}@${row.loc}`,
  label: `${row.name}, ${label} at ${row.place}`,
  delta: signed(quantityText(delta)),
  before: quantityText(now - delta),
  after: quantityText(now),
});

const ledgerSchema = z.object({ account: z.string(), name: z.string(), delta: z.number(), now: z.number() });

export function ledgerDeltas(db: Database, span: Span): AggregateDelta[] {
  const sql = `SELECT t.account, a.name, t.delta, coalesce(b.amount, 0) AS now FROM
    (SELECT account, sum(debit) - sum(credit) AS delta FROM line WHERE id > :from AND id <= :to GROUP BY account) t
    JOIN account a ON a.code=t.account LEFT JOIN balance b ON b.account=t.account WHERE t.delta <> 0 ORDER BY t.account`;
  const values = { from: span.from.line, to: span.to.line };
  return readRows(db, sql, { schema: ledgerSchema, values }).map(({ account, name, delta, now }) => ({
    record: account,
    label: `${name} (debit minus credit)`,
    delta: signed(centsText(delta)),
    before: centsText(now - delta),
    after: centsText(now),
  }));
}
