// Logging in to Discord: what it costs, what it is refused for, and what Nova still hears without the content intent.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createChat, type Chat } from "../support/discord/chat.ts";
import { ids } from "../support/discord/index.ts";
import { createTestRecall } from "../support/recall.ts";
import type { TestRecall } from "../support/recall.ts";

let chat: Chat;
let recall: TestRecall;
const parts = `discord:${ids.parts}:${ids.parts}` as const;
beforeEach(async () => {
  chat = await createChat({ privilegedIntents: 0 });
  recall = createTestRecall([parts]);
});
afterEach(async () => {
  const broken = chat.fake.check();
  await chat.close();
  expect(broken).toEqual([]);
});
const start = async (): Promise<void> => chat.nova.start(async (message) => chat.keep(message), recall);
async function restart(): Promise<void> {
  await chat.nova.stop();
  chat.nova = chat.create();
  await start();
}

describe("without the Message Content intent", () => {
  test("Nova is degraded, says so, and hears mentions, direct messages and commands", async () => {
    await start();
    expect(chat.nova.health()).toMatchObject({ state: "degraded" });
    expect(chat.nova.health().detail).toContain("developer portal");
    const kit = chat.fake.as(ids.kit);
    kit.say(ids.parts, "nobody can read this");
    kit.say(ids.parts, `<@${ids.bot}> but this`);
    kit.dm("and this");
    kit.slash({ channelId: ids.parts, name: "nova", verb: "runs" });
    await chat.hears(3);
    expect(chat.heard.map(({ body }) => body.kind).toSorted()).toEqual(["command", "text", "text"]);
    chat.fake.net.dropAll();
    await chat.fake.until(() => chat.nova.health().detail === "reconnecting");
    await chat.fake.until(() => chat.nova.health().detail.includes("developer portal"));
    expect(chat.fake.net.identifies).toBe(1);
  });

  test("each bound channel is told once, and once more when everything is heard again", async () => {
    await start();
    await restart();
    expect(recall.told.map(({ thread }) => thread)).toEqual([parts]);
    expect(recall.told[0]?.words).toContain("I can't read what is said here");
    await chat.close();
    chat = await createChat();
    await start();
    await restart();
    expect(recall.told.map(({ words }) => words).slice(1)).toEqual([
      "I hear everything that is said here again.",
    ]);
  });
});

describe("the budget of logins", () => {
  test("50 restarts in a minute cost eleven logins at most; the rest waits, and says so", async () => {
    for (let n = 0; n < 50; n += 1) await restart();
    expect(chat.fake.net.identifies).toBeLessThanOrEqual(11);
    expect(chat.nova.health()).toMatchObject({ state: "connecting" });
    expect(chat.nova.health().detail).toMatch(/waiting \d+ s before the next login/u);
    chat.advance(6_000);
    await chat.fake.until(() => chat.nova.health().state === "degraded");
    chat.fake.as(ids.kit).dm("there you are");
    await chat.hears(1);
  });

  test("what is left of a day's thousand is kept for whoever mends it", async () => {
    const nowMs = Date.now();
    recall.notes.set("logins", JSON.stringify(Array.from({ length: 800 }, (_, n) => nowMs - 80_000_000 + n)));
    await start();
    expect([chat.fake.net.identifies, chat.nova.health().state]).toEqual([0, "connecting"]);
  });

  test("a note that can't be read counts as none", async () => {
    recall.notes.set("logins", "{");
    await start();
    expect(chat.fake.net.identifies).toBe(1);
  });
});

test("a refused intent after all is fatal within one login", async () => {
  chat.fake.faults.add({
    match: "GET /applications/@me",
    how: { status: 200, body: { id: "9001", flags: 1 << 18 } },
  });
  await expect(start()).rejects.toThrow("Message Content intent");
  expect([chat.nova.health().state, chat.fake.net.identifies]).toEqual(["fatal", 0]);
});
