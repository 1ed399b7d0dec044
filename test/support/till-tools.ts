// What the till of the fuzzers can be asked: one look, and one payment with every kind of field.
import { z } from "zod";
import { defineEffect, defineReader } from "../../src/effects.ts";

export const lookAtTill = defineReader({
  name: "lookAtTill",
  description: "Says who was paid what.",
  examples: ["who was paid?"],
  input: z.object({}),
  output: z.object({ paid: z.array(z.string()) }),
  read: async () => ({ paid: [] }),
});

export const pay = defineEffect({
  name: "pay",
  description: "Pays somebody out of the till.",
  examples: ["pay Alder 12"],
  input: z.object({
    to: z.string().min(1).describe("Who is paid"),
    cents: z.number().int().positive().describe("How much, in cents"),
    note: z.string().optional().describe("What it is for"),
  }),
  stakes: "medium",
  op: "order.confirm",
  toArgs: ({ to, cents, note }) => ({ to, cents, note: note ?? "" }),
});
