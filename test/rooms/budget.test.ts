// Spending: who pays for what, set aside before each question to a model, and remembered over a restart also when it failed.
import { afterEach, describe, expect, test } from "vitest";
import { createCalendar } from "../../src/budget-lines.ts";
import type { Bill } from "../../src/budget.ts";
import { parseConfig } from "../../src/config.ts";
import { NovaFailure } from "../../src/failures.ts";
import { ProjectId } from "../../src/ids.ts";
import { paidModel } from "../../src/paid-model.ts";
import type { Model, ModelRequest } from "../../src/ports.ts";
import { createDirectory } from "../../src/people.ts";
import { createTestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { createTestBudget, spentNow } from "../support/purse.ts";
import { breaks, calling, says, script } from "../support/script.ts";
import type { Script } from "../support/script.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";

const bill: Bill = {
  person: "Kit",
  turn: "t1",
  run: null,
  thread: "discord:1:1",
  project: ProjectId.parse("p1"),
};
const refusedBy = async (reserving: Promise<unknown>): Promise<string> =>
  reserving.then(
    () => "nobody",
    (thrown: unknown) => (thrown instanceof NovaFailure ? thrown.forPerson : String(thrown)),
  );
const spend = async (
  budget: ReturnType<typeof createTestBudget>,
  whose: Bill,
  dollars: number,
): Promise<void> => (await budget.purseFor(whose).reserve(dollars)).settle(dollars);

describe("a budget", () => {
  test.each([
    [
      "perTurn",
      {},
      /^This message's budget has .*budgets\.perTurn in the config, and each next one starts anew\.$/u,
    ],
    [
      "perThreadPerDay",
      { turn: "t2" },
      /^This thread's budget for today has .*budgets\.perThreadPerDay in the/u,
    ],
    [
      "perPersonPerDay",
      { turn: "t2", thread: "discord:1:2" },
      /^Your budget for today has .*perPersonPerDay/u,
    ],
    [
      "perProjectPerDay",
      { turn: "t2", thread: "discord:1:2", person: "Maya" },
      /^This project's budget.*perProjectPerDay/u,
    ],
    [
      "perDay",
      { turn: "t2", thread: "discord:1:2", person: "Maya", project: null },
      /^The budget of everybody for today.*perDay/u,
    ],
  ] as const)(
    "%s holds, and says what is left, who can raise it and when it starts anew",
    async (key, other, words) => {
      const budget = createTestBudget({ [key]: 0.5 });
      await spend(budget, bill, 0.3);
      const refusal = await refusedBy(budget.purseFor({ ...bill, ...other }).reserve(0.3));
      expect(refusal).toMatch(words);
      expect(refusal).toContain(
        "$0.20 of $0.50 left and asking the model could cost $0.30, so I did not ask it",
      );
      expect(refusal).toContain("Kit can raise");
      if (key !== "perTurn") expect(refusal).toContain("it starts anew at midnight (UTC)");
      await spend(budget, { ...bill, ...other }, 0.2);
    },
  );

  test("what is on its way counts at its highest; what it really cost gives the rest back", async () => {
    const budget = createTestBudget();
    const first = await budget.purseFor(bill).reserve(0.4);
    expect(await refusedBy(budget.purseFor(bill).reserve(0.2))).toContain("$0.10 of $0.50 left");
    first.settle(0.1);
    first.settle(0.4);
    await spend(budget, bill, 0.4);
    expect(await budget.today()).toMatchObject({ total: 0.5, reserved: 0, unsettled: 0 });
    expect(budget.spentOn("t1")).toBe(0.5);
  });

  test("a limit of zero asks no model, also one that costs nothing", async () => {
    const purse = createTestBudget({ perPersonPerDay: 0 }).purseFor(bill);
    expect(await refusedBy(purse.reserve(0))).toBe(
      "Your budget for today is $0, so no model is asked: Kit can raise budgets.perPersonPerDay in the config.",
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1])(
    "a highest cost of %d is refused",
    async (dollars) => {
      await expect(createTestBudget().purseFor(bill).reserve(dollars)).rejects.toThrow("can't cost");
    },
  );

  test("knows what the steps of a run have cost together, each within a limit of its own", async () => {
    const budget = createTestBudget();
    for (const step of ["draft", "note"])
      await spend(budget, { ...bill, turn: `r-1:${step}`, run: "r-1" }, 0.4);
    expect(budget.spentOn("r-1")).toBeCloseTo(0.8);
    expect(budget.spentOn("r-10")).toBe(0);
  });

  test("a stranger who bears the owner's name spends nothing of the owner's", async () => {
    const people = [{ name: "Kit", ids: ["discord:1001"], role: "owner" }];
    const config = parseConfig({ people }, "a config");
    const stranger = createDirectory(config).personOf({ id: "discord:6", name: "Kit", standing: "regular" });
    const budget = createTestBudget({ perPersonPerDay: 0.5 });
    await spend(budget, { ...bill, person: stranger.name }, 0.45);
    expect(
      await refusedBy(budget.purseFor({ ...bill, person: stranger.name, turn: "t2" }).reserve(0.1)),
    ).toMatch(/^Your/u);
    await spend(budget, { ...bill, turn: "t3" }, 0.45);
  });

  test("a day ends at midnight of its time zone, also where the clocks change", () => {
    const berlin = createCalendar("Europe/Berlin");
    expect(berlin(Date.UTC(2026, 0, 5, 22, 59))).toBe("2026-01-05");
    expect(berlin(Date.UTC(2026, 0, 5, 23, 0))).toBe("2026-01-06");
    expect(berlin(Date.UTC(2026, 2, 29, 21, 59))).toBe("2026-03-29");
    expect(berlin(Date.UTC(2026, 2, 29, 22, 0))).toBe("2026-03-30");
    expect(createCalendar("Pacific/Auckland")(Date.UTC(2026, 0, 5, 11))).toBe("2026-01-06");
  });

  test("and what was spent the day before is none of the next one's", async () => {
    const clock = createTestClock(Date.UTC(2026, 0, 5, 22, 59));
    const budget = createTestBudget({ perDay: 0.5, timeZone: "Europe/Berlin" }, { clock });
    await spend(budget, bill, 0.5);
    clock.advance(60_000);
    expect(await budget.today()).toMatchObject({ total: 0 });
    await spend(budget, { ...bill, turn: "t2" }, 0.5);
  });
});

describe("one message", () => {
  const question: ModelRequest = {
    instructions: "",
    context: "",
    messages: [],
    tools: [],
    toolChoice: "tool",
    maxTokens: 1,
  };
  const options = { signal: new AbortController().signal, onText: null };
  const ask = (model: Model, turn = "t1"): ReturnType<typeof paidModel> =>
    paidModel(model, budget, { ...bill, turn });
  const budget = createTestBudget();
  const forever = (calls: number): Model => ({
    ...script(),
    generate: async () => ({
      text: "",
      calls: Array.from({ length: calls }, (_, at) => ({ id: `c${at}`, name: "findStock", input: {} })),
      stop: "tools",
      usage: { inputTokens: 1, outputTokens: 1, dollars: 0 },
    }),
  });

  test("asks the model 48 times at most, whoever works on it, and says so; the next one may again", async () => {
    for (let asked = 0; asked < 48; asked += 1) await ask(forever(1)).generate(question, options);
    expect(await refusedBy(ask(forever(1)).generate(question, options))).toBe(
      "I have asked the model 48 times for this message, which is as often as one message may, so I stopped: it was going round in circles.",
    );
    await ask(forever(1), "t2").generate(question, options);
  });

  test("calls 160 tools at most, and none of a reply that would go over", async () => {
    await ask(forever(160), "t3").generate(question, options);
    expect(await refusedBy(ask(forever(1), "t3").generate(question, options))).toContain(
      "called tools 160 times",
    );
    expect(await refusedBy(ask(forever(10_000), "t4").generate(question, options))).toContain("called tools");
  });

  test("is charged what a model says it cost beyond what it had set aside", async () => {
    const dear: Model = {
      ...script(),
      generate: async (_request, { purse }) => {
        (await purse.reserve(0.02)).settle(0.01);
        return {
          text: "hm",
          calls: [],
          stop: "end",
          usage: { inputTokens: 1, outputTokens: 1, dollars: 0.03 },
        };
      },
    };
    await ask(dear, "t5").generate(question, options);
    expect(budget.spentOn("t5")).toBeCloseTo(0.03);
  });
});

let nova: NovaUnderTest | null = null;
afterEach(async () => {
  await nova?.close();
  nova = null;
});
/** Every call costs thirty cents, and could have cost forty. */
const priced = (model: Script): Model => ({
  ...model,
  isLanguageModel: true,
  generate: async (request, options) => {
    const reservation = await options.purse.reserve(0.4);
    const reply = await model.generate(request, options);
    reservation.settle(0.3);
    return { ...reply, usage: { ...reply.usage, dollars: 0.3 } };
  },
});
async function enter(model: Script, perPersonPerDay: number): Promise<Door> {
  const door = terminalDoor();
  const budgets = { perTurn: 5, perPersonPerDay, perDay: 20 };
  nova = await startNova({ doors: [door], model: priced(model), config: { budgets } });
  return door;
}
const spentByKit = async (): Promise<unknown> =>
  nova === null ? null : (await spentNow(nova.journal())).get("person:Kit");
const usedUp = /Your budget for today has \$0\.2\d? of \$0\.80 left and asking the model could cost \$0\.40/u;

describe("spending through the door", () => {
  test("a turn that failed is paid for after a restart too", async () => {
    const model = script(says("", { sources: [] }), says("", { sources: [] }));
    const door = await enter(model, 0.8);
    await door.says("chat/general: hello");
    await sees(door, /broke its contract twice/u);
    await nova?.idle();
    expect(await spentByKit()).toBe(0.6);
    await nova?.restart();
    await door.says("chat/general: hello again");
    await sees(door, usedUp);
    expect(model.requests).toHaveLength(2);
  });

  test("what died in the middle counts at its highest after a restart, once, and status says so", async () => {
    const model = script(breaks(new Error("the line went dead")), says("Hello.", { sources: [] }));
    const door = await enter(model, 5);
    await door.says("chat/general: hello");
    await sees(door, /did not foresee/u);
    await door.verb("status");
    await sees(door, /spent today: \$0\.00 of \$20\.00 \(\$0\.40 more reserved/u);
    for (const restart of [1, 2]) {
      await nova?.restart();
      expect(await spentByKit(), `after restart ${restart}`).toBe(0.4);
    }
    await door.verb("status");
    await sees(door, /spent today: \$0\.40 of \$20\.00 \(\$0\.40 of it unsettled: counted at the highest/u);
  });

  test("choosing an agent costs too, and is not asked for when nothing is left", async () => {
    const model = script(
      calling("reply", { choice: "ask", why: "unclear" }),
      calling("reply", { choice: "ask", why: "unclear" }),
    );
    const door = await enter(model, 0.8);
    for (const at of [0, 1, 2]) {
      await door.says("do the thing with the order and the letter");
      await sees(door, (posts) => posts.join("").split("Type the number of your choice").length === at + 2);
    }
    await nova?.idle();
    expect(model.requests).toHaveLength(2);
    expect(await spentByKit()).toBe(0.6);
  });

  test("reading a pipeline's inputs costs too, and is refused when nothing is left", async () => {
    const model = script(calling("inputs", {}), calling("inputs", {}));
    const door = await enter(model, 0.8);
    for (const at of [1, 2]) {
      await door.verb("run", "client-onboarding the new one");
      await sees(door, (posts) => posts.join("").split("I need `client`").length === at + 1);
    }
    await nova?.idle();
    expect(await spentByKit()).toBe(0.6);
    await door.verb("run", "client-onboarding the new one");
    await sees(door, usedUp);
    expect(model.requests).toHaveLength(2);
  });
});
