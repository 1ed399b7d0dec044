// An answer that leaned on something old says so and asks; what a person says of it counts from then on, and is on record.
import { describe, expect, test } from "vitest";
import { ProjectId } from "../../src/ids.ts";
import { createTestClock } from "../support/clock.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { says, script } from "../support/script.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { everyDoor, sharedDoors, useNova } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const project = ProjectId.parse("sweeper-parts");
const dayMs = 86_400_000;
const answer = says("The hall is locked with the brass key.", { sources: [] });
const question = "chat/general how is the hall locked?";
const leaned = /remembers f-[0-9a-f]+ \d+ days ago, unverified/u;

async function asked(
  door: Door,
  { answers = 1, clock = createTestClock(Date.now()) } = {},
): Promise<NovaUnderTest> {
  const model = script(...Array.from({ length: answers }, () => answer));
  const nova = await start({ doors: [door], clock, model });
  await door.verb("remember", "The hall is locked with the brass key");
  await sees(door, /Remembered for/u);
  await nova.idle();
  clock.advance(100 * dayMs);
  await door.verb("ask", question);
  await sees(door, leaned);
  await nova.idle();
  return nova;
}
const factsOf = async (nova: NovaUnderTest) => nova.journal().facts(project, 5);
const saidOf = async (nova: NovaUnderTest, id = ""): Promise<string> =>
  (await nova.journal().trail(id)).map(({ kind, body }) => `${kind} ${body}`).join("\n");

describe.each(everyDoor)("on %s", (_name, open) => {
  test("Still true makes the fact certain again, and the next answer no longer asks", async () => {
    const door = await open();
    const clock = createTestClock(Date.now());
    const nova = await asked(door, { answers: 2, clock });
    await door.press("Still true");
    await sees(door, /Still true, says Kit/u);
    const [fact] = await factsOf(nova);
    expect(fact).toMatchObject({ vouchedBy: "Kit" });
    expect(await saidOf(nova, fact?.id)).toMatch(/fact\.vouched.*Kit/u);
    await door.verb("ask", question);
    await sees(door, (posts) => {
      // A channel takes a post a second, and Nova waits for that on its own clock.
      clock.advance(1_000);
      return posts.some((post) => /remembers f-[0-9a-f]+ today/u.test(post));
    });
    await nova.idle();
    expect(door.complaints()).toEqual([]);
  });

  test("Update… puts new words in the place of the old ones, under the name of who said so", async () => {
    const door = await open();
    const nova = await asked(door);
    const [old] = await factsOf(nova);
    await door.press("Update…", { words: "The hall is locked with a code" });
    await sees(door, /Updated by Kit: The hall is locked with a code/u);
    const facts = await factsOf(nova);
    expect(facts).toMatchObject([{ text: "The hall is locked with a code", saidBy: "Kit", kind: "fact" }]);
    expect(await saidOf(nova, old?.id)).toMatch(/fact\.superseded.*Kit/u);
    expect(door.complaints()).toEqual([]);
  });

  test("Forget forgets it, and says on whose word", async () => {
    const door = await open();
    const nova = await asked(door);
    const [old] = await factsOf(nova);
    await door.press("Forget");
    await sees(door, /Forgotten on Kit's word/u);
    expect(await factsOf(nova)).toEqual([]);
    expect(await saidOf(nova, old?.id)).toMatch(/fact\.forgotten.*Kit/u);
    expect(door.complaints()).toEqual([]);
  });
});

describe.each(sharedDoors)("on %s", (_name, open) => {
  test("a stranger's word on a fact changes nothing, and is refused in private", async () => {
    const { door, whispered } = await open();
    const nova = await asked(door);
    await door.press("Forget", { who: "stranger" });
    await holds(() => expect(whispered("stranger").join("\n")).toMatch(/nothing was changed/u));
    await nova.idle();
    expect(await factsOf(nova)).toHaveLength(1);
  });
});
