// What agents may look up about the companies that we sell to and buy from.
import { z } from "zod";
import { defineReader } from "../effects.ts";
import type { ReaderWorld } from "../effects.ts";
import { askInAll, everything, limit, Money, page, Text } from "./erp-page.ts";
import { PartyRow } from "./erp-rows.ts";
import { partiesInAll } from "./erp-totals.ts";

type Role = "customer" | "supplier";
const partiesPage = page(PartyRow, { openInAll: Money });

const read = async (world: ReaderWorld, text: string | undefined, role: Role | null) =>
  askInAll(world, {
    query: { kind: "parties", text: text ?? null, role, limit: everything },
    keep: null,
    sum: partiesInAll,
    shown: limit,
  });

export const findCustomers = defineReader({
  name: "findCustomers",
  description:
    "Looks up customers: code, name, city, mail address, payment terms, credit limit, what they owe.",
  examples: ["customer list", "Do we know Ironwood Logistics?", "What is the email of Lakeside?"],
  input: z.object({ text: Text("words of the name, the code or the city; absent: everybody") }),
  output: partiesPage,
  read: async ({ text }, world) => read(world, text, "customer"),
});

export const findSuppliers = defineReader({
  name: "findSuppliers",
  description: "Looks up suppliers: code, name, city, mail address, payment terms, what we owe them.",
  examples: ["List all suppliers", "Which suppliers do we have?", "Where is Kestrel Brush Works based?"],
  input: z.object({ text: Text("words of the name, the code or the city; absent: everybody") }),
  output: partiesPage,
  read: async ({ text }, world) => read(world, text, "supplier"),
});

/** For jobs that must know a name whichever side it is on. */
export const findParties = defineReader({
  name: "findParties",
  description: "Looks up customers and suppliers: code, name, city, terms, what they owe.",
  examples: ["customer list", "Which suppliers do we have?", "Do we know Ironwood Logistics?"],
  input: z.object({
    text: Text("words of the name, the code or the city; absent: everybody"),
    role: z.enum(["customer", "supplier"]).optional().describe("only customers, or only suppliers"),
  }),
  output: partiesPage,
  read: async ({ text, role }, world) => read(world, text, role ?? null),
});
