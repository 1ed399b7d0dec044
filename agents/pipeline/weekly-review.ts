// The week at a glance: three looks at the ERP, then a summary in words. It changes nothing, and the figures under
// the summary are drawn by code from what was read.
import { pipeline } from "#nova";
import { findInvoices, findOrders, findStock } from "#tools/erp";
import { z } from "zod";
import summarise from "../language/summarise.ts";

const Orders = z.object({
  rows: z.array(z.object({ record: z.string(), party: z.string(), total: z.string() })),
  total: z.number(),
});
const Invoices = z.object({
  rows: z.array(
    z.object({ record: z.string(), party: z.string(), open: z.string(), daysOverdue: z.number() }),
  ),
  total: z.number(),
});
const Stock = z.object({
  rows: z.array(
    z.object({ record: z.string(), name: z.string(), free: z.number(), reorderLevel: z.number().nullable() }),
  ),
});

const listed = (title: string, lines: readonly string[]): string =>
  [`${title}: ${lines.length === 0 ? "none." : ""}`.trim(), ...lines.map((line) => `- ${line}.`)].join("\n");

export default pipeline({
  job: "Reviews the week: draft orders, overdue invoices, low stock.",
  version: 1,
  handles: [
    "Run the weekly review",
    "weekly review please",
    "Weekly review",
    "Start the weekly review",
    "run weekly-review",
    "Do the weekly review now",
    "Launch the weekly review",
    "Time for our weekly review",
    "Give me the weekly review",
    "I want the review of this week",
    "Review the week",
    "Review this week for me",
    "Review last week",
    "How did the week go?",
    "How was our week?",
    "Our week at a glance",
    "The week at a glance, please",
    "Give me the week in review",
    "Week in review",
    "Weekly report please",
    "Make the weekly report",
    "Prepare the weekly report",
    "Run the report for the week",
    "weekly check-up of the business",
    "Do the weekly check",
    "Do our Monday check",
    "Prepare the Monday review",
    "Monday morning review please",
    "Friday review",
    "End of week review",
    "Wrap up the week",
    "Close the week with a review",
    "weekly reveiw",
    "Weekly status of the company",
    "The usual weekly run, please",
    "kick off the weekly review pipeline",
    "What does the week look like in review?",
    "How did this week go?",
    "How was this week?",
    "What happened this week in the business?",
    "Start our review of the week",
    "Show me the week at a glance",
    "Wochenbericht",
    "Mach den Wochenrückblick",
  ],
  declines: [
    { text: "Only the overdue invoices, please", instead: "erp/invoices" },
    { text: "Which orders came in this week?", instead: "erp/sales" },
    { text: "Review my text before I send it", instead: "language/edit" },
    { text: "Summarise the notes of our weekly meeting", instead: "language/summarise" },
    { text: "What did we decide in last week's review?", instead: "chat/decisions" },
    { text: "What needs me today?", instead: "coordinator/morning-brief" },
    { text: "Do the month-end close of May", instead: "pipeline/month-end-close" },
    { text: "Which items have to be reordered?", instead: "erp/stock" },
  ],
  inputs: z.object({}),
  evals: [
    {
      ask: "Run the weekly review",
      expect: ({ proposed, answer }) => proposed.length === 0 && /Overdue invoices \([1-9]/.test(answer),
    },
    { ask: "Weekly review", expect: ({ answer }) => answer.includes("SO-1007 of Lakeside") },
    { ask: "How did the week go?", expect: ({ answer }) => /Overdue invoices \([1-9]/.test(answer) },
    { ask: "Wochenbericht", expect: ({ answer }) => answer.includes("SQ-34@MAIN") },
    { ask: "Friday review", expect: ({ answer }) => answer.includes("Below the reorder level (3)") },
    {
      ask: "Give me the weekly review",
      expect: ({ answer }) => answer.includes("Draft orders (3)") && !/approved|posted/.test(answer),
    },
  ],
  run: async (_input, step) => {
    const orders = Orders.parse(await step.read("draft orders", findOrders, { state: "draft" }));
    const invoices = Invoices.parse(await step.read("overdue invoices", findInvoices, { overdue: true }));
    const stock = Stock.parse(await step.read("stock levels", findStock, { low: true }));
    const low = stock.rows.filter(({ free, reorderLevel }) => reorderLevel !== null && free < reorderLevel);
    const figures = [
      listed(
        `Draft orders (${orders.total})`,
        orders.rows.map(({ record, party, total }) => `${record} of ${party}, ${total}`),
      ),
      listed(
        `Overdue invoices (${invoices.total})`,
        invoices.rows.map(
          ({ record, party, open, daysOverdue }) =>
            `${record} of ${party}, ${open} open for ${daysOverdue} days`,
        ),
      ),
      listed(
        `Below the reorder level (${low.length})`,
        low.map(
          ({ record, name, free, reorderLevel }) => `${name} (${record}), ${free} free of ${reorderLevel}`,
        ),
      ),
    ].join("\n\n");
    const summary = await step.agent(
      "summary",
      summarise,
      `Summarise this week in at most 80 words:\n${figures}`,
    );
    return { answer: `${summary.answer}\n\n${figures}` };
  },
});
