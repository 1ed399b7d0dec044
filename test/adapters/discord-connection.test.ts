// The connection to Discord: what is heard across drops, and what the adapter knows about itself.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createChat, postsToParts, toDelivery, type Chat } from "../support/discord/chat.ts";
import { ids } from "../support/discord/index.ts";
import type { Settings } from "../support/discord/settings.ts";

let chat: Chat;
beforeEach(async () => {
  chat = await createChat();
  await chat.start();
});
afterEach(async () => {
  const broken = chat.fake.check();
  await chat.close();
  expect(broken).toEqual([]);
});

type Mend = {
  readonly settings: Partial<Settings>;
  readonly make: (fresh: Chat) => void;
  readonly words: string;
};
const refuse = (fresh: Chat): void => {
  fresh.fake.net.knobs.refuseUpgrade = 502;
};
const mends: readonly (readonly [string, Mend])[] = [
  [
    "a wrong token",
    { settings: {}, make: (fresh) => fresh.fake.revokeToken(), words: "check DISCORD_TOKEN" },
  ],
  ["a gateway that is down", { settings: {}, make: refuse, words: "can't be reached" }],
];

describe("the connection", () => {
  test("hears once what Discord delivers three times, and what it replays after a drop", async () => {
    chat.fake.net.knobs.copies = 3;
    chat.fake.as(ids.kit).say(ids.parts, "thrice");
    await chat.hears(3);
    chat.fake.net.knobs.copies = 1;
    expect(new Set(chat.heard.map((m) => m.id)).size).toBe(1);
    chat.fake.net.dropAll();
    await chat.fake.until(() => chat.fake.net.connected === 0);
    chat.fake.as(ids.kit).say(ids.parts, "while away");
    await chat.hears(4);
    await chat.fake.until(() => chat.nova.health().state === "ready");
    expect(chat.fake.net.identifies).toBe(1);
  });

  test("resumes when Discord asks it to, and identifies anew when its session is gone", async () => {
    chat.fake.net.askReconnect();
    await chat.fake.until(() => chat.fake.log.some((entry) => entry.name === "RESUMED"));
    await chat.fake.until(() => chat.nova.health().state === "ready");
    chat.fake.net.invalidateSessions(false);
    chat.fake.as(ids.kit).say(ids.parts, `<@${ids.bot}> nobody will replay this`);
    chat.fake.as(ids.kit).say(ids.general, `<@${ids.bot}> nor this`);
    await chat.fake.until(() => chat.fake.net.identifies === 2 && chat.fake.net.connected === 1);
    await chat.hears(2);
    chat.fake.as(ids.kit).say(ids.parts, "back?");
    await chat.hears(3);
    expect(chat.heard.map((m) => [m.channel, m.direct])).toEqual([
      [`discord:${ids.parts}`, false],
      [`discord:${ids.general}`, false],
      [`discord:${ids.parts}`, false],
    ]);
  });

  test("knows that a close for good is for good, and sends nothing into it", async () => {
    chat.fake.revokeToken();
    chat.fake.net.closeAll(4004);
    await chat.fake.until(() => chat.nova.health().state === "fatal");
    expect(await chat.nova.show(toDelivery({}))).toMatchObject({ kind: "later" });
    expect(chat.nova.health().detail).toContain("DISCORD_TOKEN");
    expect(chat.requests(postsToParts)).toBe(0);
  });

  test("gives up a connection whose heartbeats nobody answers, resumes, and loses nothing", async () => {
    await chat.close();
    chat = await createChat({ heartbeatMs: 150 });
    await chat.start();
    chat.fake.net.knobs.muteHeartbeats = true;
    await chat.fake.until(() => chat.nova.health().detail === "reconnecting");
    chat.fake.as(ids.kit).say(ids.parts, "into the void");
    chat.fake.net.knobs.muteHeartbeats = false;
    await chat.hears(1);
    await chat.fake.until(() => chat.nova.health().state === "ready");
    expect(chat.fake.net.identifies).toBe(1);
  });

  test("turns fatal at the first 401 and stops calling", async () => {
    chat.fake.revokeToken();
    expect(await chat.nova.show(toDelivery({}))).toMatchObject({ kind: "later" });
    expect(await chat.nova.show(toDelivery({}))).toMatchObject({ kind: "later" });
    expect([chat.nova.health().state, chat.requests(postsToParts)]).toEqual(["fatal", 1]);
  });

  test.each(mends)("says what to mend about %s", async (_name, { settings, make, words }) => {
    await chat.close();
    chat = await createChat(settings);
    make(chat);
    await expect(chat.start()).rejects.toThrow(words);
    expect(chat.nova.health().state).toBe("fatal");
  });

  test("hands over what it heard before it stops", async () => {
    const commit = Promise.withResolvers<void>();
    let isKeeping = false;
    chat.keep = async (message) => {
      isKeeping = true;
      await commit.promise;
      chat.heard.push(message);
    };
    chat.fake.as(ids.kit).say(ids.parts, "last words");
    await chat.fake.until(() => isKeeping);
    const stopping = chat.nova.stop();
    commit.resolve();
    await stopping;
    expect([chat.heard.length, chat.nova.health().state]).toEqual([1, "stopped"]);
  });
});
