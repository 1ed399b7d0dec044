// Every agent's own evals on the offline model, all that need no language model: they hold, and no contract needs a repair.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import { trust } from "../../config/trust.ts";
import { systemClock } from "../../src/clock.ts";
import { createEvalHouses } from "../../src/eval/eval-house.ts";
import type { Stage } from "../../src/eval/rehearsal.ts";
import { tryEval } from "../../src/eval/trial.ts";
import { loadRoster } from "../../src/roster.ts";
import { loadOrTrainRouter } from "../../src/training/router-cache.ts";
import { createTestBudget } from "../support/purse.ts";

const roster = await loadRoster(new URL("../../agents", import.meta.url).pathname);
const budget = createTestBudget();
const router = loadOrTrainRouter(join(tmpdir(), "nova-test-router"), roster.toRouting(), trust.lines);
const stage: Stage = { roster, router, model: createOfflineModel(), clock: systemClock, budget };
const houses = createEvalHouses();

describe("without a language model", () => {
  test.each(roster.entries)("$id holds its evals", async ({ id, card }) => {
    const ends = await Promise.all(
      card.evals.map(async (_tried, at) => tryEval(stage, houses, { id, card, at })),
    );
    expect(ends).toHaveLength(card.evals.length);
    for (const [at, end] of ends.entries()) {
      const expected = card.evals[at]?.needs === undefined ? "passed" : "skipped";
      expect(end).toMatchObject({ outcome: expected, isRepaired: false });
    }
  });
});

test("the evals that a language model is needed for are the few that it takes to write", () => {
  const needing = roster.entries.filter(
    ({ card }) => card.evals.filter(({ needs }) => needs === undefined).length < 2,
  );
  expect(needing.map(({ id }) => id)).toEqual(["language/edit", "language/translate"]);
});
