// What agents may propose about customers and suppliers, and notes on any record. Nothing runs here.
import { z } from "zod";
import { defineEffect } from "../effects.ts";
import { recordNumber } from "../record-fields.ts";
import { present } from "./erp-args.ts";
import { Amount, City, CustomerName, Email, SupplierName, TermsDays, toCents } from "./erp-fields.ts";
import { findCustomers, findSuppliers } from "./erp-parties.ts";

const centsOf = (amount: number | undefined) => (amount === undefined ? undefined : toCents(amount));
const details = { city: City.optional(), email: Email.optional(), termsDays: TermsDays.optional() };
const creditLimit = Amount.optional().describe("credit limit as an amount");

export const createCustomer = defineEffect({
  name: "createCustomer",
  description: "Creates a customer record: 30 days to pay and no credit limit unless said otherwise.",
  examples: ["Add Tidehouse as a customer", "Create the customer Nordlicht Signs in Kiel"],
  input: z.object({
    name: z.string().trim().min(1).max(200).describe("name of the new customer"),
    ...details,
    creditLimit,
  }),
  stakes: "low",
  op: "party.create",
  toArgs: ({ creditLimit: limit, ...fields }) => present({ ...fields, creditLimitCents: centsOf(limit) }),
  rereads: ({ name }) => [{ reader: findCustomers, input: { text: name } }],
});

export const changeCustomer = defineEffect({
  name: "changeCustomer",
  description: "Changes a customer's city, mail address, payment terms or credit limit.",
  examples: [
    "Set the credit limit of Northgate to 12000",
    "Change Lakeside's mail address to orders@lakeside.example",
    "Give Brightway 45 days to pay",
  ],
  input: z.object({ customer: CustomerName, ...details, creditLimit }),
  stakes: "medium",
  op: "party.change",
  toArgs: ({ customer, creditLimit: limit, ...fields }) =>
    present({ party: customer, ...fields, creditLimitCents: centsOf(limit) }),
  rereads: ({ customer }) => [{ reader: findCustomers, input: { text: customer } }],
});

export const createSupplier = defineEffect({
  name: "createSupplier",
  description: "Creates a supplier record: 30 days to pay them unless said otherwise.",
  examples: ["Add Gummi Wien as a supplier", "Create the supplier Bristlex in Linz"],
  input: z.object({
    name: z.string().trim().min(1).max(200).describe("name of the new supplier"),
    ...details,
  }),
  stakes: "low",
  op: "party.create",
  toArgs: (fields) => present({ ...fields, kind: "supplier" }),
  rereads: ({ name }) => [{ reader: findSuppliers, input: { text: name } }],
});

export const changeSupplier = defineEffect({
  name: "changeSupplier",
  description: "Changes a supplier's city, mail address or the days that we have to pay them.",
  examples: [
    "Change Kestrel's mail address to sales@kestrel.example",
    "Kestrel Brush Works moved to Albany",
    "Plainview Sign Supply gives us 60 days to pay",
  ],
  input: z.object({ supplier: SupplierName, ...details }),
  stakes: "medium",
  op: "party.change",
  toArgs: ({ supplier, ...fields }) => present({ party: supplier, ...fields }),
  rereads: ({ supplier }) => [{ reader: findSuppliers, input: { text: supplier } }],
});

export const addNote = defineEffect({
  name: "addNote",
  description: "Puts a note on an order, an invoice, a customer or an item.",
  examples: ["Note on SO-1007: call before delivery"],
  input: z.object({
    record: recordNumber(z.string().trim().min(1).max(40).describe("number of the record, e.g. SO-1007")),
    text: z.string().trim().min(1).max(2000).describe("the note"),
  }),
  stakes: "low",
  op: "note.add",
  toArgs: ({ record, text }) => ({ record: record.toUpperCase(), text }),
});
