// What agents may look up about money: invoices, bills, payments both ways, credit notes, and the books.
import { z } from "zod";
import { defineReader } from "../effects.ts";
import type { ReaderWorld } from "../effects.ts";
import { EntryRow } from "./erp-document-rows.ts";
import { ask, askInAll, everything, limit, Money, page, Text } from "./erp-page.ts";
import { askPapers, papersPage } from "./erp-papers.ts";
import { InvoiceRow, LedgerRow } from "./erp-rows.ts";
import { invoicesInAll, isOpenInvoice } from "./erp-totals.ts";

const dayOf = (world: ReaderWorld): string => new Date(world.now).toISOString().slice(0, 10);
const owedPage = page(InvoiceRow, { openInAll: Money, overdueInAll: Money, overdueCount: z.int() });
type Owed = {
  readonly kind: "invoices" | "bills";
  readonly text: string | undefined;
  readonly isOverdue: boolean;
  readonly isOpen: boolean;
};

const askOwed = async (world: ReaderWorld, { kind, text, isOverdue, isOpen }: Owed) =>
  askInAll(world, {
    query: { kind, text: text ?? null, overdueOn: isOverdue ? dayOf(world) : null, limit: everything },
    keep: isOpen ? isOpenInvoice : null,
    sum: invoicesInAll,
    shown: limit,
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
  output: owedPage,
  read: async ({ text, overdue, open }, world) =>
    askOwed(world, { kind: "invoices", text, isOverdue: overdue === true, isOpen: open === true }),
});

export const findBills = defineReader({
  name: "findBills",
  description:
    "Lists suppliers' bills by due day: number, supplier, total, what we still have to pay, days overdue as of today.",
  examples: [
    "Which bills do we have to pay?",
    "What do we owe Plainview?",
    "What do we owe our suppliers?",
    "Show bill BILL-2026-0002",
    "Which bills are overdue?",
  ],
  input: z.object({
    text: Text("words of the supplier, or a bill's number; absent: all"),
    overdue: z.boolean().optional().describe('true: only bills that are overdue today ("late")'),
    open: z
      .boolean()
      .optional()
      .describe(
        'true: only bills with something left to pay ("unpaid", "not paid", "not yet paid", "outstanding", "owe", "owed", "payable", "have to pay", "still to pay", "to pay", "due")',
      ),
  }),
  output: owedPage,
  read: async ({ text, overdue, open }, world) =>
    askOwed(world, { kind: "bills", text, isOverdue: overdue === true, isOpen: open === true }),
});

export const findPayments = defineReader({
  name: "findPayments",
  description: "Lists payments that came in from customers, newest first: number, customer, day, amount.",
  examples: [
    "Which payments came in?",
    "Has the payment of Ironwood arrived?",
    "last payments of Lakeside",
    "What did customers pay us?",
  ],
  input: z.object({ text: Text("words of the customer, or a payment's number; absent: all") }),
  output: papersPage,
  read: async ({ text }, world) => askPapers(world, { of: "payment", text, state: undefined, only: null }),
});

export const findPayouts = defineReader({
  name: "findPayouts",
  description: "Lists payments that went out to suppliers, newest first: number, supplier, day, amount.",
  examples: ["What did we pay our suppliers?", "payments to Union Filter", "Which payouts went out?"],
  input: z.object({ text: Text("words of the supplier, or a payout's number; absent: all") }),
  output: papersPage,
  read: async ({ text }, world) => askPapers(world, { of: "payout", text, state: undefined, only: null }),
});

export const findCredits = defineReader({
  name: "findCredits",
  description: "Lists credit notes to customers, newest first: number, customer, day, amount.",
  examples: ["Which credit notes did we issue?", "Did Northgate get a credit note?", "refunds to Lakeside"],
  input: z.object({ text: Text("words of the customer, or a credit note's number; absent: all") }),
  output: papersPage,
  read: async ({ text }, world) => askPapers(world, { of: "credit", text, state: undefined, only: null }),
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

const hasWords =
  (text: string) =>
  (row: unknown): boolean => {
    const body = JSON.stringify(row).toLowerCase();
    return text
      .toLowerCase()
      .split(/\s+/u)
      .every((word) => body.includes(word));
  };

export const findEntries = defineReader({
  name: "findEntries",
  description:
    "Lists what was booked, newest first: day, what for, document, account, amount as debit or credit.",
  examples: [
    "Show the latest journal entries",
    "What was booked last?",
    "Which entries are on the cash account?",
    "bookings of INV-2026-0003",
  ],
  input: z.object({ text: Text("words of the booking, its document or its account; absent: the latest") }),
  output: page(EntryRow, {}),
  read: async ({ text }, world) =>
    askInAll(world, {
      query: { kind: "entries", limit: everything },
      keep: text === undefined ? null : hasWords(text),
      sum: () => ({}),
      shown: limit,
    }),
});
