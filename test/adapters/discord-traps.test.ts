// What discord.js would do wrong if it were left to it; the rest of the list is in the suites of connection and showing.
import { afterEach, beforeEach, expect, test } from "vitest";
import { createChat, postsToParts, toDelivery, type Chat } from "../support/discord/chat.ts";
import { ids } from "../support/discord/index.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await createChat();
});
afterEach(async () => {
  const broken = chat.fake.check();
  await chat.close();
  expect(broken).toEqual([]);
});
const settled = async (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

test("after a refused login nothing goes on knocking at the gateway", async () => {
  chat.fake.net.knobs.refuseUpgrade = 502;
  await expect(chat.start()).rejects.toThrow("can't be reached");
  const tries = (): number => chat.fake.log.filter(({ name }) => name === "refused 502").length;
  const before = tries();
  // The library would try twice a second.
  await settled(1_700);
  expect(tries()).toBe(before);
});

test("an answer to a message that was taken back meanwhile is posted all the same", async () => {
  await chat.start();
  const asked = chat.fake.as(ids.kit).say(ids.parts, "forget it");
  chat.fake.as(ids.kit).remove(asked.id);
  await chat.shown(toDelivery({}, { inReplyTo: `d:m:${asked.id}` }));
  expect(chat.fake.said(ids.parts)).toHaveLength(1);
});

test("every post says its nonce and that Discord must keep to it", async () => {
  await chat.start();
  await chat.shown(toDelivery({}));
  const sent = chat.fake.log.find(({ kind, name }) => kind === "request" && name === postsToParts);
  expect(sent?.body).toMatchObject({ enforce_nonce: true });
  expect(JSON.stringify(sent?.body)).toMatch(/"nonce":"[0-9a-f]{24}"/u);
});

test("noise on the gateway is survived: no JSON, an unknown event, a message without its fields", async () => {
  await chat.start();
  for (const raw of ["not json", JSON.stringify({ op: 0, s: 99, t: "SOMETHING_NEW", d: { id: 1 } })])
    chat.fake.net.sendRaw(raw);
  chat.fake.as(ids.kit).say(ids.parts, "still here?");
  await chat.hears(1);
  expect(chat.nova.health().state).toBe("ready");
});

test("an edit that comes after the limit for old messages makes a new post", async () => {
  await chat.close();
  chat = await createChat({ oldEditAgeMs: -1, oldEditLimit: 1 });
  await chat.start();
  const row = toDelivery({});
  const shownAs = await chat.shown(row);
  await chat.shown({ ...row, shownAs });
  expect(await chat.nova.show({ ...row, shownAs })).toMatchObject({ kind: "refused", isPostGone: true });
  await chat.shown({ ...row, shownAs: null });
  expect(chat.fake.said(ids.parts)).toHaveLength(2);
});
