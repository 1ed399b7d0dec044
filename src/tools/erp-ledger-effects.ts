// What agents may propose about the journal itself: an entry that no document makes, and the one reversal that corrects it.
// Amounts are said in pairs of accounts, so that no input is out of balance. Nothing runs here.
import { z } from "zod";
import { defineEffect } from "../effects.ts";
import { present } from "./erp-args.ts";
import { Amount, EntryNumber, toCents } from "./erp-fields.ts";
import { findEntries, readLedger } from "./erp-money.ts";

const Account = z.string().trim().min(1).max(100);
const pair = {
  debit: Account.describe("account that is debited, e.g. Stock differences"),
  credit: Account.describe("account that is credited, e.g. Cash"),
  amount: Amount.describe("amount, e.g. 120.00"),
};
const Pair = z.object(pair);

const linesOf = ({ debit, credit, amount }: z.infer<typeof Pair>) => [
  { account: debit, side: "debit", amountCents: toCents(amount) },
  { account: credit, side: "credit", amountCents: toCents(amount) },
];

export const postEntry = defineEffect({
  name: "postEntry",
  description:
    "Posts a journal entry that no document makes: one account is debited, another credited, with the reason.",
  examples: [
    "Post a journal entry: debit Equity, credit Cash, 120.00, because of the owner's draw",
    "Book 12.50 in the journal: debit Cost of goods, credit Cash",
  ],
  input: z.object({
    ...pair,
    reason: z.string().trim().min(1).max(200).describe("why, e.g. bank charge of March"),
    day: z.iso.date().optional().describe("day it is booked on; absent: today"),
    more: z.array(Pair).max(19).optional().describe("further pairs of the same entry"),
  }),
  stakes: "high",
  op: "entry.post",
  toArgs: ({ reason, day, more, ...first }) =>
    present({ reason, day, lines: [first, ...(more ?? [])].flatMap(linesOf) }),
  rereads: () => [{ reader: readLedger, input: {} }],
});

export const reverseEntry = defineEffect({
  name: "reverseEntry",
  description: "Takes back a whole journal entry by its exact reversal, once; the entry itself stays.",
  examples: ["Reverse journal entry JE-41", "Take back the entry JE-12"],
  input: z.object({
    entry: EntryNumber,
    day: z.iso.date().optional().describe("day the reversal is booked on; absent: today"),
  }),
  stakes: "high",
  op: "entry.reverse",
  toArgs: ({ entry, day }) => present({ entry: entry.toUpperCase(), day }),
  rereads: ({ entry }) => [{ reader: findEntries, input: { text: entry } }],
});
