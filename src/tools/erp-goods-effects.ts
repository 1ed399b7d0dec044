// What agents may propose about goods: stock that comes in or was counted, items and their prices. Nothing runs here.
import { z } from "zod";
import { defineEffect } from "../effects.ts";
import { present } from "./erp-args.ts";
import { Amount, ItemName, Location, Quantity, hasDecimals, toCents, toThousandths } from "./erp-fields.ts";
import { findItems, findStock } from "./erp-goods.ts";

const stockOf = ({ item }: { readonly item: string }) => [{ reader: findStock, input: { text: item } }];

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
  rereads: stockOf,
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
  rereads: stockOf,
});

export const setReorderLevel = defineEffect({
  name: "setReorderLevel",
  description:
    "Sets below which free stock of one item more should be bought at a location, and how much then; 0 ends it. Buys nothing.",
  examples: [
    "Set the reorder level of the drive belt to 12",
    "Change the minimum stock of wet floor stands to 30",
    "The reorder level of the exit sign in the van is 4",
  ],
  input: z.object({
    item: ItemName,
    level: z
      .number()
      .min(0)
      .max(100_000)
      .refine((value) => hasDecimals(3)(value), "at most three decimals")
      .describe("the new reorder level, e.g. 12"),
    buy: Quantity.optional().describe("how many to buy then, if said"),
    location: Location,
  }),
  stakes: "low",
  op: "item.reorder",
  toArgs: ({ item, level, buy, location }) =>
    present({
      item,
      levelThousandths: toThousandths(level),
      quantityThousandths: buy === undefined ? undefined : toThousandths(buy),
      location,
    }),
  rereads: stockOf,
});

export const changePrice = defineEffect({
  name: "changePrice",
  description: "Changes the list price of one item from now on; orders and quotes that exist keep theirs.",
  examples: [
    "Set the price of the drive belt to 29.90",
    "Change the price of the exit sign to 36.00",
    "The water pump costs 145.00 from now on",
  ],
  input: z.object({ item: ItemName, price: Amount.describe("the new price, e.g. 29.90") }),
  stakes: "medium",
  op: "item.price",
  toArgs: ({ item, price }) => ({ item, priceCents: toCents(price) }),
  rereads: ({ item }) => [{ reader: findItems, input: { text: item } }],
});

export const createItem = defineEffect({
  name: "createItem",
  description: "Creates an item with its number, name, list price and cost; nothing of it is in stock yet.",
  examples: [
    "Create the item HO-WIDE named “Vacuum hose 3 in”, price 72.00, cost 38.50",
    "Add a new item: BR-SOFT, soft side brush, price 61.00, cost 30.00",
  ],
  input: z.object({
    number: z
      .string()
      .regex(/^[A-Za-z]{2,6}-[A-Za-z0-9]{1,12}$/)
      .describe("number of the new item, e.g. HO-WIDE"),
    name: z.string().trim().min(1).max(200).describe("name of the new item"),
    price: Amount.describe("list price of one, e.g. 72.00"),
    cost: Amount.describe("what one costs us, e.g. 38.50"),
    category: z.string().trim().min(1).max(100).optional().describe("category, e.g. hoses"),
  }),
  stakes: "low",
  op: "item.create",
  toArgs: ({ number, name, price, cost, category }) =>
    present({
      sku: number.toUpperCase(),
      name,
      category,
      priceCents: toCents(price),
      costCents: toCents(cost),
    }),
  rereads: ({ number }) => [{ reader: findItems, input: { text: number } }],
});
