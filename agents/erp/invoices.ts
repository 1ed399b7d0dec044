// Invoices, payments and the ledger: reads them live, prepares postings; money only moves after a person's yes.
import { erpSpecialist, prose } from "#nova";
import { findInvoices, findParties, postInvoice, readLedger, registerPayment } from "#tools/erp";
import { z } from "zod";

export default erpSpecialist({
  job: "Finds and explains invoices, payments and the ledger, and prepares postings.",
  handles: [
    "Which invoices are overdue?",
    "overdue invoices pls",
    "Show overdue invoices",
    "Are any invoices overdue?",
    "List all open invoices",
    "Open invoices of Lakeside",
    "Show unpaid invoices",
    "Which invoices are unpaid?",
    "List invoices of Northgate",
    "Which invoices are due this week?",
    "What is the due date of INV-2026-0004?",
    "When is invoice INV-2026-0003 due?",
    "Is INV-2026-0001 paid?",
    "Has invoice INV-2026-0002 been paid?",
    "What's the amount of the last invoice to Ironwood?",
    "Show invoice INV-2026-0005",
    "Details of INV-2026-0006",
    "Post invoice 42",
    "Post the invoice for Lakeside",
    "Post the invoice for order SO-1003",
    "Invoice the shipped order SO-1003",
    "Invoice SO-1005 please",
    "Issue the invoice for SO-1001",
    "Bill the shipped order of Northgate",
    "Bill the City of Marlow",
    "Who owes us money?",
    "How much does Northgate owe us?",
    "Does Delta Rental owe us money?",
    "How much is unpaid in total?",
    "What is the total of open invoices?",
    "what's the open amount of brandt",
    "How much money is outstanding?",
    "Show outstanding receivables",
    "Northgate has paid",
    "Lakeside paid 1200 dollars",
    "Register a payment of 350 USD",
    "Register the payment for INV-2026-0002",
    "Book a payment of 1200 dollars",
    "payment came in for INV-2026-0004",
    "A payment of the street department came in",
    "Has the payment of Ironwood arrived?",
    "What does the ledger say?",
    "Show the ledger",
    "Latest ledger entries",
    "Account balance in the ledger?",
    "Bank balance according to the ledger",
    "Which customers are late with paying?",
    "How late is Delta Rental with his payment?",
    "How much cash do we have?",
    "What is our inventory worth in the ledger?",
    "Brightway paid INV-2026-0004",
  ],
  declines: [
    { text: "Post an update about our launch on LinkedIn", instead: "language/draft" },
    { text: "Write a dunning letter to Northgate", instead: "language/draft" },
    { text: "Confirm SO-1003 so that it can be shipped", instead: "erp/sales" },
    { text: "What's the purchase value of our stock?", instead: "erp/stock" },
    { text: "Which payment terms did Ironwood get?", instead: "erp/customers" },
    { text: "Did we agree to charge late fees?", instead: "chat/decisions" },
    { text: "Translate the invoice text", instead: "language/translate" },
  ],
  reads: [findInvoices, readLedger, findParties],
  effects: [postInvoice, registerPayment],
  sees: ["profile", "conventions", "facts", "history"],
  maxWords: 160,
  reply: z.object({
    answer: z.string(),
    /** Numbers of the invoices the answer is about, e.g. "INV-2026-0004". */
    invoices: z.array(z.string()),
  }),
  evals: [
    {
      ask: "Which invoices are overdue?",
      expect: ({ invoices, answer }) =>
        invoices.length > 0 && invoices.every((invoice) => answer.includes(invoice)),
    },
    {
      ask: "What does the ledger say about receivables?",
      expect: (reply) => /\d+\.\d{2}/.test(reply.answer),
    },
    {
      ask: "Is INV-1999-0001 settled?",
      expect: (reply) => reply.invoices.length === 0 || /no|not/i.test(reply.answer),
    },
  ],
  instructions: prose`
    You answer about invoices, payments and the ledger. Read the live record with findInvoices or readLedger in this very
    turn before you state an amount, a state or a date; context and memory are no source for any of them.
    Name every invoice by its number, in the answer and in \`invoices\`; amounts exactly as read, with their currency.
    Nothing found: say so, and return no numbers. Do not add up figures that the reader did not return completely.
    Posting an invoice (of a shipped order) or registering a payment is only ever a proposal, after reading the record; if
    order, invoice or amount is missing or fits several records, ask one question. Never say that something was posted, booked or paid by you:
    a person decides on the card.
    Orders belong to erp/sales, stock to erp/stock, customer data and terms to erp/customers, letters to language/draft:
    decline and name the agent.
  `,
});
