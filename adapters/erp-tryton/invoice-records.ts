// Invoices and credit notes as Tryton keeps them, with lines of their own: what is posted is these, not those of the sale
// that they were drawn up from.
import { z } from "zod";
import { invoiceRef, readRows } from "./names.ts";
import { Party } from "./records.ts";
import type { Tryton } from "./rpc.ts";
import { Cents, Day, Price, Thousandths } from "./values.ts";

const prefixes = { out: "INV", in: "BILL" } as const;
export const Invoice = z
  .object({
    id: z.int(),
    type: z.enum(["out", "in"]),
    number: z.string().nullable(),
    state: z.string(),
    total_amount: Cents,
    tax_amount: Cents,
    amount_to_pay: Cents,
    lines: z.array(z.int()),
    taxes: z.array(z.int()),
    account: z.int(),
    move: z.int().nullable(),
    invoice_date: Day.nullable(),
    lines_to_pay: z.array(z.int()),
    "party.": Party,
    "payment_term.": z.object({ rec_name: z.string() }).nullish(),
    "currency.": z.object({ code: z.string() }),
    _timestamp: z.string(),
  })
  .transform((row) => ({
    id: row.id,
    ref: invoiceRef(row.number ?? `draft ${row.id}`, {
      day: row.invoice_date ?? "0000",
      prefix: row.type === "out" && row.total_amount < 0 ? "CN" : prefixes[row.type],
    }),
    state: row.state,
    totalCents: row.total_amount,
    taxCents: row.tax_amount,
    openCents: row.amount_to_pay,
    lines: row.lines,
    taxes: row.taxes,
    account: row.account,
    move: row.move,
    term: row["payment_term."]?.rec_name ?? "none",
    day: row.invoice_date ?? "",
    dueLines: row.lines_to_pay,
    party: row["party."],
    currency: row["currency."].code,
    token: row._timestamp,
  }));
export type Invoice = z.infer<typeof Invoice>;
export const invoiceFields = [
  "type",
  "number",
  "state",
  "total_amount",
  "tax_amount",
  "amount_to_pay",
  "lines",
  "taxes",
  "account",
  "move",
  "invoice_date",
  "lines_to_pay",
  "party.rec_name",
  "payment_term.rec_name",
  "currency.code",
  "_timestamp",
];

export const readInvoices = async (tryton: Tryton, ids: readonly number[]): Promise<readonly Invoice[]> =>
  ids.length === 0
    ? []
    : readRows(tryton, { model: "account.invoice", ids }, { schema: Invoice, fields: invoiceFields });

const InvoiceLine = z
  .object({
    type: z.string(),
    account: z.int().nullable(),
    quantity: Thousandths.nullable(),
    unit_price: Price.nullable(),
    amount: Cents.nullable(),
    description: z.string().nullable(),
    "product.": z.object({ rec_name: z.string() }).nullish(),
    "unit.": z.object({ rec_name: z.string() }).nullish(),
  })
  .transform((row) => ({
    type: row.type,
    account: row.account ?? 0,
    quantity: row.quantity ?? 0,
    priceText: row.unit_price?.text ?? "",
    netCents: row.amount ?? 0,
    title: row["product."]?.rec_name ?? row.description ?? "",
    unit: row["unit."]?.rec_name ?? "",
  }));
export type InvoiceLine = z.infer<typeof InvoiceLine>;

/** Titles and comments among them say nothing about money. */
export async function readInvoiceLines(tryton: Tryton, { lines }: Invoice): Promise<readonly InvoiceLine[]> {
  const rows = await readRows(
    tryton,
    { model: "account.invoice.line", ids: lines },
    {
      schema: InvoiceLine,
      fields: [
        "type",
        "account",
        "quantity",
        "unit_price",
        "amount",
        "description",
        "product.rec_name",
        "unit.rec_name",
      ],
    },
  );
  return rows.filter(({ type }) => type === "line");
}
