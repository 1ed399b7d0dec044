// An agent tried with one of its own evals: a real toolbox over the sample ERP, a small memory, the given model, and the
// contract with its one repair. Nothing is executed; in a rehearsed pipeline every proposal is prepared by the ERP and then
// taken for approved.
import { z } from "zod";
import type { AgentCard, CoordinatorCard, PipelineCard, PlannedAnswer, Proposed, Step } from "../agent.ts";
import type { Rehearsal as Rehearsed } from "../agent.ts";
import type { Bill, Budget } from "../budget.ts";
import { withDeadline } from "../deadline.ts";
import { keepContract } from "../replies/contract.ts";
import type { Kept } from "../replies/contract.ts";
import type { PackItem } from "../pack.ts";
import { paidModel } from "../paid-model.ts";
import type { Clock, Model } from "../ports.ts";
import type { Roster } from "../roster.ts";
import { decideRoute } from "../routing/decide.ts";
import type { RouteDecision } from "../routing/route.ts";
import type { Router } from "../routing/training.ts";
import { askAgent } from "../work/agent-loop.ts";
import type { AgentResult } from "../work/agent-loop.ts";
import { fillInputs } from "../work/pipeline-inputs.ts";
import { createTargets } from "../work/targets.ts";
import { createToolbox } from "../work/toolbox.ts";
import type { EvalHouse } from "./eval-house.ts";

export type Stage = {
  readonly roster: Roster;
  readonly router: Router;
  readonly model: Model;
  /** For deadlines; the day of an eval is its house's. */
  readonly clock: Clock;
  readonly budget: Budget;
};
/** One eval of one agent, in a house of its own. */
export type Trial = Stage & {
  readonly house: EvalHouse;
  readonly bill: Bill;
  /** Told when an answer took the contract's one repair. */
  readonly onRepair: () => void;
};
type Asked = { readonly id: string; readonly card: AgentCard; readonly text: string };

/** As long as an agent has for a person. */
const answerMs = 60_000;

async function itemsFor({ roster, house }: Trial, card: AgentCard, text: string): Promise<PackItem[]> {
  const shelves = {
    profile: house.profile,
    conventions: house.conventions,
    agents: roster.entries.map((one): PackItem => ({
      id: `agent:${one.id}`,
      source: "roster",
      at: null,
      label: "current",
      text: `${one.id}: ${one.card.job}`,
    })),
    facts: await house.memory.recall(text, 12),
    "open items": [],
    summary: [],
    history: [],
  } as const satisfies Record<AgentCard["sees"][number], readonly PackItem[]>;
  return card.sees.flatMap((sight) => [...shelves[sight]]);
}

/** What came of it: the arm that it ended with, and what it proposed. */
export type Answered = { readonly kept: Kept; readonly proposed: readonly Proposed[] };

/** What the agent said within its contract. Throws the NovaFailure that a person would have been told of. */
export async function answerFrom(trial: Trial, { id, card, text }: Asked): Promise<Answered> {
  const { model, clock, budget, bill, house, roster } = trial;
  const items = await itemsFor(trial, card, text);
  const toolbox = createToolbox({
    agent: id,
    card,
    withheld: [],
    world: house,
    erp: house.erp,
    origin: `${id} ${text}`,
    targets: createTargets([text]),
    admits: async () => null,
  });
  const inTime = async (task: (signal: AbortSignal) => Promise<AgentResult>): Promise<AgentResult> =>
    withDeadline({ clock, afterMs: answerMs }, task);
  const first = await inTime(async (signal) =>
    askAgent(paidModel(model, budget, bill), {
      card,
      withheld: [],
      text,
      images: [],
      pack: { items, history: [], tokens: 0, dropped: [] },
      toolbox,
      signal,
      onText: null,
    }),
  );
  const redo = async (words: string): Promise<AgentResult> =>
    inTime(async (signal) => first.redo(words, signal));
  const agents = roster.entries.map((entry) => entry.id);
  const { kept, sound } = await keepContract(first, { card, agents, asked: text, items, redo });
  if (sound !== first) trial.onRepair();
  return { kept, proposed: sound.proposals.map(({ prepared }) => prepared.command) };
}

const wordsIn = (kept: Kept): string =>
  kept.kind === "fulfilled" ? kept.value.answer : kept.kind === "needs" ? kept.question : kept.why;

/** The launch, and the run to its end over durable steps that are done at once. */
export async function runFrom(trial: Trial, card: PipelineCard, text: string): Promise<Rehearsed<unknown>> {
  const { clock, house, model, budget, bill } = trial;
  const { inputs } = card;
  const found = await withDeadline({ clock, afterMs: answerMs }, async (signal) =>
    fillInputs(paidModel(model, budget, bill), { inputs, text, signal }),
  );
  const filled = inputs.safeParse(found);
  if (!filled.success) return { inputs: null, proposed: [], answer: "" };
  const proposed: string[] = [];
  const step: Step = {
    agent: async (name, agent, words) => {
      const { kept } = await answerFrom(trial, { id: trial.roster.idOf(agent), card: agent, text: words });
      if (kept.kind !== "fulfilled") throw new Error(`The step "${name}" ended with: ${wordsIn(kept)}`);
      return agent.reply.parse(kept.value);
    },
    read: async (_name, reader, input) => z.json().parse(await reader.read(input, house)),
    effect: async (_name, effect, input) => {
      const { connector, name: instance } = house.erp;
      const command = effect.toCommand(input, { connector, instance });
      const prepared = await house.erp.prepare(command);
      proposed.push(command.op);
      return prepared.kind === "prepared"
        ? { state: "applied", detail: "" }
        : { state: "failed", detail: JSON.stringify(prepared) };
    },
  };
  const { answer } = await card.run(filled.data, step);
  return { inputs: filled.data, proposed, answer };
}

/** A standing plan as it stands; without one, what the router makes of the request. */
export async function partsFrom(
  trial: Trial,
  card: CoordinatorCard,
  text: string,
): Promise<readonly PlannedAnswer[]> {
  const standing = card.parts?.map((part) => ({
    id: trial.roster.idOf(part.card),
    card: part.card,
    text: part.ask(text),
  }));
  return Promise.all(
    (standing ?? split(trial, text)).map(async (part) => ({
      agent: part.id,
      text: part.text,
      answer: wordsIn((await answerFrom(trial, part)).kept),
    })),
  );
}

/** As an owner would be routed in a fresh thread, without a model's help: the same in every run. */
export function routeOf({ roster, router }: Pick<Stage, "roster" | "router">, text: string): RouteDecision {
  return decideRoute({
    router,
    roster: roster.toRouting(),
    person: "owner",
    projectAgents: null,
    thread: { lastAgent: null, lastText: null, waiting: null },
    address: null,
    text,
    modelReady: false,
  }).decision;
}

function split(trial: Trial, text: string): readonly Asked[] {
  const { target } = routeOf(trial, text);
  if (target.kind !== "plan") return [];
  return target.parts.flatMap((part) => {
    const card = trial.roster.get(part.agent);
    return card.kind === "agent" ? [{ id: part.agent, card, text: part.text }] : [];
  });
}
