// A new client from first checklist to welcome note. The ERP record is only made when a person approves it,
// and the answer says what really became of each step.
import { pipeline } from "#nova";
import type { EffectOutcome } from "#nova";
import { createCustomer, findParties } from "#tools/erp";
import { z } from "zod";
import draft from "../language/draft.ts";

const inputs = z.object({
  client: z.string().trim().min(1).max(120).describe("the client's name"),
  city: z.string().trim().min(1).max(80).optional().describe("where the client is based"),
  contact: z.string().trim().min(1).max(120).optional().describe("whom to write to"),
});
const Parties = z.object({ rows: z.array(z.object({ record: z.string(), name: z.string() })) });

// `failed` covers a refused preview and an unclear result alike, so it must not promise that nothing happened.
const endings = {
  rejected: "was rejected: the ERP is unchanged, and I drafted no welcome note",
  expired: "was not decided in time: the ERP is unchanged, and I drafted no welcome note",
  failed: "could not be brought to an end: look into the ERP before you try again. I drafted no welcome note",
} as const satisfies Record<Exclude<EffectOutcome["state"], "applied">, string>;

/** The detail in brackets, where there is one. */
const noted = (detail: string): string => (detail === "" ? "" : ` (${detail})`);

export default pipeline({
  job: "Takes a new client on: checklist, ERP record after your approval, welcome note.",
  version: 1,
  handles: [
    "Onboard the client Nordlicht Signs",
    "Onboard a client",
    "Onboard our new client",
    "onboard Alsterblick GmbH, Hamburg",
    "onbord a client",
    "let's onboard somebody",
    "Please onboard Jansen",
    "Onboard the new marketplace seller",
    "Get Petersen onboarded",
    "Get the new client onboarded by tonight",
    "Can you onboard the bakery?",
    "Start the onboarding",
    "Start the onboarding for Petersen",
    "Start client onboarding",
    "Start onboarding: client Deichgraf, contact Anke",
    "Run client onboarding",
    "Run the onboarding pipeline",
    "run onboarding city=Kiel client=Nordlicht",
    "launch the onboarding pipeline",
    "Launch the onboarding of our new client",
    "Kick off onboarding",
    "Kick off onboarding for the bakery",
    "Begin the onboarding of a new client",
    "Trigger the client onboarding again",
    "Initiate the onboarding of a fleet operator",
    "Go through all onboarding steps",
    "Do the onboarding steps for Kramer",
    "Onboarding please: Seestern Café",
    "onboarding for tidehouse",
    "We won a new client, take them on",
    "We have a new client, take them on",
    "Take on a new client",
    "Take on a new client called Tidehouse",
    "New client: Seestern Café",
    "New client signed today",
    "new client, do the usual steps",
    "A new client signed, set everything up",
    "Set up our new client",
    "Set everything up for the new client",
    "Welcome our new client aboard",
    "Bring the new client on board",
    "Do the whole welcome procedure for our new client",
    "Start the intake of a new client",
    "client intake for the web site job",
    "Onboard Kramer Bau, Bremen",
    "Onboard Möller & Sons in Kiel",
    "onboard Tidehouse Ltd",
    "onboard Vega AG, Cologne",
    "New client: Kappa GmbH",
    "New client: Hansen Reklame, Husum",
    "New client Deichgraf",
    "Take on Jansen as a client",
    "Nimm einen neuen Kunden auf",
    "Onboarding für Petersen starten",
    "onboard Petersen",
    "onboard Blue Whale Cleaning, Toledo",
    "onboard Hansen Reklame GmbH in Husum",
    "Onboarding: Jansen Reinigung, Bremen",
  ],
  declines: [
    { text: "Just add Nordlicht as a customer in the ERP", instead: "erp/customers" },
    { text: "Write a welcome text for a client", instead: "language/draft" },
    { text: "How does the onboarding pipeline work?", instead: "chat/guide" },
    { text: "What did we decide about onboarding fees?", instead: "chat/decisions" },
    { text: "Translate the welcome note", instead: "language/translate" },
    { text: "Plan how we win new clients", instead: "chat/planner" },
    { text: "Make the first order for the new client", instead: "erp/sales" },
  ],
  inputs,
  evals: [
    {
      ask: "Onboard Möller & Sons in Kiel",
      expect: ({ inputs: launch }) => launch?.client === "Möller & Sons" && launch.city === "Kiel",
    },
    {
      ask: "onboard Alsterblick GmbH, Hamburg",
      expect: ({ proposed, answer }) => proposed.join() === "party.create" && answer.includes("Alsterblick"),
    },
    {
      ask: "Onboard a client",
      expect: ({ inputs: launch, proposed }) => launch === null && proposed.length === 0,
    },
    {
      ask: "Onboard Ironwood Logistics",
      expect: ({ proposed, answer }) => proposed.length === 0 && /already as P-103/.test(answer),
    },
    {
      ask: "Start onboarding: client Deichgraf, contact Anke",
      expect: ({ inputs: launch, answer }) => launch?.contact === "Anke" && answer.includes("Anke"),
    },
    {
      ask: "run onboarding city=Kiel client=Nordlicht",
      expect: ({ inputs: launch }) => launch?.client === "Nordlicht" && launch.city === "Kiel",
    },
  ],
  run: async ({ client, city, contact }, step) => {
    const where = city === undefined ? "" : ` in ${city}`;
    const checklist = await step.agent(
      "checklist",
      draft,
      `Draft a welcome checklist for our new client ${client}${where}: Agree who speaks for both sides. Collect logo, texts and access. Fix the first delivery date. Say how we invoice. Open a project channel.`,
    );
    const found = Parties.parse(await step.read("known already?", findParties, { text: client }));
    const known = found.rows.find(({ name }) => name.toLowerCase() === client.toLowerCase());
    const record =
      known === undefined
        ? await step.effect("customer record", createCustomer, {
            name: client,
            ...(city === undefined ? {} : { city }),
          })
        : null;
    if (record !== null && record.state !== "applied") {
      const ending = `The customer record for ${client} ${endings[record.state]}${noted(record.detail)}.`;
      return { answer: [ending, `Checklist, a draft:\n${checklist.answer}`].join("\n\n") };
    }
    const note = await step.agent(
      "welcome note",
      draft,
      `Draft a short welcome note to ${contact ?? client}: We look forward to working with ${client}. Questions are welcome at any time. The first steps are in the checklist.`,
    );
    const erp =
      known === undefined
        ? `The customer record for ${client} is in the ERP${noted(record?.detail ?? "")}.`
        : `${known.name} was in the ERP already as ${known.record}, so I created nothing.`;
    return {
      answer: [
        erp,
        `Checklist, a draft:\n${checklist.answer}`,
        `Welcome note, a draft:\n${note.answer}`,
      ].join("\n\n"),
    };
  },
});
