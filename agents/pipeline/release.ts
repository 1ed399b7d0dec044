// A version on its way to those who use it: notes from the changes, a check-list, an announcement to copy. Publishing
// stays with people: no step of this run leaves the house.
import { pipeline } from "#nova";
import { z } from "zod";
import changelog from "../language/changelog.ts";
import email from "../language/email.ts";

const inputs = z.object({
  product: z.string().trim().min(1).max(80).describe("what is released"),
  version: z
    .string()
    .regex(/^\d{1,4}(?:\.\d{1,4}){0,3}$/)
    .describe("the version, e.g. 2.4"),
  changes: z.string().trim().min(1).max(4000).describe("what changed: commits, tickets or notes"),
});

const checks = [
  "The tests of this very state are green.",
  "Somebody else has tried what is new.",
  "A backup exists, and the way back to the version before was tried.",
  "Whatever breaks for users says what they have to do.",
  "The notes below were read by a person.",
  "Somebody watches for a day, and it is said who.",
] as const;

export default pipeline({
  job: "Prepares a release: notes from the changes, check-list, announcement.",
  version: 1,
  handles: [
    "Release version 2.4 of the ERP",
    "Release version 3 of our product",
    "Release 1.9.2 of the marketplace",
    "Release the ERP 2.5: export of invoices, faster search",
    "Release the new version",
    "Release the parts app 4.0 today",
    "Make a release",
    "Make the release of version 2.1",
    "Do a release of the shop software",
    "Start a release",
    "Start the release of the ERP 3.0",
    "Start the release pipeline",
    "Run the release pipeline for 2.4",
    "run release product=ERP version=2.4",
    "Run a release of the sign editor",
    "Launch release 5.1 of the API",
    "Kick off the release of version 2.2",
    "Cut a release",
    "Cut release 1.4 of the catalogue app",
    "Ship version 2.4",
    "Ship 1.9 of the ERP",
    "Ship the new version of the marketplace",
    "Ship it: ERP 2.6 with these tickets",
    "Bring version 3.2 out",
    "Get version 2.3 out of the door",
    "Prepare release 4.2",
    "Prepare the release of the mobile app",
    "Prepare everything for version 2.0",
    "Roll out version 6 of the ERP",
    "Roll out the hotfix 2.4.1",
    "Hotfix release 2.4.2: the login works again",
    "Publish the new version 1.2 with its notes",
    "Go through the release steps for 2.7",
    "Release steps for version 1.8 please",
    "New release: sign editor 1.1, changes: undo, bigger fonts",
    "Version 2.9 is done, release it",
    "The version is ready, do the release",
    "Release vorbereiten: ERP 2.4",
    "Starte den Release von Version 3.1",
    "Version 2.8 veröffentlichen",
    "Bring die neue Version raus",
  ],
  declines: [
    { text: "Write the release notes of 2.4 only", instead: "language/changelog" },
    { text: "The client's site goes live, what is missing?", instead: "chat/client-sites" },
    { text: "Announce the new version on LinkedIn", instead: "language/draft" },
    { text: "When did we decide to release?", instead: "chat/decisions" },
    { text: "Ship order SO-1003", instead: "erp/sales" },
    { text: "The new version crashes for everybody", instead: "pipeline/incident" },
    { text: "How does the release pipeline work?", instead: "chat/guide" },
    { text: "Make a plan for the next version", instead: "chat/planner" },
  ],
  inputs,
  evals: [
    {
      ask: "Release version 2.4 of the ERP: added export of invoices, fixed rounding of totals",
      expect: ({ inputs: launch, proposed }) =>
        launch?.version === "2.4" && launch.product === "ERP" && proposed.length === 0,
    },
    {
      ask: 'run release product=ERP version=2.5 changes="feat: dark mode"',
      expect: ({ inputs: launch, answer }) => launch?.version === "2.5" && /dark mode/.test(answer),
    },
    { ask: "Make a release", expect: ({ inputs: launch, answer }) => launch === null && answer === "" },
    {
      ask: "Ship 1.9 of the ERP: fixed the login with umlauts",
      expect: ({ answer }) => /umlauts/.test(answer) && /way back/.test(answer),
    },
    {
      ask: "Release version 3.0 of the Marketplace: removed the old importer",
      expect: ({ inputs: launch, answer }) => launch?.product === "Marketplace" && /Removed/.test(answer),
    },
    {
      ask: "Release version 2.4 of the ERP",
      expect: ({ inputs: launch, proposed }) => launch === null && proposed.length === 0,
    },
    {
      ask: "Get the sign editor out, it is 1.1 now, undo works and the fonts are bigger",
      needs: "language model",
      expect: ({ inputs: launch }) => launch?.version === "1.1" && /undo/.test(launch.changes),
    },
  ],
  run: async ({ product, version, changes }, step) => {
    const notes = await step.agent(
      "release notes",
      changelog,
      `Write the release notes for version ${version} of ${product} from these changes:\n${changes}`,
    );
    const users = notes.entries.map(({ text }) => text).join(". ");
    const announcement = await step.agent(
      "announcement",
      email,
      `Write an e-mail to all users about version ${version} of ${product}: ${users === "" ? "This version holds nothing that users notice" : users}. Questions are welcome.`,
    );
    return {
      answer: [
        `Release ${version} of ${product}. Nothing was published: that stays with you.`,
        `Notes, a draft:\n${notes.answer}`,
        ["Before it goes out:", ...checks.map((check) => `- [ ] ${check}`)].join("\n"),
        `Announcement, a draft:\n${announcement.answer}`,
      ].join("\n\n"),
    };
  },
});
