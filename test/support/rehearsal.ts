// An agent tried with one of its own evals: a real toolbox over the sample ERP, a small memory, the given model. Nothing
// is executed; in a rehearsed pipeline every proposal is prepared by the ERP and then taken for approved.
import { z } from "zod";
import { sparePartsShop } from "../../config/projects/spare-parts-shop.ts";
import type { AgentCard, CoordinatorCard, PipelineCard, PlannedAnswer, Step } from "../../src/agent.ts";
import type { Rehearsal as Rehearsed } from "../../src/agent.ts";
import { keepContract } from "../../src/replies/contract.ts";
import type { Kept } from "../../src/replies/contract.ts";
import type { ProjectMemory } from "../../src/effects.ts";
import type { PackItem } from "../../src/pack.ts";
import type { Erp, Model } from "../../src/ports.ts";
import type { Roster } from "../../src/roster.ts";
import { decideRoute } from "../../src/routing/decide.ts";
import type { Router } from "../../src/routing/training.ts";
import { askAgent } from "../../src/work/agent-loop.ts";
import type { AgentResult } from "../../src/work/agent-loop.ts";
import { fillInputs } from "../../src/work/pipeline-inputs.ts";
import { createTargets } from "../../src/work/targets.ts";
import { createToolbox } from "../../src/work/toolbox.ts";
import { sampleDay } from "./embedded-erp.ts";

export type Stage = {
  readonly roster: Roster;
  readonly router: Router;
  readonly model: Model;
  readonly erp: Erp;
};

const now = Date.parse(`${sampleDay}T08:00:00Z`);
const signal = new AbortController().signal;

const said = (id: string, source: string, text: string): PackItem => ({
  id,
  source,
  at: now - 9 * 86_400_000,
  label: "current",
  text,
});
const remembered: readonly PackItem[] = [
  said("f-logo", "decision by Kit", "The logo stays blue"),
  said("f-sqlite", "decision by Kit", "We use SQLite and not Postgres for the shop"),
  said("f-catalogue", "fact by Maya", "The city of Marlow uses the printed catalogue"),
];
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
const memory: ProjectMemory = {
  recall: async (text, limit) => {
    const asked = new Set(wordsOf(text));
    return remembered.filter((item) => wordsOf(item.text).some((word) => asked.has(word))).slice(0, limit);
  },
};

const standing = (id: string, source: string, text: string): PackItem => ({
  id,
  source,
  at: null,
  label: "current",
  text,
});

async function itemsFor({ roster }: Stage, card: AgentCard, text: string): Promise<readonly PackItem[]> {
  const { profile = "", conventions = [] } = sparePartsShop;
  const shelves = {
    profile: [standing("profile", "context", profile)],
    conventions: conventions.map((line, at) => standing(`convention:${at + 1}`, "context", line)),
    agents: roster.entries.map((one) => standing(`agent:${one.id}`, "roster", `${one.id}: ${one.card.job}`)),
    facts: await memory.recall(text, 12),
    "open items": [],
    summary: [],
    history: [],
  } as const satisfies Record<string, readonly PackItem[]>;
  return card.sees.flatMap((sight) => [...shelves[sight]]);
}

/** What the agent said within its contract. Throws where it broke it: a rehearsal repairs nothing. */
export async function answerFrom(
  stage: Stage,
  { id, card, text }: { readonly id: string; readonly card: AgentCard; readonly text: string },
): Promise<Kept> {
  const items = await itemsFor(stage, card, text);
  const toolbox = createToolbox({
    agent: id,
    card,
    withheld: [],
    world: { erp: stage.erp, memory, now },
    erp: stage.erp,
    origin: `${id} ${text}`,
    targets: createTargets([text]),
    admits: async () => null,
  });
  const first = await askAgent(stage.model, {
    card,
    withheld: [],
    text,
    images: [],
    pack: { items, history: [], tokens: 0, dropped: [] },
    toolbox,
    signal,
    onText: null,
    onCost: () => undefined,
    onLost: () => undefined,
  });
  const redo = async (words: string): Promise<AgentResult> => {
    throw new Error(`${id} broke its contract at "${text}": ${words}`);
  };
  const agents = stage.roster.entries.map((entry) => entry.id);
  const { kept } = await keepContract(first, { card, agents, asked: text, items, redo });
  return kept;
}

const wordsIn = (kept: Kept): string =>
  kept.kind === "fulfilled" ? kept.value.answer : kept.kind === "needs" ? kept.question : kept.why;

/** The launch, and the run to its end over durable steps that are done at once. */
export async function runFrom(stage: Stage, card: PipelineCard, text: string): Promise<Rehearsed<unknown>> {
  const filled = card.inputs.safeParse(await fillInputs(stage.model, { inputs: card.inputs, text, signal }));
  if (!filled.success) return { inputs: null, proposed: [], answer: "" };
  const proposed: string[] = [];
  const step: Step = {
    agent: async (name, agent, words) => {
      const kept = await answerFrom(stage, { id: stage.roster.idOf(agent), card: agent, text: words });
      if (kept.kind !== "fulfilled") throw new Error(`The step "${name}" ended with: ${wordsIn(kept)}`);
      return agent.reply.parse(kept.value);
    },
    read: async (_name, reader, input) =>
      z.json().parse(await reader.read(input, { erp: stage.erp, memory, now })),
    effect: async (_name, effect, input) => {
      const { connector, name: instance } = stage.erp;
      const command = effect.toCommand(input, { connector, instance });
      const prepared = await stage.erp.prepare(command);
      proposed.push(command.op);
      return prepared.kind === "prepared"
        ? { state: "applied", detail: "" }
        : { state: "failed", detail: JSON.stringify(prepared) };
    },
  };
  const { answer } = await card.run(filled.data, step);
  return { inputs: filled.data, proposed, answer };
}

type Part = { readonly id: string; readonly card: AgentCard; readonly text: string };

/** A standing plan as it stands; without one, what the router makes of the request. */
export async function partsFrom(
  stage: Stage,
  card: CoordinatorCard,
  text: string,
): Promise<readonly PlannedAnswer[]> {
  const parts: readonly Part[] =
    card.parts?.map((part) => ({
      id: stage.roster.idOf(part.card),
      card: part.card,
      text: part.ask(text),
    })) ?? split(stage, text);
  return Promise.all(
    parts.map(async (part) => ({
      agent: part.id,
      text: part.text,
      answer: wordsIn(await answerFrom(stage, part)),
    })),
  );
}

function split({ roster, router }: Stage, text: string): readonly Part[] {
  const { target } = decideRoute({
    router,
    roster: roster.toRouting(),
    person: "owner",
    projectAgents: null,
    thread: { lastAgent: null, lastText: null, waiting: null },
    address: null,
    text,
    modelReady: false,
  }).decision;
  if (target.kind !== "plan") return [];
  return target.parts.flatMap((part) => {
    const card = roster.get(part.agent);
    return card.kind === "agent" ? [{ id: part.agent, card, text: part.text }] : [];
  });
}
