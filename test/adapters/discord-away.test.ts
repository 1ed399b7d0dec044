// Discord replays nothing after a fresh login: what was missed is read, within bounds that are said, before what is live.
import { afterEach, beforeEach, expect, test } from "vitest";
import { createChat, type Chat } from "../support/discord/chat.ts";
import { ids } from "../support/discord/index.ts";
import { createTestRecall } from "../support/recall.ts";
import type { TestRecall } from "../support/recall.ts";

let chat: Chat;
let recall: TestRecall;
const readsOfParts = `GET /channels/${ids.parts}/messages`;
const place = `discord:${ids.parts}` as const;

beforeEach(async () => {
  chat = await createChat();
  recall = createTestRecall();
});
afterEach(async () => {
  const broken = chat.fake.check();
  await chat.close();
  expect(broken).toEqual([]);
});

/** The journal last heard of the parts channel just now. */
function missFromNowOn(): void {
  const nowMs = Date.now() - 1;
  recall.open.push({
    thread: `${place}:${ids.parts}`,
    channel: place,
    direct: false,
    addressedOnly: false,
    sinceMs: nowMs,
    fromMs: nowMs,
  });
}
const start = async (): Promise<void> => chat.nova.start(async (message) => chat.keep(message), recall);
const says = (text: string): void => void chat.fake.as(ids.kit).say(ids.parts, text);
const textsHeard = (): readonly string[] =>
  chat.heard.map(({ body }) => (body.kind === "text" ? body.text : body.kind));
const read = async (): Promise<void> => void (await chat.fake.until(() => recall.open.length === 0));

test.each([
  [0, 0],
  [1, 0],
  [200, 0],
  [201, 1],
  [500, 300],
])(
  "%i missed messages: the newest 200 are heard in order, %i are said to be left out",
  async (count, left) => {
    missFromNowOn();
    for (let n = 1; n <= count; n += 1) says(`message ${n}`);
    await start();
    await read();
    const heard = Array.from({ length: Math.min(200, count) }, (_, n) => `message ${n + left + 1}`);
    expect(textsHeard()).toEqual(heard);
    const words =
      left === 1 ? "1 older message was not processed" : `${left} older messages were not processed`;
    expect(recall.told.map(({ thread }) => thread)).toEqual(left === 0 ? [] : [`${place}:${ids.parts}`]);
    expect(recall.told.map(({ words: said }) => said).join()).toContain(left === 0 ? "" : words);
  },
);

test("more than it will ever read is said to be more", async () => {
  missFromNowOn();
  for (let n = 1; n <= 1_050; n += 1) says(`message ${n}`);
  await start();
  await read();
  expect([chat.requests(readsOfParts), chat.heard.length]).toEqual([10, 200]);
  expect(recall.told[0]?.words).toContain("more than 800 older messages were not processed");
});

test("what is said live waits until what was missed is heard", async () => {
  missFromNowOn();
  says("missed");
  chat.fake.faults.add({ match: readsOfParts, when: "before", how: { delayMs: 60 } });
  await start();
  says("live");
  await chat.hears(2);
  expect(textsHeard()).toEqual(["missed", "live"]);
});

test("a channel that can't be read now is read later; one that is closed to Nova never will be", async () => {
  missFromNowOn();
  says("missed");
  const mend = chat.fake.faults.add({ match: readsOfParts, when: "before", how: { status: 400 } });
  await start();
  await chat.fake.until(() => chat.waits().includes(5_000));
  expect(recall.open.length).toBe(1);
  mend();
  chat.advance(5_000);
  await read();
  expect(textsHeard()).toEqual(["missed"]);
  missFromNowOn();
  chat.fake.store.channel(ids.parts).botMay = "nothing";
  await chat.nova.stop();
  chat.nova = chat.create();
  await start();
  await read();
  expect(chat.troubles.join("\n")).toContain("can't be read any more");
});

test("a name said in a channel that the journal knows nothing of is heard, small talk there is not", async () => {
  missFromNowOn();
  chat.fake.as(ids.kit).say(ids.general, "just us");
  chat.fake.as(ids.kit).say(ids.general, `<@${ids.bot}> are you there?`);
  await start();
  await read();
  expect(textsHeard()).toEqual(["are you there?"]);
});
