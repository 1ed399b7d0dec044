// Posting the invoice that a sale has drawn up: from then on the customer owes, and Tryton never lets it be undone.
import { findInvoice, findSale } from "./names.ts";
import { defineOperation, newValue, refuse } from "./operation.ts";
import type { Desk, Standing } from "./operation.ts";
import { readInvoices, readSale } from "./records.ts";
import type { Invoice } from "./records.ts";
import { contentsOf, oneOrder, saleIn } from "./sales.ts";
import { centsText, toDate } from "./values.ts";

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

const value = newValue("new invoice");

export const postInvoice = defineOperation({
  ...oneOrder,
  plan: async (desk, args) => {
    const { sale, lines } = await saleIn(desk, args.order, { states: ["shipped"], verb: "invoiced" });
    const invoice = await draftOf(desk, sale.ref);
    const total = centsText(invoice.totalCents);
    return {
      summary: `Post invoice for order ${sale.ref} to ${sale.party.rec_name}: ${total} ${sale.currency}`,
      changes: [
        value("state", "posted"),
        value("open amount", total),
        value("day", args.day),
        ...contentsOf(sale, lines),
      ],
      deltas: [],
      guards: [],
      amountCents: invoice.totalCents,
      party: sale.party.rec_name,
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
    const isPosted = invoice.state === "posted" || invoice.state === "paid";
    return { verified: isPosted ? "applied" : "absent", ids: isPosted ? [invoice.ref] : [] };
  },
});
