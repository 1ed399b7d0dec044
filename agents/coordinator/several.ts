// Takes a request that touches several areas. It only splits and shows the checklist: the work is the other agents'.
import { coordinator } from "#nova";

const agentsOf = (parts: readonly { readonly agent: string }[]): string =>
  parts
    .map(({ agent }) => agent)
    .toSorted()
    .join();

export default coordinator({
  job: "Splits a request over several agents and merges the answers.",
  maxParts: 5,
  handles: [
    "Two things: first this, then that",
    "Two things please",
    "Two questions at once",
    "I have two requests",
    "I have several requests for you",
    "Several things at once",
    "Several requests at once, please",
    "three things:",
    "Please do all three of these",
    "Do all of the following",
    "Do all of these, one after the other",
    "Do both please",
    "Both of these, please",
    "Can you do both at once?",
    "First look it up, then write about it",
    "First check, then draft, then tell me",
    "first this one and after that the other",
    "One after the other: first the check, then the text",
    "And also, separately, the other one",
    "and then, after that, do the other one too",
    "Work through this list point by point",
    "Can you work through these points one by one?",
    "Go through my list one by one",
    "Take care of these three points",
    "Take care of all these points",
    "Here is my list: 1) 2) 3)",
    "1) check this 2) write that 3) tell me",
    "Split this up between your agents",
    "Split my request over several agents",
    "Several agents should work on this together",
    "Let several agents work on this together",
    "Ask the right agents and put the answers together",
    "Ask each of the agents and merge the answers",
    "Put the answers of several agents together",
    "Combine both answers in one overview",
    "Collect everything from all areas",
    "Collect everything about them from all areas, all together",
    "Prepare the meeting: everything from all areas together",
    "This has several parts",
    "My request has three parts",
    "Look it up first and then write about it",
    "First the stock, then the invoices, then a summary",
  ],
  evals: [
    {
      ask: "How many brushes are in stock, and which invoices are overdue?",
      expect: (parts) => agentsOf(parts) === "erp/invoices,erp/stock",
    },
    {
      ask: "Which purchase orders are open? Also show the draft orders",
      expect: (parts) => agentsOf(parts) === "erp/purchasing,erp/sales",
    },
    {
      ask: "1) What does the drive belt cost?\n2) Who supplies the spray nozzles?",
      expect: (parts) => agentsOf(parts) === "erp/items,erp/suppliers",
    },
    {
      ask: "Show the open quotes and then the ledger",
      expect: (parts) => agentsOf(parts) === "erp/ledger,erp/quotes",
    },
    {
      ask: "How many drive belts are left, and how much cash do we have?",
      expect: (parts) =>
        parts.every(({ answer }) => answer !== "") && agentsOf(parts) === "erp/ledger,erp/stock",
    },
    { ask: "How many brushes and brooms have we got?", expect: (parts) => parts.length === 0 },
  ],
  declines: [
    { text: "Give me an overview of what you can do", instead: "chat/general" },
    { text: "Combine these two sentences into one", instead: "language/edit" },
    { text: "Summarise both mails", instead: "language/summarise" },
    { text: "How many brushes and brooms have we got?", instead: "erp/stock" },
    { text: "Show invoices 3 and 4", instead: "erp/invoices" },
    { text: "What is on over all areas this morning?", instead: "coordinator/morning-brief" },
    { text: "Walk a new client through all the steps", instead: "pipeline/client-onboarding" },
  ],
});
