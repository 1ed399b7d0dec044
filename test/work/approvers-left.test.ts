// Approved, and by the time it would run whoever approved may not any more: it is not done, and whoever is left is asked.
import { afterEach, beforeEach, expect, test } from "vitest";
import { successorOf } from "../../src/proposal.ts";
import { stageExecution } from "../support/execution-stage.ts";
import type { ExecutionStage } from "../support/execution-stage.ts";

let stage: ExecutionStage;
beforeEach(() => {
  stage = stageExecution();
});
afterEach(async () => stage.close());

const kit = { name: "Kit", ids: ["discord:1001" as const], role: "member" as const };
const ada = { name: "Ada", ids: ["discord:1003" as const], role: "owner" as const };

test("A4: an approver removed between the press and the deed: not done, and those who remain are asked", async () => {
  await stage.approved("p-1");
  await stage.restart({ people: [kit, ada] });
  const old = await stage.execute("p-1");
  expect([old.state, old.outcomeDetail]).toEqual([
    "stale",
    `Kit, who approved it, may not approve it any more; ${successorOf("p-1")} asks again`,
  ]);
  const next = await stage.get(successorOf("p-1"));
  expect([next.state, next.approvers, next.decidedBy]).toEqual(["proposed", ["Ada"], []]);
  expect(stage.sent).toEqual([]);
});

test("A4: where nobody is left who can be reached, it is closed, and nobody is asked", async () => {
  await stage.approved("p-1");
  await stage.restart({ people: [kit, { ...ada, ids: ["slack:T9/U9"] }] });
  expect(await stage.execute("p-1")).toMatchObject({
    state: "blocked",
    outcomeDetail:
      "Kit, who approved it, may not approve it any more, and nobody else who may can be reached here",
  });
  expect(await stage.journal.proposal(successorOf("p-1"))).toBeNull();
  expect(stage.sent).toEqual([]);
});
