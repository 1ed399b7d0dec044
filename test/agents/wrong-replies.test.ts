// An eval is worth what it refuses: each one of each agent is held against replies of the right shape that are wrong for any
// question, and may let none of them pass.
import { describe, expect, test } from "vitest";
import type { AgentCard, Card, Eval } from "../../src/agent.ts";
import { isExpected } from "../../src/eval/expected.ts";
import type { Answered } from "../../src/eval/rehearsal.ts";
import { loadRoster } from "../../src/roster.ts";
import {
  emptyHanded,
  hollowPlans,
  wrongAnswers,
  wrongPlans,
  wrongQuestions,
  wrongRefusals,
  wrongRuns,
} from "../support/wrong-replies.ts";
import type { Called, WrongAnswer } from "../support/wrong-replies.ts";

const roster = await loadRoster(new URL("../../agents", import.meta.url).pathname);

const answered = ({ reply, proposed }: WrongAnswer): Answered => ({
  kept: { kind: "fulfilled", value: reply },
  proposed,
});
function wrongEnds(card: AgentCard, ask: string): readonly Called<Answered>[] {
  return [
    ...wrongAnswers(card, ask).map(({ called, end }) => ({ called, end: answered(end) })),
    ...wrongQuestions.map(({ called, end }): Called<Answered> => ({
      called,
      end: { kept: { kind: "needs", ...end }, proposed: [] },
    })),
    ...wrongRefusals.map(({ called, end }): Called<Answered> => ({
      called,
      end: { kept: { kind: "declined", ...end }, proposed: [] },
    })),
  ];
}

/** What is wrong and passes all the same, as "ask: what passed". */
function passing(card: Card): readonly string[] {
  switch (card.kind) {
    case "agent":
      return card.evals.flatMap((tried) =>
        named(tried.ask, wrongEnds(card, tried.ask), (end) => isExpected(card, tried, end)),
      );
    case "pipeline":
      return card.evals.flatMap((tried) =>
        named(tried.ask, wrongRuns(card, tried.ask), (end) => tried.expect(end)),
      );
    case "coordinator":
      return card.evals.flatMap((tried) =>
        named(
          tried.ask,
          [...wrongPlans(card, tried.ask), ...hollowPlans(card, tried.ask, roster.idOf)],
          (end) => tried.expect(end),
        ),
      );
  }
}
const named = <T>(ask: string, wrong: readonly Called<T>[], holds: (end: T) => boolean): readonly string[] =>
  wrong.filter(({ end }) => holds(end)).map(({ called }) => `${ask}: ${called}`);

describe("no eval lets through what is wrong", () => {
  test.each(roster.entries)("$id", ({ card }) => {
    expect(passing(card)).toEqual([]);
  });
});

const findsNothing = (card: AgentCard, tried: Eval): boolean =>
  isExpected(card, tried, answered(emptyHanded(card)));

test("an agent that never finds anything fails most of its evals, and a pipeline that always asks back too", () => {
  for (const { id, card } of roster.entries) {
    const passed =
      card.kind === "agent"
        ? card.evals.filter((tried) => findsNothing(card, tried)).length
        : card.kind === "pipeline"
          ? card.evals.filter((tried) => tried.expect({ inputs: null, proposed: [], answer: "" })).length
          : card.evals.filter((tried) => tried.expect([])).length;
    expect({ id, isFew: passed < card.evals.length / 2 }).toEqual({ id, isFew: true });
  }
});

test("what an eval wants proposed is what its agent may propose; whom it wants named is another agent", () => {
  for (const { id, card } of roster.entries) {
    if (card.kind !== "agent") continue;
    const own = new Set(card.effects.map(({ op }) => op));
    const wanted = card.evals.flatMap((tried) => ("proposes" in tried ? (tried.proposes ?? []) : []));
    expect({ id, strange: wanted.filter((op) => !own.has(op)) }).toEqual({ id, strange: [] });
  }
});
