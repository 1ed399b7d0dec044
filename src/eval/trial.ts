// One eval judged: it holds, it does not, or nobody could be asked. What the model could not say for reasons that are not
// the agent's (down, late, over the budget) is never counted as a wrong answer, and never as a right one.
import type { Card } from "../agent.ts";
import { NovaFailure, toFailure } from "../failures.ts";
import type { FailureKind } from "../failures.ts";
import type { EvalHouses } from "./eval-house.ts";
import { answerFrom, partsFrom, runFrom } from "./rehearsal.ts";
import { isExpected } from "./expected.ts";
import type { Answered, Stage, Trial } from "./rehearsal.ts";

export type TrialEnd = {
  readonly ask: string;
  readonly outcome: "passed" | "failed" | "unmeasured" | "skipped";
  /** One line; empty when it passed. */
  readonly why: string;
  readonly isRepaired: boolean;
  /** What stopped it; null: an answer was judged. */
  readonly failure: FailureKind | null;
};
type Judged = { readonly holds: boolean; readonly end: unknown };
export type TrialPlan = { readonly id: string; readonly card: Card; readonly at: number };

const notTheAgents: ReadonlySet<FailureKind> = new Set(["model.down", "model.late", "budget.spent"]);
const shownCharacters = 160;

const ended = (ask: string, outcome: TrialEnd["outcome"], why: string): TrialEnd => ({
  ask,
  outcome,
  why: oneLine(why),
  isRepaired: false,
  failure: null,
});

/** For a terminal: a model's words may hold anything, so nothing in them moves a cursor or turns a line around. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
  return line.length <= shownCharacters ? line : `${line.slice(0, shownCharacters - 1)}…`;
}

/** The eval at that place of the card, in a house of its own. Never throws for what an agent or a model did. */
export async function tryEval(stage: Stage, houses: EvalHouses, plan: TrialPlan): Promise<TrialEnd> {
  const tried = plan.card.evals[plan.at];
  if (tried === undefined) throw new Error(`${plan.id} has no eval ${plan.at + 1}.`);
  const { ask, needs } = tried;
  if (needs === "language model" && !stage.model.isLanguageModel)
    return ended(ask, "skipped", "needs a language model");
  const house = await houses.open();
  let isRepaired = false;
  const turn = `${plan.id} ${plan.at + 1}`;
  const bill = { person: "the evals", turn, run: null, thread: "terminal:eval:eval", project: null } as const;
  const onRepair = (): void => {
    isRepaired = true;
  };
  try {
    const { holds, end } = await judge({ ...stage, house, bill, onRepair }, plan, ask);
    const outcome = holds ? "passed" : "failed";
    return { ...ended(ask, outcome, holds ? "" : `its check does not hold for ${worded(end)}`), isRepaired };
  } catch (thrown) {
    return { ...stopped(ask, thrown), isRepaired };
  } finally {
    await house.close();
  }
}

function stopped(ask: string, thrown: unknown): TrialEnd {
  const { kind, detail } = toFailure(thrown);
  const [first = ""] = (thrown instanceof NovaFailure ? detail : String(thrown)).split("\n");
  const why = kind === "unexpected" ? first : `${kind}: ${first}`;
  return { ...ended(ask, notTheAgents.has(kind) ? "unmeasured" : "failed", why), failure: kind };
}

async function judge(trial: Trial, { id, card, at }: TrialPlan, ask: string): Promise<Judged> {
  switch (card.kind) {
    case "agent": {
      const answered = await answerFrom(trial, { id, card, text: ask });
      const tried = card.evals[at];
      return { holds: tried !== undefined && isExpected(card, tried, answered), end: answered };
    }
    case "pipeline": {
      const end = await runFrom(trial, card, ask);
      return { holds: card.evals[at]?.expect(end) === true, end };
    }
    case "coordinator": {
      const end = await partsFrom(trial, card, ask);
      return { holds: card.evals[at]?.expect(end) === true, end };
    }
  }
}

const isAnswered = (end: unknown): end is Answered =>
  typeof end === "object" && end !== null && "kept" in end;

/** What was said instead, in few words. */
function worded(end: unknown): string {
  if (!isAnswered(end)) return JSON.stringify(end);
  const { kept, proposed } = end;
  const also = proposed.length === 0 ? "" : `, proposing ${proposed.map(({ op }) => op).join(", ")}`;
  if (kept.kind === "fulfilled") return `${JSON.stringify(kept.value)}${also}`;
  return kept.kind === "needs"
    ? `the question "${kept.question}"${also}`
    : `the refusal "${kept.why}"${kept.instead === null ? "" : ` (for ${kept.instead})`}${also}`;
}
