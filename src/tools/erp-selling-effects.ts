// What agents may propose about selling. None of these runs anything: each turns its input into a command, the ERP
// computes what it would do, and a person decides. Names are resolved to records by the ERP, never by the model.
import { z } from "zod";
import { defineEffect } from "../effects.ts";
import { lineFields, linesOf, present } from "./erp-args.ts";
import { CustomerName, Location, OrderNumber, QuoteNumber } from "./erp-fields.ts";
import { findItems } from "./erp-goods.ts";
import { findCustomers } from "./erp-parties.ts";
import { readOrder, readQuote } from "./erp-selling.ts";

const oneOrder = {
  input: z.object({ order: OrderNumber }),
  toArgs: ({ order }: { order: string }) => ({ order: order.toUpperCase() }),
  rereads: ({ order }: { order: string }) => [{ reader: readOrder, input: { order } }],
};

export const confirmOrder = defineEffect({
  ...oneOrder,
  name: "confirmOrder",
  description: "Confirms a draft sales order: its goods are reserved, so that free stock falls.",
  examples: ["Confirm order SO-1007", "please confirm SO-1010"],
  stakes: "medium",
  op: "order.confirm",
});

export const cancelOrder = defineEffect({
  ...oneOrder,
  name: "cancelOrder",
  description: "Cancels a draft or confirmed sales order; reserved stock is free again.",
  examples: ["Cancel order SO-1010", "drop SO-1012"],
  stakes: "medium",
  op: "order.cancel",
});

export const shipOrder = defineEffect({
  ...oneOrder,
  name: "shipOrder",
  description: "Ships a confirmed sales order: the goods leave the stock.",
  examples: ["Ship order SO-1009", "SO-1009 goes out today"],
  stakes: "medium",
  op: "order.ship",
});

type Sold = { readonly customer: string; readonly item: string };
const customerAndItem = ({ customer, item }: Sold) => [
  { reader: findCustomers, input: { text: customer } },
  { reader: findItems, input: { text: item } },
];

export const createOrder = defineEffect({
  name: "createOrder",
  description: "Creates a draft sales order at list prices for a known customer. Nothing is reserved yet.",
  examples: [
    "Order 3 main brushes 36 in for Ironwood Logistics",
    "New order for Pinecrest Schools: 10 dust bag filters",
    "Sell 3 gutter brooms to Lakeside",
  ],
  input: z.object({ customer: CustomerName, ...lineFields, location: Location }),
  stakes: "low",
  op: "order.create",
  toArgs: ({ customer, location, ...lines }) => present({ customer, lines: linesOf(lines), location }),
  rereads: customerAndItem,
});

export const createQuote = defineEffect({
  name: "createQuote",
  description: "Creates a draft quote at list prices for a known customer; nobody outside sees it yet.",
  examples: [
    "Quote 5 drive belts for Oakfield Warehousing",
    "Create a quote for Lakeside: 3 gutter brooms",
    "Make Northgate an offer for 12 exit signs",
  ],
  input: z.object({
    customer: CustomerName,
    ...lineFields,
    validUntil: z.iso.date().optional().describe("last day of its validity; absent: thirty days from now"),
  }),
  stakes: "low",
  op: "quote.create",
  toArgs: ({ customer, validUntil, ...lines }) => present({ customer, validUntil, lines: linesOf(lines) }),
  rereads: customerAndItem,
});

const oneQuote = {
  input: z.object({ quote: QuoteNumber }),
  toArgs: ({ quote }: { quote: string }) => ({ quote: quote.toUpperCase() }),
  rereads: ({ quote }: { quote: string }) => [{ reader: readQuote, input: { quote } }],
};

export const sendQuote = defineEffect({
  ...oneQuote,
  name: "sendQuote",
  description: "Sends a draft quote to its customer: from then on it binds us until its last day.",
  examples: ["Send quote QU-1003", "QU-1003 can go out to the customer"],
  stakes: "medium",
  op: "quote.send",
});

export const acceptQuote = defineEffect({
  ...oneQuote,
  name: "acceptQuote",
  description:
    "Records that the customer accepted a sent quote: it becomes a draft order at the quoted prices.",
  examples: ["Accept quote QU-1002", "Pinecrest took QU-1002", "Turn QU-1002 into an order"],
  stakes: "medium",
  op: "quote.accept",
});

export const declineQuote = defineEffect({
  ...oneQuote,
  name: "declineQuote",
  description: "Records that the customer declined a sent quote.",
  examples: ["Decline quote QU-1002", "Pinecrest turned down QU-1002", "Mark QU-1002 as declined"],
  stakes: "low",
  op: "quote.decline",
});

export const cancelQuote = defineEffect({
  ...oneQuote,
  name: "cancelQuote",
  description: "Cancels a quote that is still a draft.",
  examples: ["Cancel quote QU-1003", "drop QU-1003"],
  stakes: "low",
  op: "quote.cancel",
});
