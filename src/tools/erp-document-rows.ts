// Rows of papers and of the journal, parsed at this door like all others: a head, its lines, a booked line.
import { z } from "zod";
import { about, papers } from "./erp-paper-words.ts";
import { fine, moneyOf } from "./erp-rows.ts";

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
    ...papers,
    ...fine,
  })
  .transform(
    ({ totalCents, currency, rev: _rev, kind: _kind, due, exact, reference, attachments, ...row }) => ({
      ...row,
      ...about({ reference, attachments }),
      ...(due === null ? {} : { due }),
      total: moneyOf({ exact, currency }, "total", totalCents),
      source: row.record,
    }),
  );

export const EntryRow = z
  .strictObject({
    record: z.string(),
    /** The booking that this line is of: a count, or a number as its ERP gives them. */
    entry: z.union([z.int(), z.string()]),
    day: z.string(),
    memo: z.string(),
    document: z.string().nullable(),
    account: z.string(),
    debitCents: cents,
    creditCents: cents,
    currency: z.string(),
    ...fine,
  })
  .transform(({ debitCents, creditCents, currency, document, entry: _entry, exact, ...row }) => ({
    ...row,
    // A line's name is its entry's number, and which line it is.
    number: row.record.replace(/#.*$/u, ""),
    ...(document === null ? {} : { document }),
    booked:
      debitCents > 0
        ? `${moneyOf({ exact, currency }, "debit", debitCents)} debit`
        : `${moneyOf({ exact, currency }, "credit", creditCents)} credit`,
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
