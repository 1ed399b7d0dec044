// What the model may cost, seen from where people are: the real SDK against a strict double, asked on two platforms.
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAnthropicModel } from "../../adapters/anthropic/index.ts";
import type { Model } from "../../src/ports.ts";
import { startAnthropicStub } from "../support/anthropic-stub.ts";
import type { AnthropicStub, Scripted } from "../support/anthropic-stub.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { webDoor } from "../support/doors/web.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { spentNow } from "../support/purse.ts";
import { useNova } from "./stage.ts";

const apiKey = "sk-ant-test-canary-1234567890";
const start = useNova();
let stub: AnthropicStub;
beforeEach(async () => {
  stub = await startAnthropicStub({ apiKey });
});
afterEach(() => stub.close());

const model = (): Model =>
  createAnthropicModel({
    apiKey,
    baseUrl: stub.url,
    model: "claude-sonnet-5-5",
    limiter: { run: async (_key, task) => task() },
    chance: () => 0,
  });
const hello: Scripted = { calls: [{ name: "reply", input: { answer: "Hello there.", sources: [] } }] };
const ask = async (door: Door): Promise<void> => door.verb("ask", "chat/general hello");
const left = (of: string, setting: string): RegExp =>
  new RegExp(
    `budget for today has \\$[\\d.]+ of \\$${of} left and asking the model could cost \\$0\\.\\d+, so I did not ask it: Kit can raise budgets\\.${setting} in the config, and it starts anew at midnight \\(Europe/Berlin\\)`,
    "u",
  );

test("what does not fit is not asked and says why, on each platform; a changed limit counts from the next start on", async () => {
  const doors = [webDoor(), await discordDoor()] as const;
  const limits = (budgets: object) => ({ config: { budgets: { timeZone: "Europe/Berlin", ...budgets } } });
  const nova = await start({ doors, model: model(), ...limits({ perPersonPerDay: 0.01 }) });
  for (const door of doors) {
    await ask(door);
    await sees(door, left("0\\.01", "perPersonPerDay"));
  }
  await nova.idle();
  expect(stub.requests).toEqual([]);
  expect((await nova.journal().failures(5)).map(({ kind }) => kind)).toEqual([
    "budget.spent",
    "budget.spent",
  ]);
  await nova.restart(limits({ perThreadPerDay: 0 }));
  for (const door of doors) {
    await ask(door);
    await sees(
      door,
      /This thread's budget for today is \$0, so no model is asked: Kit can raise budgets\.perThreadPerDay/u,
    );
  }
  await nova.restart(limits({}));
  for (const door of doors) {
    stub.script(hello);
    await ask(door);
    await sees(door, /Hello there/u);
    expect(door.complaints()).toEqual([]);
  }
  await nova.idle();
  const spent = await spentNow(nova.journal());
  expect(spent.get("project:sweeper-parts")).toBe(spent.get("all"));
  expect(spent.get("all")).toBeGreaterThan(0);
});

test("two questions at the same moment get one day's money once", async () => {
  const doors = [webDoor(), await discordDoor()] as const;
  // Room for one at its highest, and for two at what they really cost.
  await start({ doors, model: model(), config: { budgets: { perDay: 0.12 } } });
  stub.script({ fault: "stall", at: "start", reply: hello });
  await ask(doors[0]);
  await stub.stalled();
  await ask(doors[1]);
  await sees(doors[1], /The budget of everybody for today has \$0\.0\d+ of \$0\.12 left/u);
  expect(stub.requests).toHaveLength(1);
  await doors[0].verb("stop");
  await sees(doors[0], /Stopped by Kit/u);
  stub.script(hello);
  await ask(doors[1]);
  await sees(doors[1], /Hello there/u);
});

test("an idle Nova costs nothing: a card that waits, reminders, the daily end of the chain, and no question to a model", async () => {
  const clock = createHandClock(Date.UTC(2026, 0, 5, 9, 30));
  const door = webDoor();
  const nova = await start({ doors: [door], model: model(), clock });
  stub.script(
    { calls: [{ name: "confirmOrder", input: { order: "SO-1007" } }] },
    { calls: [{ name: "reply", input: { answer: "It waits for your approval.", orders: ["SO-1007"] } }] },
  );
  await door.verb("ask", "erp/sales confirm order SO-1007");
  await sees(door, /Waiting for Kit/u);
  await nova.idle();
  const asked = stub.requests.length;
  const sums = await nova.journal().budgetsOn("2026-01-05");
  for (let hour = 0; hour < 60; hour += 1) {
    clock.advance(3_600_000);
    await nova.idle();
  }
  await sees(door, /expired/iu);
  expect(stub.requests).toHaveLength(asked);
  expect(await nova.journal().budgetsOn("2026-01-05")).toEqual(sums);
  for (const day of ["2026-01-06", "2026-01-07"]) expect(await nova.journal().budgetsOn(day)).toEqual([]);
});
