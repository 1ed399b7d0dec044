// Rows of papers and of the journal, parsed at this door like all others: a head, its lines, a booked line.
import { z } from "zod";
import { amount } from "./erp-rows.ts";

const cents = z.int();

/** The head of a quote, a delivery, a credit note, a payment, a request, a purchase order, a receipt or a payout. */
export const DocumentRow = z
  .strictObject({
    record: z.string(),
    kind: z.string(),
    state: z.string(),
    party: z.string(),
    day: z.string(),
    due: z.string().nullable(),
    totalCents: cents,
    currency: z.string(),
    rev: z.int(),
  })
  .transform(({ totalCents, currency, rev: _rev, kind: _kind, due, ...row }) => ({
    ...row,
    ...(due === null ? {} : { due }),
    total: amount(totalCents, currency),
    source: row.record,
  }));

export const EntryRow = z
  .strictObject({
    record: z.string(),
    entry: z.int(),
    day: z.string(),
    memo: z.string(),
    document: z.string().nullable(),
    account: z.string(),
    debitCents: cents,
    creditCents: cents,
    currency: z.string(),
  })
  .transform(({ debitCents, creditCents, currency, document, entry: _entry, ...row }) => ({
    ...row,
    ...(document === null ? {} : { document }),
    booked:
      debitCents > 0 ? `${amount(debitCents, currency)} debit` : `${amount(creditCents, currency)} credit`,
    source: row.record,
  }));

/** What an item cost at a supplier, as a purchase order's line says it. */
export const OfferRow = z.strictObject({
  record: z.string(),
  party: z.string(),
  day: z.string(),
  item: z.string(),
  sku: z.string(),
  quantity: z.number(),
  unit: z.string(),
  price: z.string(),
  source: z.string(),
});
