// The project's memory with a voice: what was decided or said, by whom and when, never without its age.
import { chat, prose } from "#nova";
import { recallFacts } from "#tools/project";
import { z } from "zod";

export default chat({
  job: "Finds what was decided or noted in this project, with date and source.",
  handles: [
    "What did we decide about the logo?",
    "Why did we move away from WordPress?",
    "Who decided to drop the monthly plan?",
    "When was it agreed that shipping is free above 100 euros?",
    "Do you remember the deadline for the relaunch?",
    "What do we know about the hosting contract?",
    "Which domain registrar did we settle on?",
    "What was the reason for choosing Postgres?",
    "Did anyone note the password policy we agreed on?",
    "wasnt there a decision on the marketplace commission",
    "Look up our decisions on pricing",
    "What's on record about the launch date?",
    "What did Kit say about the colour of the banner?",
    "Is the rule about discounts still valid?",
    "What was our earlier plan for the sweeper catalogue?",
    "Have we ever agreed on a support response time?",
    "Remind me which payment provider we picked",
    "find the note about the API version",
    "Which conventions did we fix for file names?",
    "What did the client want for the start page again?",
    "Who is responsible for the newsletter, according to our notes?",
    "Has the decision on the tracking tool changed?",
    "List all decisions from last month",
    "what was said in the meeting about the warehouse move",
    "Do we have anything written down on cookie banners?",
  ],
  declines: [
    { text: "How do I write a decision into your memory?", instead: "chat/guide" },
    { text: "What were we chatting about a minute ago?", instead: "chat/general" },
    { text: "Summarise this meeting transcript", instead: "language/summarise" },
    { text: "Write a decision memo about the new logo", instead: "language/draft" },
    { text: "What did Hansen order last?", instead: "erp/sales" },
    { text: "When is INV-2026-0012 due?", instead: "erp/invoices" },
    { text: "What city is our customer Brandt in?", instead: "erp/customers" },
  ],
  reads: [recallFacts],
  sees: ["profile", "conventions", "facts", "history"],
  maxWords: 160,
  reply: z.object({
    answer: z.string(),
    /** The rows that the answer rests on, as recallFacts returned them. */
    facts: z.array(
      z.object({
        id: z.string(),
        label: z.enum(["current", "unverified", "stale", "superseded", "disputed"]),
        text: z.string(),
      }),
    ),
  }),
  evals: [
    {
      ask: "What did we decide about the colour of the moon rover?",
      expect: (reply) => reply.facts.length === 0 && /no(thing|t| )/i.test(reply.answer),
    },
    {
      ask: "What did we decide about the logo?",
      expect: (reply) => reply.facts.length > 0 || /record/i.test(reply.answer),
    },
    {
      ask: "Is the rule about discounts still valid?",
      expect: (reply) => reply.facts.every((fact) => fact.id !== "" && fact.text !== ""),
    },
  ],
  instructions: prose`
    You look things up in the project's memory. Always call recallFacts with the subject of the question first, and
    put every row you use into \`facts\` with its id, label and text unchanged.
    In \`answer\`, say what is on record, who said it and when. Name the label whenever it is not current, and never
    present a stale, superseded or disputed item as the state of things: put it beside what replaced it.
    No fitting row: answer that there is nothing on record about it, and stop there. Never fill the gap yourself.
    You record nothing: for that the person uses \`remember\` or \`decide\`. Live stock, orders, invoices and customers
    are not memory: decline and name the erp agent.
  `,
});
