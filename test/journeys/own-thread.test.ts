// A long conversation in a Discord channel goes on in a thread of its own: with the third exchange of one person within ten
// minutes, opened from that person's message, with all that belongs to the talk.
import { afterEach, beforeEach, expect, test } from "vitest";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import type { DiscordDoor } from "../support/doors/discord.ts";
import { ids } from "../support/discord/index.ts";
import type { FakeMessage } from "../support/discord/index.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { createWriter } from "../support/writer.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";

let door: DiscordDoor;
let nova: NovaUnderTest;
beforeEach(async () => {
  door = await discordDoor();
  nova = await startNova({ doors: [door] });
});
afterEach(async () => {
  await nova.close();
  expect(door.complaints()).toEqual([]);
});

const hello = "hello, what can you do?";
const stock = "How many dust bag filters are in stock?";
const textOf = ({ content, embeds }: FakeMessage): string =>
  [content, ...embeds.flatMap(({ title, description }) => [title ?? "", description ?? ""])].join("\n");
const saidIn = (channel: string): readonly string[] => door.fake.said(channel).map(textOf);

/** Says it, and waits until Nova has said something new somewhere in the guild. */
async function talks(text: string, place: string = ids.parts, who: string = ids.kit): Promise<FakeMessage> {
  const all = (): number =>
    [...door.fake.store.messages.values()].filter(({ authorId }) => authorId === ids.bot).length;
  const before = all();
  const message = door.fake.as(who).say(place, text);
  await expect.poll(all, { interval: 3 }).toBeGreaterThan(before);
  await nova.idle();
  return message;
}

/** Two exchanges in the channel itself: the third is the one that moves. */
async function talksTwice(): Promise<void> {
  await talks(stock);
  await talks("And how many main brushes are in stock?");
}

const threadOf = (message: FakeMessage) => `discord:${ids.parts}:${message.id}` as const;

test("the third exchange is answered in a thread, and the channel says where", async () => {
  await talksTwice();
  expect(saidIn(ids.parts).join()).not.toMatch(/thread/u);
  const third = await talks(stock);
  expect(saidIn(third.id)).toEqual([expect.stringMatching(/filter/iu)]);
  expect(saidIn(ids.parts).at(-1)).toMatch(
    new RegExp(
      `We go on in a thread of its own: How many dust bag filters[^]*/${ids.guild}/${third.id}`,
      "u",
    ),
  );
  expect(door.fake.store.channel(third.id)).toMatchObject({
    name: "How many dust bag filters are in stock?",
    parentId: ids.parts,
  });
});

test("the thread keeps agent and history, and is known after a restart", async () => {
  await talksTwice();
  const third = await talks(stock);
  expect((await nova.journal().lastWalk(threadOf(third)))?.agent).toBe("erp/stock");
  await nova.restart();
  await talks("And how many main brushes are in stock?", third.id);
  expect(saidIn(third.id)).toHaveLength(2);
  const history = await nova.journal().history(threadOf(third), 10);
  expect(history.map(({ asked }) => asked)).toEqual([
    stock,
    "And how many main brushes are in stock?",
    stock,
    "And how many main brushes are in stock?",
  ]);
  expect((await nova.journal().lastWalk(threadOf(third)))?.agent).toBe("erp/stock");
});

test("a talk in a thread is long enough where it is, and two people are two talks", async () => {
  await talksTwice();
  await talks(stock, ids.parts, ids.maya);
  expect(saidIn(ids.parts)).toHaveLength(3);
  const thread = door.fake.as(ids.kit).thread(ids.parts, "mine");
  for (let exchange = 0; exchange < 3; exchange += 1) await talks(stock, thread.id);
  expect(saidIn(thread.id)).toHaveLength(3);
});

test("after the move the channel starts anew", async () => {
  await talksTwice();
  await talks(stock);
  const before = saidIn(ids.parts).length;
  await talksTwice();
  expect(saidIn(ids.parts)).toHaveLength(before + 2);
});

test.each(["denied", "full"] as const)(
  "threads %s: it stays in the channel without a word",
  async (threads) => {
    await talksTwice();
    door.fake.store.channel(ids.parts).threads = threads;
    for (let exchange = 0; exchange < 4; exchange += 1) await talks(stock);
    expect(saidIn(ids.parts)).toHaveLength(6);
    expect(saidIn(ids.parts).join()).not.toMatch(/thread/u);
    const tried = door.fake.log.filter(({ kind, name }) => kind === "request" && name.endsWith("/threads"));
    expect(tried.length).toBeLessThanOrEqual(2);
    expect(await nova.journal().failures(5)).toEqual([]);
  },
);

test("a thread that somebody opened from the same message is taken", async () => {
  await talksTwice();
  const third = door.fake.as(ids.kit).say(ids.parts, stock);
  door.fake.as(ids.kit).thread(ids.parts, "dust bags", third.id);
  await expect.poll(() => saidIn(third.id).length, { interval: 3 }).toBe(1);
  await expect.poll(() => saidIn(ids.parts).at(-1), { interval: 3 }).toMatch(/We go on in a thread/u);
});

test.each(["before", "after"] as const)(
  "a thread opened while Discord fails (%s) holds the answer once",
  async (when) => {
    await talksTwice();
    door.fake.faults.add({
      match: ({ path }) => path.endsWith("/threads"),
      times: 4,
      when,
      how: { status: 502 },
    });
    const third = await talks(stock);
    await expect.poll(() => saidIn(third.id).length, { interval: 5, timeout: 15_000 }).toBe(1);
    await nova.idle();
    expect(saidIn(ids.parts).filter((text) => /We go on/u.test(text))).toHaveLength(1);
  },
  20_000,
);

test.each([0, 300_000])("a kill before the thread is open loses nothing, %s ms later", async (awayMs) => {
  const clock = createHandClock(Date.now());
  await nova.restart({ clock });
  await talksTwice();
  const heal = door.fake.faults.add({
    match: ({ path }) => path.endsWith("/threads"),
    times: 1_000,
    when: "before",
    how: { status: 502 },
  });
  const third = door.fake.as(ids.kit).say(ids.parts, stock);
  const isKnown = async (): Promise<boolean> => nova.journal().knowsThread(threadOf(third));
  await expect.poll(isKnown, { interval: 3 }).toBe(true);
  const restarting = nova.restart({ clock });
  heal();
  await restarting;
  clock.advance(awayMs);
  const look = (): number => {
    clock.advance(500);
    return saidIn(third.id).length;
  };
  await expect.poll(look, { interval: 5 }).toBe(1);
  const pointers = (): number => {
    clock.advance(500);
    return saidIn(ids.parts).filter((text) => /We go on/u.test(text)).length;
  };
  await expect.poll(pointers, { interval: 5 }).toBe(1);
  await nova.idle();
  expect(saidIn(ids.parts)).toHaveLength(3);
});

test.each([
  ["open", /We go on in a thread of its own/u],
  ["denied", /My answer:/u],
] as const)("threads %s: what the channel saw of the answer makes way", async (threads, left) => {
  const [model, clock] = [createWriter(), createHandClock(Date.now())];
  await nova.restart({ model, clock });
  for (const nth of [1, 2]) {
    door.fake.as(ids.kit).say(ids.parts, hello);
    (await model.asked(nth)).answers(`Answer ${nth}.`, { sources: [] });
    await sees(door, new RegExp(`Answer ${nth}`, "u"));
    await nova.idle();
  }
  door.fake.store.channel(ids.parts).threads = threads;
  const third = door.fake.as(ids.kit).say(ids.parts, hello);
  const question = await model.asked(3);
  question.writes("First I look");
  clock.advance(1_500);
  await sees(door, /First I look/u);
  question.answers("The whole answer.", { sources: [] });
  const place = threads === "open" ? third.id : ids.parts;
  await expect.poll(() => saidIn(place).join(), { interval: 3 }).toMatch(/The whole answer/u);
  await expect.poll(() => saidIn(ids.parts)[2], { interval: 3 }).toMatch(left);
  await nova.idle();
  expect(saidIn(ids.parts).join()).not.toMatch(/First I look/u);
  expect(saidIn(ids.parts)).toHaveLength(threads === "open" ? 3 : 4);
});

test("a question goes along, and answered there it is answered", async () => {
  await talksTwice();
  const third = await talks("create a customer");
  expect(saidIn(third.id).join()).toMatch(/name of the new customer/u);
  expect(await nova.journal().openQuestions(10)).not.toEqual([]);
  await talks("Acme GmbH, Berlin", third.id);
  expect(await nova.journal().openQuestions(10)).toEqual([]);
  const card = door.fake.said(third.id).find((message) => /Waiting for Kit/u.test(textOf(message)));
  if (card === undefined) throw new Error(`no card in:\n${saidIn(third.id).join("\n")}`);
  door.fake.as(ids.kit).click(card.id, "Approve");
  await expect.poll(() => saidIn(third.id).join(), { interval: 5 }).toMatch(/Approved by Kit, done/u);
});

test("on Slack every talk in a channel has its thread from the first word", async () => {
  const slack = await slackDoor();
  const there = await startNova({ doors: [slack] });
  for (let exchange = 0; exchange < 3; exchange += 1) {
    const asked = slack.fake.as("U1001").say("C1", stock);
    expect((await slack.fake.reply(asked)).threadTs).toBe(asked.ts);
    await there.idle();
  }
  expect(
    slack.fake.store
      .posted("C1")
      .map(({ text }) => text)
      .join(),
  ).not.toMatch(/We go on/u);
  await there.close();
  expect(slack.complaints()).toEqual([]);
});
