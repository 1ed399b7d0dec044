// What Nova knows by itself is asked once more right before the deed: enough approvers, the same rules, the same hashes.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConfigInput } from "../../src/config.ts";
import type { NewProposal } from "../../src/proposal.ts";
import { stageExecution } from "../support/execution-stage.ts";
import type { ExecutionStage } from "../support/execution-stage.ts";

let stage: ExecutionStage;
beforeEach(() => {
  stage = stageExecution();
});
afterEach(async () => stage.close());

const other = "0".repeat(64);
const cases: readonly {
  readonly what: string;
  readonly asked?: Partial<NewProposal>;
  readonly config?: Partial<ConfigInput>;
  readonly state: string;
  readonly why: RegExp;
}[] = [
  {
    what: "A5: one yes where it takes two now",
    asked: { requester: "Maya" },
    config: { approvals: { fourEyes: ["low", "medium", "high"] } },
    state: "stale",
    why: /^it takes 2 approvals now/u,
  },
  {
    what: "A30: a yes under other rules",
    config: { approvals: { highAmount: 9_999 } },
    state: "stale",
    why: /^the policy has changed since it was asked/u,
  },
  {
    what: "A1: a command that its hash does not fit",
    asked: { commandHash: other },
    state: "denied",
    why: /no longer fits its approval/u,
  },
  {
    what: "A1: effects that their hash does not fit",
    asked: { effectHash: other },
    state: "denied",
    why: /no longer fits its approval/u,
  },
];

test.each(cases)("$what executes nothing", async ({ asked = {}, config = {}, state, why }) => {
  await stage.approved("p-1", asked);
  await stage.restart(config);
  const ended = await stage.execute("p-1");
  expect([ended.state, ended.outcomeDetail]).toEqual([state, expect.stringMatching(why)]);
  expect(stage.sent).toEqual([]);
});

test("A6: a clock that was set back makes no approval young again", async () => {
  await stage.approved("p-1", { waitMs: 60_000 });
  stage.clock.advance(-2 * 86_400_000);
  const [due] = await stage.journal.startDue();
  expect(due?.id).toBe("p-1");
  const ended = await stage.execute("p-1");
  expect([ended.state, ended.outcomeDetail]).toEqual(["stale", expect.stringMatching(/^the clock of Nova/u)]);
  expect(stage.sent).toEqual([]);
});

test("where all of it still holds it is done, once", async () => {
  await stage.approved("p-1");
  await stage.restart();
  await stage.execute("p-1");
  expect(stage.sent).toHaveLength(1);
});
