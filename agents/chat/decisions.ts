// The project's memory with a voice: what was decided or said, by whom and when, never without its age.
import { chat, prose } from "#nova";
import { recallFacts } from "#tools/project";
import { z } from "zod";

export default chat({
  job: "Finds what was decided or noted in this project, with date and source.",
  handles: [
    "What did we decide about the logo?",
    "What did we decide about shipping costs?",
    "What have we decided on hosting?",
    "what did we decide last week",
    "What was decided about the colours?",
    "Why did we decide against WordPress?",
    "Why did we choose Postgres?",
    "Why did we pick this payment provider?",
    "Who decided to drop the monthly plan?",
    "When did we decide to move the warehouse?",
    "List all our decisions",
    "List the decisions from last month",
    "Look up our decisions on pricing",
    "Find the decision on the tracking tool",
    "wasnt there a decision on the marketplace commission",
    "Is that decision still valid?",
    "Has the decision about the newsletter changed?",
    "What did we agree on for the start page?",
    "What was agreed about free shipping?",
    "When was it agreed to raise prices?",
    "Did we agree on a response time for support?",
    "Have we ever agreed on a style for file names?",
    "Do you remember the deadline for the relaunch?",
    "Do you remember the launch date?",
    "Do you remember what Kit said about the banner?",
    "Remind me which registrar we settled on",
    "Remind me what we settled on for the domain",
    "Which provider did we settle on?",
    "What's on record about the launch date?",
    "What is on record about hosting?",
    "Is anything on record about cookie banners?",
    "What do we know about the hosting contract?",
    "What do you know about the relaunch?",
    "Do we have a note about the API version?",
    "Find the note about the password policy",
    "Did anyone note who is responsible for the newsletter?",
    "What do our notes say about the catalogue?",
    "What was the reason for the new domain?",
    "What was our reason for leaving the old host?",
    "What was said in the meeting about the move?",
    "What did the client say about the start page?",
    "Do we have a rule for refunds?",
    "Is the rule about discounts still valid?",
    "What do we remember?",
    "What have you remembered?",
    "What did I tell you to remember?",
    "Show what you remember about this project",
    "What is remembered about hosting?",
    "List the remembered facts",
    "What facts do you have?",
    "Do you remember who runs the web shop?",
    "Do you remember which supplier we chose?",
    "Do you remember what we said about filters?",
    "Do we remember who is responsible for the signs?",
    "What do you remember about the warehouse move?",
    "What do you know about our filter supplier?",
    "What did we note about the brushes?",
    "What did we say about the supplier of hoses?",
    "What did we decide about the brush supplier?",
    "What did we agree with Lakeside?",
    "Our decision on the logo?",
    "decisions about pricing",
    "Was haben wir zum Logo entschieden?",
    "Was haben wir beschlossen?",
    "What facts are on record?",
    "Which facts did you keep?",
    "What do you know about the supplier of hoses?",
    "What do you know about who supplies the signs?",
    "Was wissen wir über den Lieferanten?",
    "Was haben wir über die Preise beschlossen?",
    "What do you still remember?",
  ],
  declines: [
    { text: "How do I write a decision into your memory?", instead: "chat/guide" },
    { text: "What were we chatting about a minute ago?", instead: "chat/general" },
    { text: "Summarise this meeting transcript", instead: "language/summarise" },
    { text: "Write a decision memo about the new logo", instead: "language/draft" },
    { text: "What did Lakeside order last?", instead: "erp/sales" },
    { text: "When is INV-2026-0012 due?", instead: "erp/invoices" },
    { text: "What city is our customer Northgate in?", instead: "erp/customers" },
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
