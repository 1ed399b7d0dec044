// What agents may look up about goods: stock by place, and items with their prices. Every answer comes live from the
// record in this very turn, with the records' own names and the instant it was read.
import { z } from "zod";
import { defineReader } from "../effects.ts";
import { ask, askInAll, everything, limit, page, Text } from "./erp-page.ts";
import { ItemRow, StockRow } from "./erp-rows.ts";
import { isLowRow, stockInAll } from "./erp-totals.ts";

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
