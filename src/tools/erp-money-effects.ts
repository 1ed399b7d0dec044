// What agents may propose about money: invoices, credit notes, payments both ways, and closing the books. Nothing runs
// here; what moves money out or can't be taken back declares high stakes.
import { z } from "zod";
import { defineEffect } from "../effects.ts";
import { present } from "./erp-args.ts";
import { Amount, BillNumber, InvoiceNumber, ItemName, OrderNumber, Quantity } from "./erp-fields.ts";
import { toCents, toThousandths } from "./erp-fields.ts";
import { findBills, findInvoices, readLedger } from "./erp-money.ts";
import { readOrder } from "./erp-selling.ts";

export const postInvoice = defineEffect({
  name: "postInvoice",
  description:
    "Invoices a shipped sales order and posts it: receivable, revenue and tax; due by the customer's terms.",
  examples: ["Post the invoice for SO-1008", "Invoice order SO-1008", "Bill SO-1008"],
  input: z.object({ order: OrderNumber }),
  stakes: "medium",
  op: "invoice.post",
  toArgs: ({ order }) => ({ order: order.toUpperCase() }),
  rereads: ({ order }) => [{ reader: readOrder, input: { order } }],
});

export const postCredit = defineEffect({
  name: "postCredit",
  description:
    "Posts a credit note for an invoice, whole or for one item of it; with returned goods, they are back in stock.",
  examples: [
    "Credit invoice INV-2026-0004",
    "Credit note for INV-2026-0002, the goods came back",
    "Refund 2 exit signs of INV-2026-0004",
  ],
  input: z.object({
    invoice: InvoiceNumber,
    item: ItemName.optional().describe("the one item that is credited; absent: the whole invoice"),
    quantity: Quantity.optional().describe("how many of that item"),
    goodsReturned: z
      .boolean()
      .optional()
      .describe(
        'true: the goods are back in stock ("returned", "came back", "are back", "sent back", "brought back")',
      ),
  }),
  stakes: "high",
  op: "credit.post",
  toArgs: ({ invoice, item, quantity, goodsReturned }) =>
    present({
      invoice: invoice.toUpperCase(),
      goodsReturned,
      lines:
        item === undefined || quantity === undefined
          ? undefined
          : [{ item, quantityThousandths: toThousandths(quantity) }],
    }),
  rereads: ({ invoice }) => [{ reader: findInvoices, input: { text: invoice } }],
});

export const registerPayment = defineEffect({
  name: "registerPayment",
  description: "Registers money that came in for one invoice; without an amount, everything that is open.",
  examples: ["Brightway paid INV-2026-0004", "Register 200.00 on invoice INV-2026-0002"],
  input: z.object({
    invoice: InvoiceNumber,
    amount: Amount.optional().describe("amount paid; absent: all that is open"),
  }),
  stakes: "medium",
  op: "payment.register",
  toArgs: ({ invoice, amount }) =>
    present({
      invoice: invoice.toUpperCase(),
      amountCents: amount === undefined ? undefined : toCents(amount),
    }),
  rereads: ({ invoice }) => [{ reader: findInvoices, input: { text: invoice } }],
});

export const payBill = defineEffect({
  name: "payBill",
  description: "Pays a supplier's bill: money out; without an amount, everything that is open.",
  examples: ["Pay BILL-2026-0002", "Pay 100.00 of bill BILL-2026-0002", "Settle the bill BILL-2026-0002"],
  input: z.object({
    bill: BillNumber,
    amount: Amount.optional().describe("amount to pay; absent: all that is open"),
  }),
  stakes: "high",
  op: "bill.pay",
  toArgs: ({ bill, amount }) =>
    present({ bill: bill.toUpperCase(), amountCents: amount === undefined ? undefined : toCents(amount) }),
  rereads: ({ bill }) => [{ reader: findBills, input: { text: bill } }],
});

export const lockPeriod = defineEffect({
  name: "lockPeriod",
  description: "Closes the books before a day, for ever: nothing is booked on an earlier day any more.",
  examples: ["Close the books before 2026-03-01", "Lock the books before 2026-03-01"],
  input: z.object({ before: z.iso.date().describe("first day that stays open, e.g. 2026-03-01") }),
  stakes: "high",
  op: "period.lock",
  toArgs: ({ before }) => ({ before }),
  rereads: () => [{ reader: readLedger, input: {} }],
});
