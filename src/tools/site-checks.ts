// What has to be true of a client's web site at each turn of its life, as a reader: a check-list that is looked up is
// the same for every client and every day.
import { z } from "zod";
import { defineReader } from "../effects.ts";

const lists = {
  launch: {
    about: "launch live go-live golive online relaunch publish release ready before start ship goes",
    checks: [
      "The client has approved texts, pictures and prices in writing.",
      "Domain and DNS: who changes the entry, when, and what was there before.",
      "The certificate covers the domain with and without www.",
      "Old addresses lead to the new ones (301), the most visited ones were tried.",
      "Imprint, privacy page and consent banner are there and true.",
      "Every form was sent once, and its mail arrived with the client.",
      "Phone and a small screen: menu, forms and pictures were tried.",
      "Titles and descriptions are set, and search engines are no longer locked out.",
      "Visitor counting works, after consent only.",
      "A backup of the old site exists, and somebody has restored it once.",
      "Somebody watches on the day, and knows the way back.",
    ],
  },
  change: {
    about:
      "change changes request wants wish adjust replace new edit update swap remove add scope extra header",
    checks: [
      "Which page and which place on it.",
      "Who delivers texts and pictures, and by when.",
      "What it replaces, and whether the old one is kept.",
      "Inside what was agreed, or an extra that needs an offer first.",
      "Who of the client says that it is done.",
    ],
  },
  handover: {
    about: "handover hand over leave end finish training access login passwords maintenance contract",
    checks: [
      "Every access is in the client's name: domain, hosting, editing, visitor counting.",
      "Ours are taken back, or a maintenance contract says that they stay.",
      "The client has edited a page once, without help.",
      "What runs out and when: domain, certificate, licences.",
      "Where the backup is, and how it is restored.",
    ],
  },
  move: {
    about: "move moves moving host hosting provider server migrate migration switch transfer domain",
    checks: [
      "The times to live in the DNS were lowered two days before.",
      "Mail stays where it is: its entries are noted before anything is changed.",
      "Files and database were copied, and counted on both sides.",
      "The site was tried at the new place under its own name before the switch.",
      "The old place stays for two weeks.",
    ],
  },
} as const satisfies Record<string, { readonly about: string; readonly checks: readonly string[] }>;
type Occasion = keyof typeof lists;
const occasions = ["launch", "change", "handover", "move"] as const satisfies readonly Occasion[];

const wordsIn = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}-]{3,}/gu) ?? []);

/** The occasion whose words are said most; a wish that names none is a change. */
function occasionOf(text: string): Occasion {
  const said = wordsIn(text);
  const matches = (occasion: Occasion): number =>
    [...wordsIn(lists[occasion].about)].filter((word) => said.has(word)).length;
  const best = occasions.toSorted((left, right) => matches(right) - matches(left))[0] ?? "change";
  return matches(best) === 0 ? "change" : best;
}

export const readSiteChecks = defineReader({
  name: "readSiteChecks",
  description:
    "The check-list for a client's web site: before a launch, for a change request, for a handover, for a move to another host.",
  examples: [
    "What must be ready before the site goes live?",
    "The client wants a new header on the start page",
    "We move the site to another host",
  ],
  input: z.object({
    text: z.string().trim().min(1).max(1_000).describe("the whole text of what is wanted or about to happen"),
    occasion: z.enum(occasions).optional().describe("which check-list; absent: told from the words"),
  }),
  output: z.strictObject({
    occasion: z.enum(occasions),
    rows: z.array(z.strictObject({ id: z.string(), check: z.string(), text: z.string() })),
    total: z.number().int(),
  }),
  read: async ({ text, occasion }) => {
    const chosen = occasion ?? occasionOf(text);
    const rows = lists[chosen].checks.map((check, at) => ({
      id: `${chosen}:${at + 1}`,
      check,
      text: check,
    }));
    return { occasion: chosen, rows, total: rows.length };
  },
});
