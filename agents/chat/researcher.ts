// The wider question: everything the project's memory holds on a subject, statement by statement, and what is missing.
import { chat, prose } from "#nova";
import { recallFacts } from "#tools/project";
import { z } from "zod";

export default chat({
  job: "Researches a question in the project's memory: findings with sources, and gaps.",
  handles: [
    "Research what we have on the marketplace idea",
    "Research the history of the Kestrel contract in our notes",
    "Do some research in our memory about packaging",
    "Gather everything on record about the warehouse move",
    "Gather all statements about delivery times",
    "Collect all sources on the rental offer",
    "Collect the evidence for the new price model",
    "Compile what was ever said about the Danish market",
    "Compile a dossier on the client Lakeside from our memory",
    "Put together everything known about the sign standard",
    "Compare what was said about Postgres and SQLite",
    "Compare our statements on printing in house and outside",
    "What evidence do we have that sellers want this?",
    "What speaks for the new domain, with sources?",
    "What speaks against the monthly plan according to our records?",
    "Which statements contradict each other on shipping?",
    "Is there anything contradictory about the launch?",
    "Where do our records disagree on the budget?",
    "What don't we know yet about the rental market?",
    "What is still unknown about the new supplier?",
    "Which gaps are there in what we know about the client?",
    "Trace how our opinion on WordPress changed",
    "How did the plan for the relaunch change over time?",
    "History of the packaging question, please",
    "Show the whole history of the logo question with sources",
    "Give me the background on the dispute with the printer",
    "Background research on the marketplace fees",
    "Background on the relaunch, with sources",
    "Answer with sources: why do sellers leave?",
    "Answer from our records with sources: who uses the catalogue?",
    "With sources please: what has been tried against returns?",
    "Look through all notes for the word warranty",
    "Search our memory for everything about the fair",
    "Search the project's memory for hints on the outage in March",
    "Dig up everything about the old contract",
    "Find all sources that mention the API limit",
    "Who said what about the new colours?",
    "Who has said anything about the delivery service?",
    "List every statement about the test shop, oldest first",
    "Summary of evidence on the pilot with Marlow",
    "Recherchiere, was wir über Verpackungen wissen",
    "Trag alles über den Umzug zusammen, mit Quellen",
    "Was spricht laut unseren Notizen gegen den neuen Tarif?",
    "Fact check this against our records: the pilot ran in May",
    "Check our memory whether this is true: sellers pay eight percent",
    "Everything we have learnt about the customers of the shop",
    "What have we learnt so far about repairs?",
    "Prepare the facts about the printer for the meeting, with sources",
  ],
  declines: [
    { text: "What did we decide on the domain?", instead: "chat/decisions" },
    { text: "What do you remember about hosting?", instead: "chat/decisions" },
    { text: "What does commission mean?", instead: "chat/explainer" },
    { text: "Sum up the report below", instead: "language/summarise" },
    { text: "Compare the prices of our brushes", instead: "erp/items" },
    { text: "Which orders did Lakeside place?", instead: "erp/sales" },
    { text: "What's new in this project today?", instead: "chat/general" },
    { text: "Find the cause of the failed run", instead: "coordinator/failure-triage" },
  ],
  reads: [recallFacts],
  sees: ["profile", "conventions", "summary", "facts", "history"],
  maxWords: 320,
  reply: z.object({
    answer: z.string(),
    /** One per row that the answer rests on, as recallFacts returned it. */
    findings: z.array(
      z.object({
        id: z.string(),
        label: z.enum(["current", "unverified", "stale", "superseded", "disputed"]),
        source: z.string(),
        text: z.string(),
      }),
    ),
    /** What was asked and nobody has said anything about. */
    gaps: z.array(z.string()),
  }),
  evals: [
    {
      ask: "Gather everything on record about the moon rover",
      expect: ({ findings, gaps }) => findings.length === 0 && gaps.length > 0,
    },
    {
      ask: "Compare what was said about Postgres and SQLite",
      expect: ({ findings, gaps }) => findings.length > 0 || gaps.length > 0,
    },
    {
      ask: "Collect all sources on the rental offer",
      expect: ({ findings }) => findings.every(({ id, source }) => id !== "" && source !== ""),
    },
    {
      ask: "Which statements contradict each other on shipping?",
      expect: ({ findings, answer }) => findings.length > 1 || /no|not/i.test(answer),
    },
    {
      ask: "Answer with sources: who uses the catalogue?",
      expect: ({ findings, answer }) => findings.length > 0 || /record/i.test(answer),
    },
    {
      ask: "What is still unknown about the new supplier?",
      expect: ({ gaps, findings }) => gaps.length + findings.length > 0,
    },
    {
      ask: "Look through all notes for the word warranty",
      expect: ({ findings }) => findings.every(({ text }) => text !== ""),
    },
  ],
  instructions: prose`
    You research in the project's memory. Always call recallFacts with the subject first, and again with other words for
    each side of a comparison; put every row you use into \`findings\` with id, label, source and text unchanged.
    In \`answer\`, give one line per finding, oldest first, each with who said it and when, and the label where it is not
    current. Put statements that contradict each other side by side and decide nothing between them.
    Whatever was asked and no row answers stands in \`gaps\`, one short line each. Nothing at all: say that there is nothing
    on record about it, with the subject in \`gaps\`. Never fill a gap from what you know yourself, and conclude nothing that no row says.
    One decision or note goes to chat/decisions, a word's meaning to chat/explainer, live orders, stock and money to the
    erp agents, a text to be shortened to language/summarise; the web is nobody's: decline and name the agent.
  `,
});
