// The end of a month, in the order that keeps the books true: first bill what was shipped, then look at what is open,
// then close. The books are only proposed to be closed when every step before went through and the month is over.
import { pipeline } from "#nova";
import type { Step } from "#nova";
import { findBills, findInvoices, findOrders, lockPeriod, postInvoice, readLedger } from "#tools/erp";
import { z } from "zod";

const inputs = z.object({
  month: z
    .string()
    .regex(/^20\d{2}-(?:0[1-9]|1[0-2])$/)
    .describe("the month to close, e.g. 2026-02"),
});
const Orders = z.object({
  rows: z.array(z.object({ record: z.string(), party: z.string(), total: z.string(), day: z.string() })),
});
const Owed = z.object({
  rows: z.array(z.object({ record: z.string(), party: z.string(), open: z.string(), due: z.string() })),
});
const Ledger = z.object({
  asOf: z.string(),
  rows: z.array(z.object({ account: z.string(), balance: z.string() })),
});
/** More cards than this in one run would be pressed without being read. */
const mostInvoices = 8;

/** "2026-12" > "2027-01-01": the first day that stays open. */
function dayAfter(month: string): string {
  const [year = 0, at = 0] = month.split("-").map(Number);
  return at === 12 ? `${year + 1}-01-01` : `${year}-${String(at + 1).padStart(2, "0")}-01`;
}

/** The detail in brackets, where there is one. */
const noted = (detail: string): string => (detail === "" ? "" : ` (${detail})`);
const owedLine = ({ record, party, open, due }: z.infer<typeof Owed>["rows"][number]): string =>
  `${record} of ${party}, ${open} open, due ${due}`;
const listed = (title: string, lines: readonly string[]): string =>
  [`${title}${lines.length === 0 ? ": none." : ":"}`, ...lines.map((line) => `- ${line}`)].join("\n");

export default pipeline({
  job: "Closes a month: bills what was shipped, shows what is open, proposes to close the books.",
  version: 1,
  handles: [
    "Close the month",
    "Close October",
    "Close the month of February 2026",
    "Close 2026-02",
    "close last month",
    "Do the month-end close",
    "Do the month end close for September",
    "Run the month-end close",
    "run month-end-close month=2026-03",
    "Start the month-end closing",
    "Start the monthly close for May",
    "Month-end close please",
    "month end",
    "Month end for 2026-01, please",
    "monthly closing",
    "Launch the monthly closing",
    "Kick off the month-end close",
    "Begin the closing of March",
    "Let's close the month",
    "It is the end of the month, do the close",
    "The month is over, close it",
    "We need to close April",
    "Prepare the month-end",
    "Go through the month-end steps",
    "All steps for the end of the month, please",
    "Do the usual closing work for the month",
    "Wrap up the month in the books",
    "Finish the month: invoices, bills, ledger",
    "Finish the books for June",
    "Do the monthly accounts",
    "Make the monthly accounts for the tax adviser",
    "Work through the closing of the month",
    "Trigger the month-end pipeline",
    "Execute the closing run for August",
    "Closing run for July please",
    "Monatsabschluss",
    "Monatsabschluss für März starten",
    "Mach den Monatsabschluss",
    "Schließe den Monat ab",
    "Buchhaltung für Februar abschließen",
    "month close for 2026-04",
  ],
  declines: [
    { text: "Close the books before 2026-02-01", instead: "erp/ledger" },
    { text: "Which invoices are open at the end of the month?", instead: "erp/invoices" },
    { text: "Run the review of the week", instead: "pipeline/weekly-review" },
    { text: "Invoice the shipped order SO-1003 only", instead: "erp/invoices" },
    { text: "How does the month-end pipeline work?", instead: "chat/guide" },
    { text: "What does period lock mean?", instead: "chat/explainer" },
    { text: "Close the incident", instead: "pipeline/incident" },
  ],
  inputs,
  evals: [
    {
      ask: "Do the month-end close for 2020-01",
      expect: ({ inputs: launch, proposed }) =>
        launch?.month === "2020-01" && proposed.join() === "period.lock",
    },
    {
      ask: "run month-end-close month=2099-11",
      expect: ({ proposed, answer }) => proposed.join() === "invoice.post" && answer.includes("SO-1008"),
    },
    {
      ask: "Close the month",
      expect: ({ inputs: launch, proposed }) => launch === null && proposed.length === 0,
    },
    {
      ask: "Close February 2021",
      expect: ({ inputs: launch, answer }) => launch?.month === "2021-02" && /Balances:\n- Cash/.test(answer),
    },
    {
      ask: "Monatsabschluss 2020-12",
      expect: ({ inputs: launch, answer }) => launch?.month === "2020-12" && answer.includes("2021-01-01"),
    },
    {
      ask: "Do the month-end close for 2099-12",
      expect: ({ proposed, answer }) => !proposed.includes("period.lock") && /not over/.test(answer),
    },
    {
      ask: "We need to close last month",
      needs: "language model",
      expect: ({ inputs: launch, proposed }) => launch === null && proposed.length === 0,
    },
  ],
  run: async ({ month }, step) => {
    const firstOpenDay = dayAfter(month);
    const { billed, unbilled } = await billShipped(step, firstOpenDay);
    const owed = Owed.parse(await step.read("open invoices", findInvoices, { open: true }));
    const bills = Owed.parse(await step.read("open bills", findBills, { open: true }));
    const ledger = Ledger.parse(await step.read("balances", readLedger, {}));
    const isOver = ledger.asOf.slice(0, 10) >= firstOpenDay;
    const ending =
      isOver && unbilled.length === 0
        ? await closeBooks(step, firstOpenDay)
        : `The books stay open: ${isOver ? "what was shipped is not all invoiced" : `${month} is not over yet`}.`;
    return {
      answer: [
        `Month-end close of ${month}. ${ending}`,
        listed("Invoiced now", billed),
        listed("Shipped and not invoiced", unbilled),
        listed("Customers still owe", owed.rows.map(owedLine)),
        listed("We still owe", bills.rows.map(owedLine)),
        listed(
          "Balances",
          ledger.rows.map(({ account, balance }) => `${account}: ${balance}`),
        ),
      ].join("\n\n"),
    };
  },
});

/** One card per order that was shipped in time, each with what became of it. */
async function billShipped(
  step: Step,
  firstOpenDay: string,
): Promise<{ readonly billed: readonly string[]; readonly unbilled: readonly string[] }> {
  const shipped = Orders.parse(await step.read("shipped, not invoiced", findOrders, { state: "shipped" }));
  const due = shipped.rows.filter(({ day }) => day < firstOpenDay);
  const ends: { readonly isBilled: boolean; readonly line: string }[] = [];
  for (const { record, party, total } of due.slice(0, mostInvoices)) {
    const { state, detail } = await step.effect(`invoice of ${record}`, postInvoice, { order: record });
    const line = `${record} of ${party}, ${total}: ${state}${noted(detail)}`;
    ends.push({ isBilled: state === "applied", line });
  }
  const later = due
    .slice(mostInvoices)
    .map(({ record, party }) => `${record} of ${party}: left for the next run`);
  return {
    billed: ends.filter(({ isBilled }) => isBilled).map(({ line }) => line),
    unbilled: [...ends.filter(({ isBilled }) => !isBilled).map(({ line }) => line), ...later],
  };
}

async function closeBooks(step: Step, before: string): Promise<string> {
  const { state, detail } = await step.effect("close the books", lockPeriod, { before });
  if (state === "applied") return `The books are closed before ${before}.`;
  return `The books stay open before ${before}: closing them ended as ${state}${noted(detail)}.`;
}
