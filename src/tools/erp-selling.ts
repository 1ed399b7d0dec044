// What agents may look up about selling: quotes, sales orders with their lines, deliveries.
import { z } from "zod";
import { defineReader } from "../effects.ts";
import { OrderNumber, QuoteNumber } from "./erp-fields.ts";
import { ask, askInAll, everything, limit, Money, page, Text } from "./erp-page.ts";
import { askPaper, askPapers, paperPage, papersPage } from "./erp-papers.ts";
import { OrderLineRow, OrderRow } from "./erp-rows.ts";
import { isOpenOrder, ordersInAll } from "./erp-totals.ts";

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

const QuoteState = z.enum(["draft", "sent", "accepted", "declined", "cancelled"]);

export const findQuotes = defineReader({
  name: "findQuotes",
  description: "Lists quotes, newest first: number, state, customer, day, until when it is valid, total.",
  examples: ["Which quotes are open?", "Show the quotes of Pinecrest", "Which quotes were declined?"],
  input: z.object({
    text: Text("words of the customer, or a quote's number; absent: all"),
    state: QuoteState.optional().describe("only quotes in this state"),
    open: z
      .boolean()
      .optional()
      .describe(
        'true: only draft and sent ones ("not answered", "unanswered", "waiting", "pending", "undecided", "to send", "to be sent")',
      ),
  }),
  output: papersPage,
  read: async ({ text, state, open }, world) =>
    askPapers(world, { of: "quote", text, state, only: open === true ? ["draft", "sent"] : null }),
});

export const readQuote = defineReader({
  name: "readQuote",
  description: "Reads one quote: first row the quote itself, then its lines with the stock that is free.",
  examples: ["What's in quote QU-1002?", "Show me QU-1003", "until when is QU-1002 valid?"],
  input: z.object({ quote: QuoteNumber }),
  output: paperPage,
  read: async ({ quote }, world) => askPaper(world, "quote", quote),
});

export const findDeliveries = defineReader({
  name: "findDeliveries",
  description: "Lists deliveries to customers, newest first: number, customer, day, value.",
  examples: ["Which deliveries went out?", "What did we deliver to Summit?", "last deliveries"],
  input: z.object({ text: Text("words of the customer, or a delivery's number; absent: all") }),
  output: papersPage,
  read: async ({ text }, world) => askPapers(world, { of: "delivery", text, state: undefined, only: null }),
});
