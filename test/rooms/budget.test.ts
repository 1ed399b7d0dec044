// Spending: who pays for what, counted once for a whole turn, and remembered over a restart also when it failed.
import { afterEach, describe, expect, test } from "vitest";
import { createBudget } from "../../src/budget.ts";
import { parseConfig } from "../../src/config.ts";
import type { Model } from "../../src/ports.ts";
import { createDirectory } from "../../src/people.ts";
import { createTestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { calling, says, script } from "../support/script.ts";
import type { Script } from "../support/script.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";

const limits = { perTurn: 0.5, perPersonPerDay: 2, perDay: 20 };
const budget = () => createBudget(limits, createTestClock(), []);

describe("a budget", () => {
  test("counts all parts of a plan against the turn's limit", () => {
    const line = budget();
    const bill = { person: "Kit", turn: "t1", run: null };
    line.spend(bill, 0.3);
    expect(() => line.spend(bill, 0.3)).toThrow("t1 cost 0.6");
    line.spend({ ...bill, turn: "t2" }, 0.3);
    expect(line.spentOn("t1")).toBeCloseTo(0.6);
  });

  test("knows what the steps of a run have cost together, each within a limit of its own", () => {
    const line = budget();
    for (const step of ["draft", "welcome note"])
      line.spend({ person: "Kit", turn: `r-1:${step}`, run: "r-1" }, 0.4);
    expect(line.spentOn("r-1")).toBeCloseTo(0.8);
    expect(line.spentOn("r-10")).toBe(0);
  });

  test("a stranger who bears the owner's name spends nothing of the owner's", () => {
    const config = parseConfig(
      { people: [{ name: "Kit", ids: ["discord:1001"], role: "owner" }] },
      "a config",
    );
    const stranger = createDirectory(config).personOf({ id: "discord:6", name: "Kit", standing: "regular" });
    const line = budget();
    for (let turn = 0; turn < 5; turn += 1)
      line.spend({ person: stranger.name, turn: `t${turn}`, run: null }, 0.45);
    expect(() => line.admit(stranger.name)).toThrow("reached 2 dollars");
    expect(() => line.admit("Kit")).not.toThrow();
  });
});

let nova: NovaUnderTest | null = null;
afterEach(async () => {
  await nova?.close();
  nova = null;
});
/** Every call costs thirty cents. */
const priced = (model: Script): Model => ({
  ...model,
  isLanguageModel: true,
  generate: async (request, options) => {
    const reply = await model.generate(request, options);
    return { ...reply, usage: { ...reply.usage, dollars: 0.3 } };
  },
});
async function enter(model: Script, perPersonPerDay: number): Promise<Door> {
  const door = terminalDoor();
  const budgets = { perTurn: 5, perPersonPerDay, perDay: 20 };
  nova = await startNova({ doors: [door], model: priced(model), config: { budgets } });
  return door;
}
const spent = async (): Promise<unknown> => nova?.journal().spentSince(0);
const usedUp = /Your spending limit of \$0\.5 for today is used up/u;

describe("spending through the door", () => {
  test("a turn that failed is paid for after a restart too", async () => {
    const model = script(says("", { sources: [] }), says("", { sources: [] }));
    const door = await enter(model, 0.5);
    await door.says("chat/general: hello");
    await sees(door, /broke its contract twice/u);
    await nova?.idle();
    expect(await spent()).toEqual([{ person: "Kit", dollars: 0.6 }]);
    await nova?.restart();
    await door.says("chat/general: hello again");
    await sees(door, usedUp);
    expect(model.requests).toHaveLength(2);
  });

  test("choosing an agent costs too, and is not asked for when nothing is left", async () => {
    const model = script(
      calling("reply", { choice: "ask", why: "unclear" }),
      calling("reply", { choice: "ask", why: "unclear" }),
    );
    const door = await enter(model, 0.5);
    for (const at of [0, 1, 2]) {
      await door.says("do the thing with the order and the letter");
      await sees(door, (posts) => posts.join("").split("Type the number of your choice").length === at + 2);
    }
    await nova?.idle();
    expect(model.requests).toHaveLength(2);
    expect(await spent()).toEqual([{ person: "Kit", dollars: 0.6 }]);
  });

  test("reading a pipeline's inputs costs too, and is refused when nothing is left", async () => {
    const model = script(calling("inputs", {}), calling("inputs", {}));
    const door = await enter(model, 0.5);
    for (const at of [1, 2]) {
      await door.verb("run", "client-onboarding the new one");
      await sees(door, (posts) => posts.join("").split("I need `client`").length === at + 1);
    }
    await nova?.idle();
    expect(await spent()).toEqual([{ person: "Kit", dollars: 0.6 }]);
    await door.verb("run", "client-onboarding the new one");
    await sees(door, usedUp);
    expect(model.requests).toHaveLength(2);
  });
});
