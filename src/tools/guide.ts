// Nova's own handbook as a reader, so that an answer about Nova rests on something that was looked up.
import { z } from "zod";
import { defineReader } from "../effects.ts";

type Page = { readonly id: string; readonly about: string; readonly text: string };

// The first page is the answer to anything the others do not match.
const pages: readonly Page[] = [
  {
    id: "guide:abilities",
    about: "what can you do nova able abilities skills features good for who are you help",
    text: "I answer from this project's context, draft, summarise, translate and polish texts, look up stock, orders, invoices and customers in the ERP, prepare changes there for your approval, run pipelines such as the onboarding of a client, and remember facts and decisions with their date. `agents` lists everyone who works here.",
  },
  {
    id: "guide:ask",
    about: "ask agent agents address pick choose specific talk directly command slash mention route",
    text: "Just write what you need, or address one agent with `ask <agent> <text>`. `agents` lists them, `why` shows why the last message went where it went.",
  },
  {
    id: "guide:approvals",
    about:
      "approve approval approvals reject card button press confirm safe permission who may sign pending waiting expire",
    text: "Whatever would change something comes as a card with the exact effect and the buttons Approve and Reject; nothing happens before a listed approver presses Approve, and text never approves. `approvals` lists what is waiting; in the terminal, `approve ID` and `reject ID [reason]` decide.",
  },
  {
    id: "guide:pipelines",
    about: "pipeline pipelines run start launch job steps stop progress workflow onboarding runs",
    text: "`run <pipeline> [inputs]` launches a pipeline and shows one progress message. `runs` lists what is under way, `stop RUN` ends one. Steps that change something wait for an approval.",
  },
  {
    id: "guide:memory",
    about:
      "remember remembered forget forgotten decide record fact note memory store keep delete save decision context",
    text: "`remember <fact>` keeps a fact for this project, `decide <decision>` records a decision, `forget <fact>` removes one, and `context` shows what this channel's project knows. A remembered item always comes back with its date and who said it.",
  },
  {
    id: "guide:projects",
    about:
      "project projects channel bind new set up config add people person member guest role settings connect",
    text: "A project is bound to its channels in the config, with its people, its allowed agents and its ERP. Someone who is not listed there is a guest: answered by chat and language agents only, without project memory and without approvals.",
  },
  {
    id: "guide:trouble",
    about:
      "failed failure failures failing error errors wrong retry again broken stuck status rights permission allowed no answer board brief cost why",
    text: "`failures` shows what went wrong lately, `retry` runs the last failed message again, `status` says what is connected and what Nova may do in the ERP, `board` and `brief` show where the projects stand, and `why` shows route, context and cost of the last answer.",
  },
];

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);

function matchesOf(page: Page, asked: ReadonlySet<string>): number {
  return [...wordsOf(page.about)].filter((word) => asked.has(word)).length;
}

export const readGuide = defineReader({
  name: "readGuide",
  description:
    "Looks up Nova's own handbook: what Nova can do, its verbs, approvals, pipelines, memory, projects.",
  examples: ["What can you do?", "How do I approve something?", "How do I start a pipeline?"],
  input: z.object({ text: z.string().trim().min(1).max(500) }),
  output: z.strictObject({
    rows: z.array(z.strictObject({ id: z.string(), source: z.literal("Nova's handbook"), text: z.string() })),
    total: z.number().int(),
  }),
  read: async ({ text }) => {
    const asked = wordsOf(text);
    const ranked = pages
      .map((page) => ({ page, matches: matchesOf(page, asked) }))
      .filter(({ matches }) => matches > 0)
      .sort((left, right) => right.matches - left.matches)
      .map(({ page }) => page);
    const best = ranked.length === 0 ? pages.slice(0, 1) : ranked.slice(0, 2);
    const rows = best.map((page) => ({
      id: page.id,
      source: "Nova's handbook" as const,
      text: page.text,
    }));
    return { rows, total: rows.length };
  },
});
