// Something that people need now does not work: first steps in order, words for those who notice it, and a frame for
// what is written down afterwards. It repairs nothing; a note on a record is only made after an approval.
import { pipeline } from "#nova";
import { addNote } from "#tools/erp";
import { z } from "zod";
import planner from "../chat/planner.ts";
import email from "../language/email.ts";

const inputs = z.object({
  problem: z.string().trim().min(3).max(500).describe("what does not work, in one sentence"),
  affected: z.string().trim().min(1).max(120).optional().describe("who notices it, e.g. all sellers"),
  record: z
    .string()
    .regex(/^[A-Z]{1,8}-(?:[A-Z0-9]{1,8}-){0,2}\d{1,9}$/)
    .optional()
    .describe("number of an ERP record that gets a note, e.g. SO-1009"),
});

const writeUp = [
  "What people noticed:",
  "From when until when:",
  "Why it happened:",
  "What helped:",
] as const;

export default pipeline({
  job: "Handles an outage or mishap: first steps, words for those affected, write-up.",
  version: 1,
  handles: [
    "The shop is down",
    "Our web shop is down",
    "The client's web site is offline",
    "The marketplace does not load any more",
    "The site of Lakeside is not reachable",
    "Nobody can log in to the ERP product",
    "Payments fail at the checkout",
    "Customers can't pay in the shop",
    "Sellers can not upload pictures since this morning",
    "Mails to customers bounce since last night",
    "The server is on fire",
    "Our API returns errors for everybody",
    "The database of the shop is gone",
    "The certificate of the web site has run out",
    "Somebody has hacked our site",
    "We were hacked",
    "We lost data in the marketplace",
    "Wrong prices are live in the shop",
    "The new version crashes for all users",
    "Start an incident",
    "Start an incident: payments fail at checkout",
    "Open an incident for the broken search",
    "Open an incident",
    "Declare an incident: the printer portal is down",
    "Raise an incident for the mail server",
    "Run the incident pipeline",
    'run incident problem="checkout broken"',
    "Launch the incident run for the outage",
    "incident: login broken",
    "Incident! the parts shop shows no items",
    "We have an outage",
    "We have an outage of the marketplace",
    "outage of the shop since nine",
    "Emergency: the site is down and the fair opens in an hour",
    "Major problem in production, start the procedure",
    "Production is down",
    "Everything is down for our customers",
    "A parcel with ten wrong signs went to the city, handle the mishap",
    "Der Shop ist down",
    "Die Website ist nicht erreichbar",
    "Störung: Kunden können nicht bezahlen",
    "Starte einen Incident für den Ausfall",
    "Der Server ist ausgefallen",
  ],
  declines: [
    { text: "My last message to you failed, why?", instead: "coordinator/failure-triage" },
    { text: "Where do I see what failed in Nova?", instead: "chat/guide" },
    { text: "The delivery of Kestrel is late", instead: "erp/purchasing" },
    { text: "Two brushes broke in the warehouse", instead: "erp/stock" },
    { text: "What have we noted about the last outage?", instead: "chat/decisions" },
    { text: "Write a blog post about the outage", instead: "language/draft" },
    { text: "What does downtime mean?", instead: "chat/explainer" },
    { text: "What must be checked before the site goes live?", instead: "chat/client-sites" },
  ],
  inputs,
  evals: [
    {
      ask: "The shop is down",
      expect: ({ inputs: launch, proposed, answer }) =>
        /shop is down/i.test(launch?.problem ?? "") && proposed.length === 0 && /First steps:\n/.test(answer),
    },
    {
      ask: "Start an incident: payments fail at checkout",
      expect: ({ inputs: launch, answer }) =>
        launch?.problem === "payments fail at checkout" && /payments fail at checkout/.test(answer),
    },
    {
      ask: "Open an incident",
      expect: ({ inputs: launch, proposed }) => launch === null && proposed.length === 0,
    },
    {
      ask: 'run incident problem="SO-1009 went to the wrong address" record=SO-1009',
      expect: ({ inputs: launch, proposed }) =>
        launch?.record === "SO-1009" && proposed.join() === "note.add",
    },
    {
      ask: 'run incident problem="login broken" affected="all sellers"',
      expect: ({ answer, proposed }) => /Words for all sellers/.test(answer) && proposed.length === 0,
    },
    {
      ask: "Die Website ist nicht erreichbar",
      expect: ({ inputs: launch, answer }) =>
        /Website/.test(launch?.problem ?? "") && answer.includes("Why it happened:"),
    },
    {
      ask: "Sellers tell me that their pictures vanish, since yesterday evening",
      needs: "language model",
      expect: ({ inputs: launch, proposed }) =>
        /^(?:all |the |our )?sellers$/i.test(launch?.affected ?? "") && proposed.length === 0,
    },
  ],
  run: async ({ problem, affected, record }, step) => {
    const what = problem.replace(/[.!\s]+$/u, "");
    const who = affected ?? "those affected";
    const steps = await step.agent(
      "first steps",
      planner,
      `Plan: find out since when and for whom it is so (${what}), then look at what was changed last, then bring back the last state that worked, then tell ${who} how it stands, then write down cause and remedy`,
    );
    const note = await step.agent(
      "words for those affected",
      email,
      `Write an e-mail to ${who} about a disturbance: We know of this: ${what}. We are working on it. We write again as soon as it is solved.`,
    );
    const noted =
      record === undefined
        ? null
        : await step.effect("note on the record", addNote, { record, text: `Incident: ${what}` });
    return {
      answer: [
        `Incident: ${what}.`,
        `First steps:\n${steps.answer}`,
        `Words for ${who}, a draft:\n${note.answer}`,
        ...(noted === null ? [] : [`The note on ${record ?? ""} ended as ${noted.state}.`]),
        ["For the write-up:", ...writeUp.map((line) => `- ${line}`)].join("\n"),
      ].join("\n\n"),
    };
  },
});
