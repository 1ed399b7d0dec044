// Money: invoicing what was shipped, and registering what was paid.
import { z } from "zod";
import { accounts, addDoc, addWithLines, lineTotal, moveDoc, postEntry } from "./bookkeeping.ts";
import { type Database, readRow, write } from "./database.ts";
import { dayAfter } from "./format.ts";
import { Cents, Day, type Done, Named, defineOperation } from "./operation.ts";
import { type Doc, docIn, findDoc, moneyText, readLines, readParty, tokenOf } from "./record.ts";
import { ErpRefusal } from "./refusal.ts";

const idSchema = z.object({ id: z.number() });

function deliveryOf(db: Database, order: Doc): number {
  const sql = `SELECT DISTINCT l.doc AS id FROM doc_line l JOIN doc d ON d.id=l.doc
    WHERE l.src_doc=:order AND d.kind='delivery' AND d.state='done'`;
  const delivery = readRow(db, sql, { schema: idSchema, values: { order: order.id } });
  if (delivery === null)
    throw new ErpRefusal("conflict", `Order ${order.ref} has no delivery to invoice. Ship it first.`);
  return delivery.id;
}

/** Invoices a shipped order and posts it: receivable against revenue and tax. The due day follows the customer's terms. */
export const postInvoice = defineOperation({
  input: z.strictObject({ order: Named, day: Day.optional() }),
  args: z.strictObject({ order: Named, day: Day }),
  resolve: (db, input, today) => ({ order: findDoc(db, "order", input.order).ref, day: input.day ?? today }),
  run: (db, args): Done => {
    const order = docIn(db, { kind: "order", ref: args.order }, { states: ["shipped"], verb: "invoiced" });
    const party = readParty(db, order.party);
    if (order.total === 0)
      throw new ErpRefusal("invalid", `Order ${order.ref} has no amount, so there is nothing to invoice.`);
    const source = deliveryOf(db, order);
    const due = dayAfter(args.day, party.termsDays);
    const doc = { kind: "invoice", party: party.id, day: args.day, due } as const;
    const lines = readLines(db, source).map((line) => ({ ...line, source }));
    const { id: invoice, total } = addWithLines(db, doc, lines);
    const bookings = [
      { account: accounts.receivable, debit: total },
      { account: accounts.revenue, credit: lineTotal(db, invoice, "net") },
      { account: accounts.tax, credit: lineTotal(db, invoice, "tax") },
    ];
    postEntry(db, { day: args.day, memo: `Invoice for ${order.ref}`, doc: invoice, bookings });
    moveDoc(db, invoice, "posted");
    moveDoc(db, order.id, "invoiced");
    const summary = `Post invoice for order ${order.ref} to ${party.name}: ${moneyText(db, total)}, due ${due}`;
    return { summary, guards: [], amountCents: total, isExternal: true, undo: null, tokens: tokenOf(order) };
  },
});

const openSchema = z.object({ amount: z.number() });

/** What is still to pay of an invoice or a bill, in cents. */
export function openAmount(db: Database, doc: Doc): number {
  const sql = "SELECT amount FROM doc_open WHERE doc=:doc";
  return readRow(db, sql, { schema: openSchema, values: { doc: doc.id } })?.amount ?? 0;
}

/** Money in for one invoice. Without an amount: everything that is open, fixed when it is proposed. */
export const registerPayment = defineOperation({
  input: z.strictObject({ invoice: Named, amountCents: Cents.optional(), day: Day.optional() }),
  args: z.strictObject({ invoice: Named, amountCents: Cents, day: Day }),
  resolve: (db, input, today) => {
    const invoice = findDoc(db, "invoice", input.invoice);
    const amountCents = input.amountCents ?? openAmount(db, invoice);
    if (amountCents === 0) throw new ErpRefusal("conflict", `Invoice ${invoice.ref} is paid already.`);
    return { invoice: invoice.ref, amountCents, day: input.day ?? today };
  },
  run: (db, args): Done => {
    const invoice = findDoc(db, "invoice", args.invoice);
    const party = readParty(db, invoice.party);
    const open = openAmount(db, invoice);
    const amount = args.amountCents;
    if (open === 0) throw new ErpRefusal("conflict", `Invoice ${invoice.ref} is paid already.`);
    if (amount > open) {
      const sentence = `Invoice ${invoice.ref} has ${moneyText(db, open)} open, ${moneyText(db, amount)} is more. Register at most the open amount.`;
      throw new ErpRefusal("conflict", sentence);
    }
    const payment = addDoc(db, { kind: "payment", party: party.id, day: args.day, total: amount });
    const bookings = [
      { account: accounts.cash, debit: amount },
      { account: accounts.receivable, credit: amount },
    ];
    postEntry(db, { day: args.day, memo: `Payment of ${invoice.ref}`, doc: payment, bookings });
    const sql = "INSERT INTO allocation(payment, invoice, amount) VALUES (:payment, :invoice, :amount)";
    write(db, sql, { payment, invoice: invoice.id, amount });
    moveDoc(db, payment, "posted");
    moveDoc(db, invoice.id, amount === open ? "paid" : "posted");
    const summary = `Register payment of ${moneyText(db, amount)} from ${party.name} for invoice ${invoice.ref}`;
    return {
      summary,
      guards: [],
      amountCents: amount,
      isExternal: false,
      undo: null,
      tokens: tokenOf(invoice),
    };
  },
});
