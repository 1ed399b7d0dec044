// Room 4: an agent gets only its slice of this project's context, each item with source, day and label, within a budget.
import { expect, test } from "vitest";
import type { Script } from "../support/script.ts";
import { createTestClock } from "../support/clock.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { sees } from "../support/doors/door.ts";
import { says, script } from "../support/script.ts";
import { useNova } from "../journeys/stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const hello = says("Hello.", { sources: [] });
const contextOf = (model: Script): string => model.requests.at(-1)?.context ?? "";

test("a fact is shown with its day, and as unverified when a quarter has passed", async () => {
  const door = terminalDoor();
  const clock = createTestClock();
  const model = script(hello, hello);
  await start({ doors: [door], model, clock });
  await door.verb("remember", "the yard closes at five");
  await sees(door, /Remembered for/u);
  await door.says("chat/general: when does the yard close?");
  await holds(() => expect(model.requests).toHaveLength(1));
  expect(contextOf(model)).toMatch(
    /\[f-\w+ \| fact by Kit \| 2026-01-05 \| current\] the yard closes at five/u,
  );
  clock.advance(91 * 86_400_000);
  await door.says("chat/general: when does the yard close today?");
  await holds(() => expect(model.requests).toHaveLength(2));
  expect(contextOf(model)).toMatch(/\| 2026-01-05 \| unverified\] the yard closes at five/u);
});

test("what does not fit the budget is left out whole, and `why` says so", async () => {
  const door = terminalDoor();
  const model = script(hello);
  const nova = await start({ doors: [door], model });
  for (let at = 0; at < 10; at += 1)
    await door.verb("remember", `yard rule number ${at}: ${"sweep the yard twice a day ".repeat(40)}`);
  await holds(async () => expect((await nova.journal().figures()).done).toBe(10));
  await door.says("chat/general: which yard rule is it?");
  await holds(() => expect(model.requests).toHaveLength(1));
  const kept = contextOf(model).match(/yard rule number \d/gu) ?? [];
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(10);
  await door.verb("why");
  await sees(door, /Left out: f-\w+, over the token budget/u);
});

test("an agent that does not see memory is not given any", async () => {
  const door = terminalDoor();
  const model = script(says("Bonjour.", { language: "French" }), says("Bonjour.", { language: "French" }));
  await start({ doors: [door], model });
  await door.verb("remember", "the yard closes at five");
  await sees(door, /Remembered for/u);
  await door.says("language/translate: translate into French: when does the yard close?");
  await holds(() => expect(model.requests.length).toBeGreaterThan(0));
  expect(contextOf(model)).not.toMatch(/closes at five/u);
});
