// Stop at any moment: the turn that is being worked on ends at once and says so, although turns of a thread queue up.
import { expect, test } from "vitest";
import { confirmOrder } from "../../src/tools/erp.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { spentNow } from "../support/purse.ts";
import { createWriter } from "../support/writer.ts";
import { oneThread, useNova } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const ask = "hello, what can you do?";
const stopped = /Stopped by (?:Kit|Maya), nothing was changed\./u;

test.each(oneThread)(
  "%s: the bare word ends what is being worked on, and the next is served",
  async (_, open) => {
    const [door, model] = [await open(), createWriter()];
    const nova = await start({ doors: [door], model });
    await door.says(ask);
    const question = await model.asked(1);
    await door.says("stop");
    await sees(door, stopped);
    await sees(door, /Stopped\.(?!\w)/u);
    expect(question.isAborted()).toBe(true);
    await door.says(ask);
    (await model.asked(2)).answers("Here I am.", { sources: [] });
    await sees(door, /Here I am/u);
    await nova.idle();
    expect(await nova.journal().figures()).toMatchObject({ open: 0 });
    expect(await nova.journal().failures(10)).toEqual([]);
    expect(door.complaints()).toEqual([]);
  },
);

test.each(oneThread)("%s: /nova stop does the same; what it has cost is counted", async (_, open) => {
  const [door, model] = [await open(), createWriter()];
  const nova = await start({ doors: [door], model });
  await door.says("erp/sales: confirm order SO-1007");
  (await model.asked(1)).calls(confirmOrder.name, { order: "SO-1007" });
  await model.asked(2);
  await door.verb("stop");
  await sees(door, stopped);
  await nova.idle();
  expect(await nova.journal().proposals({})).toEqual([]);
  expect((await spentNow(nova.journal())).get("person:Kit")).toBe(0.01);
  expect(door.complaints()).toEqual([]);
});

const shared: readonly (readonly [string, () => Promise<Door>])[] = [
  ["discord", async () => discordDoor()],
  ["slack", async () => oneThread[3]?.[1]() ?? slackDoor()],
];

test("only who asked, or the owner, may stop it", async () => {
  const [door, model] = [await discordDoor(), createWriter()];
  const nova = await start({ doors: [door], model });
  await door.says(ask, "kit");
  const question = await model.asked(1);
  await door.says("stop", "maya");
  await door.says("stop", "stranger");
  await holds(async () => expect(await nova.journal().figures()).toMatchObject({ open: 3 }));
  question.answers("Here is the whole answer.", { sources: [] });
  await sees(door, /whole answer/u);
  await sees(
    door,
    (posts) => posts.filter((post) => /Only Kit, who asked, or the owner/u.test(post)).length === 2,
  );
  await door.says(ask, "maya");
  const second = await model.asked(2);
  await door.says("Stop!", "kit");
  await sees(door, /Stopped by Kit, nothing was changed/u);
  expect(second.isAborted()).toBe(true);
  expect(door.complaints()).toEqual([]);
});

test.each(shared)("%s: what was being written ends as the word that it was stopped", async (_, open) => {
  const [door, model, clock] = [await open(), createWriter(), createHandClock()];
  await start({ doors: [door], model, clock });
  await door.says(ask);
  const question = await model.asked(1);
  question.writes("First I look");
  clock.advance(1_500);
  await sees(door, /First I look/u);
  await door.says("stop");
  const posts = await sees(door, stopped);
  question.writes("First I look at more");
  clock.advance(10_000);
  await sees(door, /Stopped\.(?!\w)/u);
  expect(posts.join("\n")).not.toMatch(/First I look/u);
  expect(door.complaints()).toEqual([]);
});

test("nothing to stop is said, and so is what still runs", async () => {
  const [door, model] = [await discordDoor(), createWriter()];
  await start({ doors: [door], model });
  await door.verb("stop");
  await sees(door, /Nothing is being worked on here/u);
  expect(door.complaints()).toEqual([]);
});
