// Posting the invoice that a sale has drawn up: from then on the customer owes, and Tryton never lets it be undone.
import { toStanding } from "../../src/remote-erp/contents.ts";
import type { Content } from "../../src/remote-erp/contents.ts";
import { moneyText } from "../../src/remote-erp/figures.ts";
import { booksOf, invoiceBookings, readBookings } from "./bookings.ts";
import { invoiceContents } from "./contents.ts";
import { readInvoiceLines, readInvoices } from "./invoice-records.ts";
import type { Invoice } from "./invoice-records.ts";
import { findInvoice, findSale } from "./names.ts";
import { absent, defineOperation, newValue, newValues, refuse } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";
import { readSale } from "./records.ts";
import { oneOrder, saleIn } from "./sales.ts";
import { toDate } from "./values.ts";

const model = "account.invoice";
export const invoiceAt = (id: number) => ({ model, id });
export const invoiceToken = (invoice: Invoice): Readonly<Record<string, string>> => ({
  [`${model},${invoice.id}`]: invoice.token,
});

export async function openInvoice(desk: Desk, ref: string): Promise<Invoice> {
  const [invoice] = await readInvoices(desk.tryton, [await findInvoice(desk.tryton, ref)]);
  if (invoice === undefined) throw refuse(`There is no invoice ${ref}. Check the number.`);
  return invoice;
}

export async function invoiceById({ tryton }: Desk, id: number): Promise<Invoice> {
  const [invoice] = await readInvoices(tryton, [id]);
  if (invoice === undefined) throw new Error(`Tryton returned nothing for invoice ${id}.`);
  return invoice;
}

/** The one draft of an invoice that the sale has; the sentence that says why there is no such one. */
async function draftOf(desk: Desk, ref: string): Promise<Invoice> {
  const sale = await readSale(desk.tryton, await findSale(desk.tryton, ref));
  const invoices = await readInvoices(desk.tryton, sale.invoices);
  const [draft, ...more] = invoices.filter(({ state }) => state === "draft" || state === "validated");
  if (draft === undefined) throw refuse(`Order ${sale.ref} has no invoice left to post in Tryton.`);
  if (more.length > 0)
    throw refuse(`Order ${sale.ref} has ${more.length + 1} drafts of an invoice. Post them in Tryton.`);
  return draft;
}

const record = "new invoice";
const value = newValue(record);

export const postInvoice = defineOperation({
  ...oneOrder,
  plan: async (desk, args) => {
    const { sale } = await saleIn(desk, args.order, { states: ["shipped"], verb: "invoiced" });
    const invoice = await draftOf(desk, sale.ref);
    const lines = await readInvoiceLines(desk.tryton, invoice);
    const total = moneyText(invoice.totalCents, invoice.currency);
    const books = await booksOf(desk.tryton, invoice, await invoiceBookings(desk.tryton, { invoice, lines }));
    return {
      summary: `Post invoice for order ${sale.ref} to ${invoice.party.rec_name}: ${total}`,
      changes: [
        value("state", "posted"),
        value("day", args.day),
        value("books", books.text),
        // What it says itself, which may have been changed since the sale drew it up.
        ...newValues(record, invoiceContents(invoice, lines)),
      ],
      deltas: books.deltas,
      guards: [],
      amountCents: invoice.totalCents,
      party: invoice.party.rec_name,
      currency: invoice.currency,
      isExternal: true,
      undo: "Post a credit note for it.",
      tokens: invoiceToken(invoice),
    };
  },
  anchor: async (desk, args) => invoiceAt((await draftOf(desk, args.order)).id),
  run: async (desk, args, { tokens, signal }) => {
    const { id } = await draftOf(desk, args.order);
    const context = { _timestamp: tokens };
    const dated = { invoice_date: toDate(args.day) };
    await desk.tryton.call(`model.${model}.write`, [[id], dated], { context, signal });
    await desk.tryton.call(`model.${model}.post`, [[id]], { signal });
  },
  look: async (desk, { anchor }): Promise<Standing> => {
    const invoice = await invoiceById(desk, anchor.id);
    if (!isPosted(invoice)) return absent;
    const values = toStanding(record, await postedContents(desk, invoice));
    return { verified: "applied", ids: [invoice.ref], values };
  },
});

export const isPosted = ({ state }: Invoice): boolean => state === "posted" || state === "paid";

/** All that an invoice or a note says once it is posted: that it was paid since is another matter. */
export async function postedContents({ tryton }: Desk, invoice: Invoice): Promise<readonly Content[]> {
  const booked = await readBookings(tryton, [["move", "=", invoice.move]]);
  return [
    { label: "state", text: "posted" },
    { label: "day", text: invoice.day },
    { label: "books", text: (await booksOf(tryton, invoice, booked?.bookings ?? [])).text },
    ...invoiceContents(invoice, await readInvoiceLines(tryton, invoice)),
  ];
}
