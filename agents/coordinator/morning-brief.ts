// The first look of the day over everything: several agents are asked at once, each about its own, and their answers
// stand side by side. It adds nothing of its own, and reads what is live at that moment.
import { coordinator } from "#nova";
import general from "../chat/general.ts";
import invoices from "../erp/invoices.ts";
import payments from "../erp/payments.ts";
import quotes from "../erp/quotes.ts";
import sales from "../erp/sales.ts";
import stock from "../erp/stock.ts";

const said = (parts: readonly { readonly agent: string; readonly answer: string }[], agent: string): string =>
  parts.find((part) => part.agent === agent)?.answer ?? "";

export default coordinator({
  job: "Morning brief: asks several agents what is open, due and running low today.",
  maxParts: 6,
  handles: [
    "Morning brief",
    "Morning brief please",
    "Give me the morning brief",
    "Good morning, give me the brief",
    "Good morning, what's on today?",
    "Good morning Nova, what needs me today?",
    "What's on today?",
    "What is on today?",
    "What's up today in the business?",
    "What needs my attention today?",
    "What needs me today?",
    "What do I have to look at today?",
    "What should I look at first today?",
    "What is waiting for me this morning?",
    "What is urgent today?",
    "What is due today over all areas?",
    "Anything urgent this morning?",
    "Daily brief",
    "Daily briefing please",
    "The daily briefing",
    "Give me the daily overview",
    "Daily overview of orders, money and stock",
    "Daily status please",
    "Start my day",
    "Start the day with me",
    "Brief me for the day",
    "Brief me before I start",
    "Brief me on today",
    "How does the day look?",
    "How does today look?",
    "What does my day look like?",
    "Today at a glance",
    "The day at a glance, please",
    "Show me today in short",
    "Morning report",
    "Morning report over all areas please",
    "Morning round through everything",
    "Run me through what is open this morning",
    "My morning coffee overview",
    "Overview for this morning: orders, invoices, stock",
    "Guten Morgen, was steht heute an?",
    "Was steht heute an?",
    "Was liegt heute an?",
    "Was muss ich heute wissen?",
    "Morgenbericht",
    "Tagesüberblick bitte",
  ],
  declines: [
    { text: "Good morning to you", instead: "chat/general" },
    { text: "Where does this project stand?", instead: "chat/general" },
    { text: "Run the review of this week please", instead: "pipeline/weekly-review" },
    { text: "Any new orders this morning?", instead: "erp/sales" },
    { text: "Which invoices are due today?", instead: "erp/invoices" },
    { text: "Write a morning greeting to the team", instead: "language/draft" },
    { text: "Make a schedule for my day", instead: "chat/planner" },
    { text: "What does the board command do?", instead: "chat/guide" },
  ],
  parts: [
    { card: sales, ask: () => "Which orders are waiting to be confirmed?" },
    { card: invoices, ask: () => "Which invoices are overdue?" },
    { card: payments, ask: () => "Which bills are due?" },
    { card: quotes, ask: () => "Which quotes are open?" },
    { card: stock, ask: () => "What is running low?" },
    { card: general, ask: () => "What's open in this project?" },
  ],
  evals: [
    {
      ask: "Morning brief",
      expect: (parts) => said(parts, "erp/sales").includes("SO-1007"),
    },
    {
      ask: "What needs my attention today?",
      expect: (parts) => /overdue/.test(said(parts, "erp/invoices")),
    },
    {
      ask: "What is urgent today?",
      expect: (parts) => said(parts, "erp/payments").includes("BILL-"),
    },
    {
      ask: "Daily briefing please",
      expect: (parts) => said(parts, "erp/quotes").includes("QU-1002"),
    },
    {
      ask: "Was steht heute an?",
      expect: (parts) => said(parts, "erp/stock").includes("SQ-34"),
    },
    {
      ask: "Start my day",
      expect: (parts) => parts.length === 6 && new Set(parts.map(({ agent }) => agent)).size === 6,
    },
  ],
});
