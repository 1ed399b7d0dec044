// What agents may propose about buying, from somebody's wish to the supplier's bill. Nothing runs here.
import { z } from "zod";
import { defineEffect } from "../effects.ts";
import { lineFields, linesOf, present } from "./erp-args.ts";
import { findPurchases, readPurchase, readRequest } from "./erp-buying.ts";
import { Amount, Location, PurchaseNumber, RequestNumber, SupplierName, toCents } from "./erp-fields.ts";
import { findItems } from "./erp-goods.ts";
import { findSuppliers } from "./erp-parties.ts";

type Bought = { readonly supplier: string; readonly item: string };
const supplierAndItem = ({ supplier, item }: Bought) => [
  { reader: findSuppliers, input: { text: supplier } },
  { reader: findItems, input: { text: item } },
];

export const createRequest = defineEffect({
  name: "createRequest",
  description:
    "Notes that something should be bought from a supplier, valued at cost; ordering it is a step of its own.",
  examples: [
    "Request 10 speed limit signs from Plainview Sign Supply",
    "We should buy 20 filters from Union Filter and Hose",
    "New purchase request: 12 side brushes 18 in from Kestrel",
  ],
  input: z.object({ supplier: SupplierName, ...lineFields, location: Location }),
  stakes: "low",
  op: "request.create",
  toArgs: ({ supplier, location, ...lines }) => present({ supplier, location, lines: linesOf(lines) }),
  rereads: supplierAndItem,
});

const oneRequest = {
  input: z.object({ request: RequestNumber }),
  toArgs: ({ request }: { request: string }) => ({ request: request.toUpperCase() }),
  rereads: ({ request }: { request: string }) => [{ reader: readRequest, input: { request } }],
};

export const orderRequest = defineEffect({
  ...oneRequest,
  name: "orderRequest",
  description: "Turns an open purchase request into a draft purchase order at its supplier.",
  examples: ["Order request PR-1004", "Turn PR-1004 into a purchase order"],
  stakes: "low",
  op: "request.order",
});

export const cancelRequest = defineEffect({
  ...oneRequest,
  name: "cancelRequest",
  description: "Cancels an open purchase request.",
  examples: ["Cancel request PR-1004", "drop PR-1004"],
  stakes: "low",
  op: "request.cancel",
});

export const createPurchase = defineEffect({
  name: "createPurchase",
  description:
    "Creates a draft purchase order at a supplier, at cost unless a price is given; the supplier is not told yet.",
  examples: [
    "Buy 20 dust bag filters from Union Filter and Hose",
    "Order 12 side brushes 18 in from Kestrel Brush Works",
    "New purchase order at Plainview: 30 exit signs",
  ],
  input: z.object({
    supplier: SupplierName,
    ...lineFields,
    price: Amount.optional().describe("what the supplier asks for one of the first item; absent: its cost"),
    location: Location,
  }),
  stakes: "low",
  op: "purchase.create",
  toArgs: ({ supplier, location, price, ...asked }) => {
    const [first, ...rest] = linesOf(asked);
    const lines = first === undefined ? [] : [present({ ...first, priceCents: centsOf(price) }), ...rest];
    return present({ supplier, location, lines });
  },
  rereads: supplierAndItem,
});
const centsOf = (price: number | undefined) => (price === undefined ? undefined : toCents(price));

const onePurchase = {
  input: z.object({ purchase: PurchaseNumber }),
  toArgs: ({ purchase }: { purchase: string }) => ({ purchase: purchase.toUpperCase() }),
  rereads: ({ purchase }: { purchase: string }) => [{ reader: readPurchase, input: { purchase } }],
};

export const sendPurchase = defineEffect({
  ...onePurchase,
  name: "sendPurchase",
  description: "Sends a draft purchase order to its supplier: from then on it binds us.",
  examples: ["Send purchase order PO-1004", "PO-1004 can go out to the supplier"],
  stakes: "medium",
  op: "purchase.send",
});

export const cancelPurchase = defineEffect({
  ...onePurchase,
  name: "cancelPurchase",
  description: "Cancels a purchase order whose goods have not come yet.",
  examples: ["Cancel purchase order PO-1003", "drop PO-1003"],
  stakes: "medium",
  op: "purchase.cancel",
});

export const receivePurchase = defineEffect({
  ...onePurchase,
  name: "receivePurchase",
  description: "Books the goods of a sent purchase order into stock, all that was ordered.",
  examples: ["Receive PO-1003", "The goods of PO-1003 arrived", "PO-1003 has come"],
  stakes: "medium",
  op: "purchase.receive",
});

export const postBill = defineEffect({
  name: "postBill",
  description: "Posts the supplier's bill for a purchase order that was received: from then on we owe it.",
  examples: ["Post the bill for PO-1003", "The bill for PO-1003 is here", "Enter Kestrel's bill for PO-1003"],
  input: z.object({
    purchase: PurchaseNumber,
    label: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .describe("how the bill calls itself, if said, e.g. RE-4711"),
  }),
  stakes: "medium",
  op: "bill.post",
  toArgs: ({ purchase, label }) => present({ purchase: purchase.toUpperCase(), reference: label }),
  rereads: ({ purchase }) => [{ reader: findPurchases, input: { text: purchase } }],
});
