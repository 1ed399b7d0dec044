// Whether an agent's contract refuses what it has to: each way of breaking it is tried against the card itself, by the same
// judgement that answers get. Needs no model at all.
import { z } from "zod";
import type { AgentCard, Card } from "../agent.ts";
import { NovaFailure } from "../failures.ts";
import type { Reply } from "../message.ts";
import { keepContract } from "../replies/contract.ts";
import { problemsOf } from "../roster-rules.ts";
import type { Roster } from "../roster.ts";
import type { Checks } from "./agents-report.ts";

type Broken = { readonly called: string; readonly card: AgentCard; readonly reply: Reply };

export async function contractChecks(roster: Roster, card: Card): Promise<Checks> {
  const rules = problemsOf(card);
  const own = await ownProblems(roster, card);
  return { checked: 1 + own.checked, problems: [...rules, ...own.problems] };
}

async function ownProblems(roster: Roster, card: Card): Promise<Checks> {
  switch (card.kind) {
    case "agent":
      return talkProblems(roster, card);
    case "pipeline": {
      const takesNothing = card.inputs.safeParse(null).success;
      return { checked: 1, problems: takesNothing ? ["`inputs` takes what is no object."] : [] };
    }
    case "coordinator": {
      const parts = card.parts ?? [];
      const known = new Set<Card>(roster.entries.map((entry) => entry.card));
      const strangers = parts.filter((part) => !known.has(part.card));
      return {
        checked: parts.length,
        problems: strangers.map(({ card: { job } }) => `\`parts\` asks an agent of no roster (${job}).`),
      };
    }
  }
}

async function talkProblems(roster: Roster, card: AgentCard): Promise<Checks> {
  const agents = roster.entries.map(({ id }) => id);
  const tried = brokenReplies(card);
  const passed: string[] = [];
  for (const broken of tried)
    if (!(await isRefused(broken, agents))) passed.push(`The contract lets through ${broken.called}.`);
  const saysMore = Object.keys(card.reply.shape).length > 1;
  return {
    checked: tried.length + 1,
    problems: saysMore ? passed : [...passed, "`reply` says nothing about its subject but `answer`."],
  };
}

function brokenReplies(card: AgentCard): readonly Broken[] {
  const answering = (value: unknown, called: string, judged = card): Broken => ({
    called,
    card: judged,
    reply: { arm: "fulfilled", value },
  });
  // What else the reply holds is not at issue where its length is.
  const wordsOnly: AgentCard = { ...card, reply: z.object({ answer: z.string() }) };
  const tooLong = Array.from({ length: card.maxWords + 1 }, () => "word").join(" ");
  return [
    answering("words", "a reply that is no object"),
    answering({}, "a reply without its fields"),
    answering({ answer: 7 }, "an answer that is no text"),
    answering({ answer: " " }, "an empty answer", wordsOnly),
    answering({ answer: tooLong }, `an answer of more than ${card.maxWords} words`, wordsOnly),
    { called: "a question without words", card, reply: { arm: "needs", question: " " } },
    {
      called: "a refusal without a reason",
      card,
      reply: { arm: "declined", why: "", instead: null },
    },
    {
      called: "a hand-over to nobody",
      card,
      reply: { arm: "declined", why: "not mine", instead: "nobody/at-all" },
    },
  ];
}

/** Broken, and broken again after the repair: only the failure may be left. */
async function isRefused({ card, reply }: Broken, agents: readonly string[]): Promise<boolean> {
  const replied = { reply, seen: [] };
  try {
    await keepContract(replied, { card, agents, asked: "", items: [], redo: async () => replied });
    return false;
  } catch (thrown) {
    if (thrown instanceof NovaFailure && thrown.kind === "contract.broken") return true;
    throw thrown;
  }
}
