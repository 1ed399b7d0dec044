// Every agent's own evals on the offline model, all that need no language model: they hold, and no contract breaks.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import { trust } from "../../config/trust.ts";
import type { Card } from "../../src/agent.ts";
import { loadRoster } from "../../src/roster.ts";
import { loadOrTrainRouter } from "../../src/training/router-cache.ts";
import { type OpenedErp, openEmbeddedErp } from "../support/embedded-erp.ts";
import { answerFrom, partsFrom, runFrom } from "../support/rehearsal.ts";
import type { Stage } from "../support/rehearsal.ts";

const roster = await loadRoster(new URL("../../agents", import.meta.url).pathname);
const model = createOfflineModel();
const router = loadOrTrainRouter(join(tmpdir(), "nova-test-router"), roster.toRouting(), trust.lines);
let opened: OpenedErp;
let stage: Stage;
beforeAll(() => {
  opened = openEmbeddedErp();
  stage = { roster, router, model, erp: opened.erp };
});
afterAll(async () => opened.dispose());

/** What did not hold, each with what was said instead. */
async function missedBy(id: string, card: Card): Promise<readonly string[]> {
  const missed: string[] = [];
  const judge = (ask: string, holds: boolean, end: unknown): void => {
    if (!holds) missed.push(`${ask} → ${JSON.stringify(end)}`);
  };
  switch (card.kind) {
    case "agent":
      for (const tried of card.evals.filter(({ needs }) => needs === undefined)) {
        const { ask } = tried;
        const kept = await answerFrom(stage, { id, card, text: ask });
        // A question and an honest no are words too; what they lack of the reply is empty.
        const reply = card.reply.safeParse(kept.kind === "fulfilled" ? kept.value : null);
        judge(ask, reply.success && tried.expect(reply.data), kept);
      }
      return missed;
    case "pipeline":
      for (const tried of card.evals.filter(({ needs }) => needs === undefined)) {
        const { ask } = tried;
        const end = await runFrom(stage, card, ask);
        judge(ask, tried.expect(end), end);
      }
      return missed;
    case "coordinator":
      for (const tried of card.evals.filter(({ needs }) => needs === undefined)) {
        const { ask } = tried;
        const parts = await partsFrom(stage, card, ask);
        judge(ask, tried.expect(parts), parts);
      }
      return missed;
  }
}

describe("without a language model", () => {
  test.each(roster.entries)("$id holds its evals", async ({ id, card }) => {
    expect(await missedBy(id, card)).toEqual([]);
  });
});

test("the evals that a language model is needed for are the few that it takes to write", () => {
  const needing = roster.entries.filter(({ card }) => card.evals.every(({ needs }) => needs !== undefined));
  expect(needing.map(({ id }) => id)).toEqual(["language/edit", "language/translate"]);
});
