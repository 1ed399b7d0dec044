// What agents may propose to an ERP. None of these runs anything: each turns its input into a command, the ERP
// computes what it would do, and a person decides. Names are resolved to records by the ERP, never by the model.
import { z } from "zod";
import { defineEffect } from "../effects.ts";
import type { JsonObject } from "../ports/erp.ts";
import {
  Amount,
  CustomerName,
  InvoiceNumber,
  ItemName,
  Location,
  OrderNumber,
  Quantity,
  hasDecimals,
  toCents,
  toThousandths,
} from "./erp-fields.ts";

/** Absent fields stay absent: the ERP fills in its own default and shows it on the card. */
function present(fields: Record<string, JsonObject[string] | undefined>): JsonObject {
  const args: Record<string, JsonObject[string]> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) args[name] = value;
  return args;
}

const oneOrder = z.object({ order: OrderNumber });

export const confirmOrder = defineEffect({
  name: "confirmOrder",
  description: "Confirms a draft sales order: its goods are reserved, so that free stock falls.",
  examples: ["Confirm order SO-1007", "please confirm SO-1010"],
  input: oneOrder,
  stakes: "medium",
  op: "order.confirm",
  toArgs: ({ order }) => ({ order: order.toUpperCase() }),
});

export const cancelOrder = defineEffect({
  name: "cancelOrder",
  description: "Cancels a draft or confirmed sales order; reserved stock is free again.",
  examples: ["Cancel order SO-1010", "drop SO-1012"],
  input: oneOrder,
  stakes: "medium",
  op: "order.cancel",
  toArgs: ({ order }) => ({ order: order.toUpperCase() }),
});

export const shipOrder = defineEffect({
  name: "shipOrder",
  description: "Ships a confirmed sales order: the goods leave the stock.",
  examples: ["Ship order SO-1009", "SO-1009 goes out today"],
  input: oneOrder,
  stakes: "medium",
  op: "order.ship",
  toArgs: ({ order }) => ({ order: order.toUpperCase() }),
});

const Line = z.object({ item: ItemName, quantity: Quantity });

export const createOrder = defineEffect({
  name: "createOrder",
  description: "Creates a draft sales order at list prices for a known customer. Nothing is reserved yet.",
  examples: [
    "Order 3 main brushes 36 in for Ironwood Logistics",
    "New order for Pinecrest Schools: 10 dust bag filters",
    "Sell 3 gutter brooms to Lakeside",
  ],
  input: z.object({
    customer: CustomerName,
    item: ItemName,
    quantity: Quantity,
    more: z.array(Line).max(49).optional().describe("further lines of the same order"),
    location: Location,
  }),
  stakes: "low",
  op: "order.create",
  toArgs: ({ customer, item, quantity, more, location }) => {
    const lines = [{ item, quantity }, ...(more ?? [])];
    const exact = lines.map((line) => ({
      item: line.item,
      quantityThousandths: toThousandths(line.quantity),
    }));
    return present({ customer, lines: exact, location });
  },
});

export const createCustomer = defineEffect({
  name: "createCustomer",
  description: "Creates a customer record: 30 days to pay and no credit limit unless said otherwise.",
  examples: ["Add Tidehouse as a customer", "Create the customer Nordlicht Signs in Kiel"],
  input: z.object({
    name: z.string().trim().min(1).max(200).describe("name of the new customer"),
    city: z.string().trim().min(1).max(200).optional().describe("city"),
    email: z.email().optional().describe("mail address"),
    termsDays: z.int().min(0).max(365).optional().describe("days to pay"),
    creditLimit: Amount.optional().describe("credit limit as an amount"),
  }),
  stakes: "low",
  op: "party.create",
  toArgs: ({ creditLimit, ...fields }) =>
    present({ ...fields, creditLimitCents: creditLimit === undefined ? undefined : toCents(creditLimit) }),
});

export const postInvoice = defineEffect({
  name: "postInvoice",
  description:
    "Invoices a shipped sales order and posts it: receivable, revenue and tax; due by the customer's terms.",
  examples: ["Post the invoice for SO-1008", "Invoice order SO-1008", "Bill SO-1008"],
  input: oneOrder,
  stakes: "medium",
  op: "invoice.post",
  toArgs: ({ order }) => ({ order: order.toUpperCase() }),
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
});

export const adjustStock = defineEffect({
  name: "adjustStock",
  description: "Corrects the stock of one item by a difference (a count, damage, a find), with a reason.",
  examples: [
    "Two hoses broke, take them off the stock",
    "Adjust inventory: minus 3 dust bag filters, damaged",
  ],
  input: z.object({
    item: ItemName,
    change: z
      .number()
      .min(-100_000)
      .max(100_000)
      .refine((value) => hasDecimals(3)(value), "at most three decimals")
      .describe("difference to the present stock, e.g. -2"),
    reason: z.string().trim().min(1).max(200).describe("why, e.g. damaged"),
    location: Location,
  }),
  stakes: "medium",
  op: "stock.adjust",
  toArgs: ({ item, change, reason, location }) =>
    present({ item, changeThousandths: toThousandths(change), reason, location }),
});

export const receiveStock = defineEffect({
  name: "receiveStock",
  description: "Books goods of one item into stock.",
  examples: ["40 spray nozzles arrived", "Receive 12 squeegee blades 34 in"],
  input: z.object({ item: ItemName, quantity: Quantity, location: Location }),
  stakes: "medium",
  op: "stock.receive",
  toArgs: ({ item, quantity, location }) =>
    present({ item, quantityThousandths: toThousandths(quantity), location }),
});

export const addNote = defineEffect({
  name: "addNote",
  description: "Puts a note on an order, an invoice, a customer or an item.",
  examples: ["Note on SO-1007: call before delivery"],
  input: z.object({
    record: z.string().trim().min(1).max(40).describe("number of the record, e.g. SO-1007"),
    text: z.string().trim().min(1).max(2000).describe("the note"),
  }),
  stakes: "low",
  op: "note.add",
  toArgs: ({ record, text }) => ({ record: record.toUpperCase(), text }),
});
