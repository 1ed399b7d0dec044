// What agents may look up in an ERP. Every answer comes live from the record in this very turn, with the records'
// own names and the instant it was read.
import { z } from "zod";
import { type ReaderWorld, defineReader } from "../effects.ts";
import { OrderNumber } from "./erp-fields.ts";
import { ask, askInAll, everything, page } from "./erp-page.ts";
import { InvoiceRow, ItemRow, LedgerRow, OrderLineRow, OrderRow, PartyRow, StockRow } from "./erp-rows.ts";
import {
  invoicesInAll,
  isLowRow,
  isOpenInvoice,
  isOpenOrder,
  ordersInAll,
  partiesInAll,
  stockInAll,
} from "./erp-totals.ts";

const limit = 30;
const Text = (what: string) => z.string().trim().min(1).max(300).optional().describe(what);

const dayOf = (world: ReaderWorld): string => new Date(world.now).toISOString().slice(0, 10);
const Money = z.string().nullable();

export const findStock = defineReader({
  name: "findStock",
  description:
    "Looks up stock per item and location: free, on hand, reserved, reorder level, and the sums over all that was found.",
  examples: [
    "How many brushes are in stock?",
    "Do we have 20 nozzles?",
    "What is left of the main brush 36 in?",
    "What is running low?",
    "What do we need to reorder?",
    "How many signs have we got?",
    "inventory of hoses",
    "What is in the warehouse?",
  ],
  input: z.object({
    text: Text("words of the item, its category or its location; absent: everything"),
    low: z
      .boolean()
      .optional()
      .describe(
        'true: only what has less free than its reorder level ("running low", "running out", "run out", "out of stock", "out of anything", "sold out", "below", "reorder", "reordered", "restock", "too little", "zero")',
      ),
  }),
  output: page(StockRow, {
    freeInAll: z.number().nullable(),
    onHandInAll: z.number().nullable(),
    unitInAll: z.string().nullable(),
  }),
  read: async ({ text, low }, world) =>
    askInAll(world, {
      query: { kind: "stock", text: text ?? null, limit: everything },
      keep: low === true ? isLowRow : null,
      sum: stockInAll,
      shown: 60,
    }),
});

export const findItems = defineReader({
  name: "findItems",
  description: "Looks up items: number, name, category, price, free stock over all locations.",
  examples: [
    "What does the gutter broom cost?",
    "Which products do we carry?",
    "Find the item number of the nozzle",
    "Price of the panel filter",
    "How much is a drive belt?",
  ],
  input: z.object({ text: Text("words of the item or its category; absent: everything") }),
  output: page(ItemRow, {}),
  read: async ({ text }, world) => ask(world, { kind: "items", text: text ?? null, limit }),
});

const Role = z.enum(["customer", "supplier"]);

export const findParties = defineReader({
  name: "findParties",
  description: "Looks up customers and suppliers: code, name, city, terms, what they owe.",
  examples: ["customer list", "Which suppliers do we have?", "Do we know Ironwood Logistics?"],
  input: z.object({
    text: Text("words of the name, the code or the city; absent: everybody"),
    role: Role.optional().describe("only customers, or only suppliers"),
  }),
  output: page(PartyRow, { openInAll: Money }),
  read: async ({ text, role }, world) =>
    askInAll(world, {
      query: { kind: "parties", text: text ?? null, role: role ?? null, limit: everything },
      keep: null,
      sum: partiesInAll,
      shown: limit,
    }),
});

const OrderState = z.enum(["draft", "confirmed", "shipped", "invoiced", "cancelled"]);

export const findOrders = defineReader({
  name: "findOrders",
  description: "Lists sales orders, newest first: number, state, customer, day, total.",
  examples: [
    "Show all draft orders",
    "List orders of Lakeside",
    "Which orders have not shipped yet?",
    "What did Lakeside buy?",
  ],
  input: z.object({
    text: Text("words of the customer, or an order number; absent: all"),
    state: OrderState.optional().describe("only orders in this state"),
    open: z
      .boolean()
      .optional()
      .describe(
        'true: only draft and confirmed ones ("not shipped", "not yet shipped", "to ship", "to be shipped", "unshipped", "pending", "waiting", "to confirm", "to be confirmed")',
      ),
  }),
  output: page(OrderRow, { totalInAll: Money }),
  read: async ({ text, state, open }, world) =>
    askInAll(world, {
      query: { kind: "orders", text: text ?? null, state: state ?? null, limit: everything },
      keep: open === true ? isOpenOrder : null,
      sum: ordersInAll,
      shown: limit,
    }),
});

export const readOrder = defineReader({
  name: "readOrder",
  description:
    "Reads one sales order: first row the order itself, then its lines with the stock that is free.",
  examples: ["What's in order SO-1007?", "Show me SO-1003", "status of SO-1002?"],
  input: z.object({ order: OrderNumber }),
  output: page(z.union([OrderRow, OrderLineRow]), {}),
  read: async ({ order }, world) => ask(world, { kind: "order", number: order.toUpperCase() }),
});

export const findInvoices = defineReader({
  name: "findInvoices",
  description: "Lists invoices by due day: number, customer, total, open amount, days overdue as of today.",
  examples: [
    "Which invoices are overdue?",
    "What does Brightway still owe?",
    "Show invoice INV-2026-0003",
    "Who owes us money?",
    "Is anything unpaid?",
  ],
  input: z.object({
    text: Text("words of the customer, or an invoice number; absent: all"),
    overdue: z.boolean().optional().describe('true: only invoices that are overdue today ("late")'),
    open: z
      .boolean()
      .optional()
      .describe(
        'true: only invoices with something left to pay ("unpaid", "not paid", "not yet paid", "hasn\'t paid", "outstanding", "owe", "owed", "receivable", "have to pay", "has to pay", "still to pay", "due")',
      ),
  }),
  output: page(InvoiceRow, { openInAll: Money, overdueInAll: Money, overdueCount: z.int() }),
  read: async ({ text, overdue, open }, world) =>
    askInAll(world, {
      query: {
        kind: "invoices",
        text: text ?? null,
        overdueOn: overdue === true ? dayOf(world) : null,
        limit: everything,
      },
      keep: open === true ? isOpenInvoice : null,
      sum: invoicesInAll,
      shown: limit,
    }),
});

export const readLedger = defineReader({
  name: "readLedger",
  description: "Reads the ledger's balances per account, debit minus credit.",
  examples: [
    "How much cash do we have?",
    "Show the ledger",
    "What is our inventory worth?",
    "What is our revenue?",
    "What did we earn?",
  ],
  input: z.object({}),
  output: page(LedgerRow, {}),
  read: async (_input, world) => ask(world, { kind: "ledger", limit: 60 }),
});
