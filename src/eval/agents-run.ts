// Every agent's evals, a few side by side, each in a house of its own: what was measured, of which model, agent by agent.
import type { Budgets } from "../budget.ts";
import { createBudget } from "../budget.ts";
import type { Card } from "../agent.ts";
import type { Clock, Model } from "../ports.ts";
import type { Roster } from "../roster.ts";
import type { Router } from "../routing/training.ts";
import { modelNameOf } from "./agents-report.ts";
import type { AgentEvidence, AgentsReport } from "./agents-report.ts";
import { contractChecks } from "./contract-checks.ts";
import { createEvalBudgets } from "./eval-budgets.ts";
import { createEvalHouses } from "./eval-house.ts";
import type { EvalHouses } from "./eval-house.ts";
import { readerChecks } from "./reader-checks.ts";
import type { Stage } from "./rehearsal.ts";
import { routedAsks } from "./routed-asks.ts";
import { tryEval } from "./trial.ts";
import type { TrialEnd, TrialPlan } from "./trial.ts";

export type AgentsRun = {
  readonly roster: Roster;
  readonly router: Router;
  readonly model: Model;
  /** Fills the readers' fields, whatever model is measured. */
  readonly offline: Model;
  readonly clock: Clock;
  /** The whole run may cost a day, each eval a turn; it is nobody's message, so no person's line is asked. */
  readonly budgets: Pick<Budgets, "perDay" | "perTurn">;
  /** Ids to run; null: everybody. */
  readonly only: ReadonlySet<string> | null;
  /** Told after each eval. */
  readonly onEnd: (done: Done) => void;
};
export type Done = {
  readonly done: number;
  readonly of: number;
  readonly id: string;
  readonly end: TrialEnd;
};
type Entry = { readonly id: string; readonly card: Card };

const sideBySide = 4;
/** So many evals in a row that no model answered: it won't answer the rest either, and nobody waits for that. */
const deafAfter = 8;

export async function runAgentEvals(run: AgentsRun): Promise<AgentsReport> {
  const { roster, clock, only } = run;
  const { perDay } = run.budgets;
  const journal = createEvalBudgets();
  const each = { perThreadPerDay: null, perPersonPerDay: perDay, perProjectPerDay: null };
  const budget = createBudget({
    budgets: { ...run.budgets, ...each, timeZone: "UTC" },
    clock,
    journal,
    owners: ["the owner"],
    onTrouble: (what, thrown) => {
      throw new Error(`${what} of an eval was not counted`, { cause: thrown });
    },
  });
  const stage: Stage = { ...run, budget };
  const entries = roster.entries.filter(({ id }) => only === null || only.has(id));
  const houses = createEvalHouses();
  const ends = await tryAll(run, stage, { houses, entries });
  const house = await houses.open();
  try {
    const agents: AgentEvidence[] = [];
    for (const { id, card } of entries) {
      agents.push({
        ...countsOf(inOrder(ends.get(id))),
        id,
        at: clock.now(),
        model: modelNameOf(run.model),
        routing: routedAsks(run, { id, card }),
        contract: await contractChecks(roster, card),
        readers: await readerChecks({ offline: run.offline, house }, card),
      });
    }
    const dollars = (await budget.today()).total;
    return { version: 1, at: clock.now(), model: modelNameOf(run.model), dollars, agents };
  } finally {
    await house.close();
  }
}

/** By agent and place on its card: who is done first depends on the machine, the report does not. */
type Ends = ReadonlyMap<string, Map<number, TrialEnd>>;
type Work = { readonly houses: EvalHouses; readonly entries: readonly Entry[] };

/** In the order of the cards; each of the few takes the next one that nobody has. */
async function tryAll(run: AgentsRun, stage: Stage, { houses, entries }: Work): Promise<Ends> {
  const plans = entries.flatMap(({ id, card }): TrialPlan[] =>
    [...card.evals.keys()].map((at) => ({ id, card, at })),
  );
  const ends: Ends = new Map(entries.map(({ id }) => [id, new Map()]));
  const left = plans.values();
  let done = 0;
  let deaf = 0;
  const work = async (): Promise<void> => {
    for (const plan of left) {
      const end = deaf >= deafAfter ? unasked(plan) : await tryEval(stage, houses, plan);
      if (end.outcome !== "skipped") deaf = isDeaf(end) ? deaf + 1 : 0;
      ends.get(plan.id)?.set(plan.at, end);
      done += 1;
      run.onEnd({ done, of: plans.length, id: plan.id, end });
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return ends;
}

const inOrder = (ends: ReadonlyMap<number, TrialEnd> = new Map()): readonly TrialEnd[] =>
  [...ends].toSorted(([one], [other]) => one - other).map(([, end]) => end);

const isDeaf = ({ failure }: TrialEnd): boolean => failure === "model.down" || failure === "model.late";

const unasked = ({ card, at }: TrialPlan): TrialEnd => ({
  ask: card.evals[at]?.ask ?? "",
  outcome: "unmeasured",
  why: `model.down: not asked, because ${deafAfter} evals before it had no answer`,
  isRepaired: false,
  failure: "model.down",
});

type Counts = Pick<AgentEvidence, "passed" | "failed" | "unmeasured" | "skipped" | "repaired" | "misses">;

function countsOf(ends: readonly TrialEnd[]): Counts {
  const count = (outcome: TrialEnd["outcome"]): number =>
    ends.filter((end) => end.outcome === outcome).length;
  return {
    passed: count("passed"),
    failed: count("failed"),
    unmeasured: count("unmeasured"),
    skipped: count("skipped"),
    repaired: ends.filter(({ outcome, isRepaired }) => outcome === "passed" && isRepaired).length,
    misses: ends.flatMap(({ ask, outcome, why }) =>
      outcome === "failed" || outcome === "unmeasured" ? [{ ask, outcome, why }] : [],
    ),
  };
}
