// An answer that takes long is read while it is written, and ends as one message; a quick one costs one call.
import { expect, test } from "vitest";
import { NovaFailure } from "../../src/failures.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { createWriter } from "../support/writer.ts";
import type { Question } from "../support/writer.ts";
import { useNova } from "./stage.ts";

const start = useNova();
const hostile =
  "Look at <@U1001> <!channel> @everyone https://evil.example/x ![cat](https://evil.example/c.png)";
const ask = "hello, what can you do?";

/** Pauses of Nova's own clock; the fake looks at the real one. */
const slack = { postsPerSecond: 1_000, postBurst: 1_000, times: { appendEveryMs: 0 } };
const calls = (log: readonly { kind: string; name: string }[], pattern: RegExp): readonly string[] =>
  log.filter(({ kind, name }) => kind === "request" && pattern.test(name)).map(({ name }) => name);
const discordPosts = /^(?:POST|PATCH) \/channels\/\d+\/messages/u;
const slackPosts = /^chat\./u;

test("on Discord a long answer grows in one message and ends as the answer", async () => {
  const [door, model, clock] = [await discordDoor(), createWriter(), createHandClock()];
  await start({ doors: [door], model, clock });
  await door.says(ask);
  const question = await model.asked(1);
  question.writes("First I look");
  expect(await door.seen()).toEqual([]);
  clock.advance(1_500);
  await sees(door, /First I look[^]*writing…/u);
  question.writes("First I look at it. Then");
  question.writes(`First I look at it. ${hostile}`);
  clock.advance(1_200);
  await sees(door, /First I look at it\. Look/u);
  question.answers("Here is the whole answer.", { sources: [] });
  const posts = await sees(door, /whole answer/u);
  expect(posts).toHaveLength(1);
  expect(posts[0]).not.toMatch(/writing|First I look/u);
  const [message] = door.fake.said("2001");
  expect(message?.pinged).toEqual([]);
  expect(message?.versions.join("\n")).not.toMatch(/@everyone(?!\u200b)|<@U1001>/u);
  expect(calls(door.fake.log, discordPosts)).toHaveLength(3);
  expect(door.complaints()).toEqual([]);
});

test("on Slack a long answer is streamed to who asked and ends as the answer, with its footer", async () => {
  const [door, model, clock] = [await slackDoor("socket", slack), createWriter(), createHandClock()];
  await start({ doors: [door], model, clock });
  await door.says(ask);
  const question = await model.asked(1);
  question.writes("First I look");
  clock.advance(1_500);
  await sees(door, /First I look/u);
  question.writes("First I look at it.");
  question.writes(`First I look at it. ${hostile}`);
  clock.advance(1_500);
  await sees(door, /First I look at it\. Look at/u);
  question.answers("Here is the whole answer.", { sources: [] });
  const posts = await sees(door, /whole answer/u);
  expect(posts).toHaveLength(1);
  expect(posts[0]).not.toMatch(/First I look/u);
  const [message] = door.fake.store.posted("C1");
  expect(message?.pinged).toEqual([]);
  expect(message?.blocks.length).toBeGreaterThan(0);
  expect(JSON.stringify(message?.metadata)).toMatch(/:0"/u);
  expect(JSON.stringify(message?.metadata)).not.toMatch(/preview/u);
  const made = calls(door.fake.log, slackPosts);
  expect(made).toEqual(["chat.startStream", "chat.appendStream", "chat.stopStream", "chat.update"]);
  expect(door.complaints()).toEqual([]);
});

test("in a direct message on Slack, where no stream can be, the message is edited", async () => {
  const [door, model, clock] = [await slackDoor("socket", slack), createWriter(), createHandClock()];
  await start({ doors: [door], model, clock });
  door.fake.as("U1001").dm(ask);
  const dm = door.fake.store.dmOf("U1001", "T1").id;
  const seen = (): string =>
    JSON.stringify(door.fake.store.posted(dm).map(({ text, blocks }) => [text, blocks]));
  const question = await model.asked(1);
  question.writes("First I look");
  clock.advance(1_500);
  await sees(door, () => seen().includes("First I look"));
  question.answers("Here is the whole answer.", { sources: [] });
  await sees(door, () => seen().includes("whole answer"));
  expect(door.fake.store.posted(dm)).toHaveLength(1);
  expect(seen()).not.toMatch(/First I look|writing/u);
  expect(calls(door.fake.log, slackPosts)).toEqual(["chat.postMessage", "chat.update"]);
  expect(door.complaints()).toEqual([]);
});

test.each([
  ["discord", async () => discordDoor(), discordPosts],
  ["slack", async () => slackDoor("socket", slack), slackPosts],
] as const)(
  "on %s a quick answer costs one call, even when it was written piece by piece",
  async (_, open, posts) => {
    const [door, model, clock] = [await open(), createWriter(), createHandClock()];
    const nova = await start({ doors: [door], model, clock });
    await door.says(ask);
    const question = await model.asked(1);
    question.writes("Here is");
    clock.advance(1_400);
    question.answers("Here is the whole answer.", { sources: [] });
    await sees(door, /whole answer/u);
    await nova.idle();
    clock.advance(10_000);
    expect(calls(door.fake.log, posts)).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  },
);

test.each([
  ["discord", async () => discordDoor()],
  ["slack", async () => slackDoor("socket", slack)],
] as const)(
  "on %s a turn that fails ends what was being written with the failure's words",
  async (_, open) => {
    const [door, model, clock] = [await open(), createWriter(), createHandClock()];
    await start({ doors: [door], model, clock });
    await door.says(ask);
    const question = await model.asked(1);
    question.writes("First I look");
    clock.advance(1_500);
    await sees(door, /First I look/u);
    question.breaks(new NovaFailure("model.down", "gone"));
    const posts = await sees(door, /can't be reached right now/u);
    expect(posts).toHaveLength(1);
    expect(posts[0]).not.toMatch(/First I look/u);
    expect(door.complaints()).toEqual([]);
  },
);

test("a stream that Slack has ended goes on as edits", async () => {
  const times = { appendEveryMs: 0, streamIdleMs: -1 };
  const door = await slackDoor("socket", { ...slack, times });
  const [model, clock] = [createWriter(), createHandClock()];
  await start({ doors: [door], model, clock });
  await door.says(ask);
  const question = await model.asked(1);
  question.writes("First I look");
  clock.advance(1_500);
  await sees(door, /First I look/u);
  question.writes("First I look at it, long after.");
  clock.advance(1_500);
  await sees(door, /long after/u);
  question.answers("Here is the whole answer.", { sources: [] });
  const posts = await sees(door, /whole answer/u);
  expect(posts).toHaveLength(1);
  const made = calls(door.fake.log, slackPosts);
  expect(made).toEqual(["chat.startStream", "chat.appendStream", "chat.update", "chat.update"]);
  expect(door.complaints()).toEqual([]);
});

async function slowDiscord(): Promise<Door> {
  const door = await discordDoor();
  const match = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
    method === "POST" && path.endsWith("/messages");
  door.fake.faults.add({ match, times: 1, how: { delayMs: 60 } });
  return door;
}
async function slowSlack(): Promise<Door> {
  const door = await slackDoor("socket", slack);
  door.fake.faults.add({ match: "chat.startStream", times: 1, when: "after", how: { delayMs: 60 } });
  return door;
}

test.each([
  ["discord", slowDiscord],
  ["slack", slowSlack],
] as const)(
  "on %s an answer that comes while its preview is on its way is one message with it",
  async (_, open) => {
    const [door, model, clock] = [await open(), createWriter(), createHandClock()];
    const nova = await start({ doors: [door], model, clock });
    await door.says(ask);
    const question = await model.asked(1);
    question.writes("First I look");
    clock.advance(1_500);
    question.answers("Here is the whole answer.", { sources: [] });
    await sees(door, /whole answer/u);
    await nova.idle();
    expect(await door.seen()).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  },
);

const endings: readonly (readonly [string, (question: Question, door: Door) => Promise<void> | void])[] = [
  ["success", (question) => question.answers("Here is the whole answer.", { sources: [] })],
  ["failure", (question) => question.breaks(new NovaFailure("model.down", "gone"))],
  ["a stop", async (_question, door) => door.verb("stop")],
];

test.each(endings)("typing on Discord ends with %s", async (_, end) => {
  const [door, model, clock] = [await discordDoor(), createWriter(), createHandClock()];
  const nova = await start({ doors: [door], model, clock });
  const typed = (): number => door.fake.log.filter(({ name }) => name === "typing").length;
  await door.says(ask);
  const question = await model.asked(1);
  await sees(door, () => typed() === 1);
  clock.advance(8_000);
  await sees(door, () => typed() === 2);
  await end(question, door);
  await sees(door, /whole answer|can't be reached|Stopped by Kit/u);
  await nova.idle();
  const before = typed();
  clock.advance(60_000);
  await nova.idle();
  expect(typed()).toBe(before);
  expect(door.complaints()).toEqual([]);
});

test.each(endings)("the status on Slack ends with %s", async (_, end) => {
  const [door, model, clock] = [await slackDoor("socket", slack), createWriter(), createHandClock()];
  const nova = await start({ doors: [door], model, clock });
  const shown = (): boolean => door.fake.store.statuses.some(({ status }) => status !== "");
  await door.says(ask);
  const question = await model.asked(1);
  clock.advance(800);
  await sees(door, shown);
  await end(question, door);
  await sees(door, /whole answer|can't be reached|Stopped by Kit/u);
  await nova.idle();
  await sees(door, () => door.fake.store.statuses.at(-1)?.status === "" && !shown());
  clock.advance(200_000);
  expect(shown()).toBe(false);
  expect(door.complaints()).toEqual([]);
});
