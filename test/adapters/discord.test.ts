// What a person does in Discord reaches the engine once, and Discord is acknowledged only after it was kept: the
// adapter with the real discord.js against the strict fake.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  approve,
  card,
  createChat,
  messageOf,
  reject,
  toDelivery,
  type Chat,
} from "../support/discord/chat.ts";
import { ids } from "../support/discord/index.ts";

let chat: Chat;
let allowed: string[];
beforeEach(async () => {
  allowed = [];
  chat = await createChat();
  await chat.start();
});
afterEach(async () => {
  const broken = chat.fake.check({ allow: allowed });
  await chat.close();
  expect(broken).toEqual([]);
});

describe("hearing", () => {
  test("tells channel, thread, direct message and mention apart", async () => {
    const thread = chat.fake.as(ids.kit).thread(ids.parts, "Order 7");
    const said = [
      chat.fake.as(ids.kit).say(ids.parts, "how many brushes?"),
      chat.fake.as(ids.maya).say(thread.id, `<@${ids.bot}> and here?`),
      chat.fake.as(ids.kit).dm("psst"),
    ];
    const messages = await chat.hears(3);
    const by = (at: number) => messages.find((message) => message.id === `d:m:${said[at]?.id ?? ""}`);
    const dm = said[2]?.channelId ?? "";
    expect(by(0)).toMatchObject({
      thread: "discord:2001:2001",
      channel: "discord:2001",
      direct: false,
      addressed: false,
      account: { id: "discord:1001", name: "kit" },
    });
    expect(by(1)).toMatchObject({
      thread: `discord:2001:${thread.id}`,
      channel: "discord:2001",
      addressed: true,
      body: { kind: "text", text: "and here?" },
    });
    expect(by(2)).toMatchObject({
      thread: `discord:${dm}:${dm}`,
      direct: true,
      addressed: true,
      body: { kind: "text", text: "psst" },
    });
  });

  test("hears a thread that woke up unknown to the library, and a reply to Nova as addressed", async () => {
    const thread = chat.fake.store.addChannel({
      kind: "thread",
      name: "old",
      guildId: ids.guild,
      parentId: ids.general,
    });
    chat.fake.as(ids.kit).say(thread.id, "still there?");
    const own = await chat.shown(toDelivery({}));
    chat.fake.as(ids.kit).say(ids.parts, "thanks", { replyTo: messageOf(own) });
    const messages = await chat.hears(2);
    expect(messages.find((m) => m.thread.endsWith(thread.id))?.channel).toBe(`discord:${ids.general}`);
    expect(messages.find((m) => m.channel.endsWith(ids.parts))?.addressed).toBe(true);
  });

  test("ignores itself, other bots and webhooks", async () => {
    await chat.nova.show(toDelivery({}));
    chat.fake.as(ids.otherBot).say(ids.parts, `<@${ids.bot}> ping`);
    chat.fake.as(ids.webhook).say(ids.parts, "hook");
    chat.fake.as(ids.kit).say(ids.parts, "a person");
    expect((await chat.hears(1)).map((m) => m.body)).toEqual([{ kind: "text", text: "a person" }]);
  });

  test("keeps the order of a channel while a thread is looked up", async () => {
    const thread = chat.fake.store.addChannel({
      kind: "thread",
      name: "old",
      guildId: ids.guild,
      parentId: ids.general,
    });
    chat.fake.faults.add({ match: `GET /channels/${thread.id}`, how: { delayMs: 50 } });
    for (const text of ["one", "two", "three"]) chat.fake.as(ids.kit).say(thread.id, text);
    expect((await chat.hears(3)).map((m) => (m.body.kind === "text" ? m.body.text : ""))).toEqual([
      "one",
      "two",
      "three",
    ]);
  });

  test("tries again when a message can't be kept, and says so when it gives up", async () => {
    let isFull = true;
    chat.keep = async (message) => {
      if (isFull) throw new Error("disk full");
      chat.heard.push(message);
      await Promise.resolve();
    };
    chat.fake.as(ids.kit).say(ids.parts, "first");
    await chat.fake.until(() => chat.waits().includes(250));
    isFull = false;
    chat.advance(250);
    await chat.hears(1);
    isFull = true;
    chat.fake.as(ids.kit).say(ids.parts, "second");
    for (const waitMs of [250, 1_000, 4_000]) {
      await chat.fake.until(() => chat.waits().includes(waitMs));
      chat.advance(waitMs);
    }
    const told = await chat.fake.until(() => chat.fake.said(ids.parts)[0]);
    expect(told.content).toContain("can't keep messages right now");
    expect(chat.troubles[0]).toContain("disk full");
  });
});

describe("commands and buttons", () => {
  test("registers /nova once, without decisions, and leaves it alone when nothing changed", async () => {
    const [command, ...menus] = chat.fake.commands;
    expect(menus.map(({ name, type }) => [name, type])).toEqual([
      ["Ask Nova", 3],
      ["Remember this", 3],
      ["Summarise thread", 3],
    ]);
    expect(command?.options?.map((o) => [o.name, o.options?.map((x) => [x.name, x.required])])).toEqual([
      ["ask", [["text", true]]],
      ["runs", []],
    ]);
    await chat.restart();
    expect(chat.requests(`PUT /applications/${ids.application}/commands`)).toBe(1);
  });

  test("hears a command, and gives a receipt only after it was kept", async () => {
    chat.keep = async (message) => {
      expect(chat.fake.interactions.map((i) => i.answer)).toEqual([null]);
      chat.heard.push(message);
      await Promise.resolve();
    };
    const used = chat.fake
      .as(ids.kit)
      .slash({ channelId: ids.parts, name: "nova", verb: "ask", options: { text: "stock of @everyone?" } });
    await chat.fake.until(() => used.answer);
    expect(chat.heard[0]).toMatchObject({
      id: `d:i:${used.id}`,
      addressed: true,
      thread: "discord:2001:2001",
      body: { kind: "command", verb: "ask", rest: "stock of @everyone?" },
    });
    expect(chat.fake.whispered(ids.kit).map((m) => [m.content, m.pinged])).toEqual([
      ["Heard: /nova ask stock of @\u200beveryone?", []],
    ]);
    expect(chat.fake.said(ids.parts)).toEqual([]);
  });

  test("hears a press with the post it sits on, and acknowledges it in silence", async () => {
    const platformId = await chat.shown(toDelivery({ kind: "card", card, buttons: [approve, reject] }));
    const press = chat.fake.as(ids.kit).click(messageOf(platformId), "Approve");
    await chat.fake.until(() => press.answer);
    expect(chat.heard[0]?.body).toEqual({ kind: "press", nonce: "a1b2", onMessage: platformId, words: null });
    expect(press.answer).toBe(6);
  });

  test("asks for the words of a rejection, also after a restart, and hears them with the press", async () => {
    const platformId = await chat.shown(toDelivery({ kind: "card", card, buttons: [approve, reject] }));
    await chat.restart();
    const press = chat.fake.as(ids.kit).click(messageOf(platformId), "Reject");
    await chat.fake.until(() => press.modal);
    expect(chat.heard).toEqual([]);
    const dialog = chat.fake.as(ids.kit).modal(press, { "Why not?": "too dear" });
    await chat.fake.until(() => dialog.answer);
    expect(chat.heard[0]?.body).toEqual({
      kind: "press",
      nonce: "c3d4",
      onMessage: platformId,
      words: "too dear",
    });
  });

  test("says that a press was not kept instead of acknowledging it", async () => {
    const platformId = await chat.shown(toDelivery({ buttons: [approve] }));
    chat.keep = () => Promise.reject(new Error("disk full"));
    const press = chat.fake.as(ids.kit).click(messageOf(platformId), "Approve");
    await chat.fake.until(() => press.answer);
    expect(chat.fake.whispered(ids.kit)[0]?.content).toContain("nothing was started");
  });

  test("tells whoever presses a foreign or forged button that it is unknown", async () => {
    const platformId = await chat.shown(toDelivery({ buttons: [approve] }));
    const press = chat.fake.as(ids.stranger).forgeClick(messageOf(platformId), "delete-everything");
    await chat.fake.until(() => press.answer);
    expect(chat.heard).toEqual([]);
    expect(chat.fake.whispered(ids.stranger)[0]?.content).toContain("don't know that button");
  });

  test("whispers what is for one person to that person, in place, and by direct message afterwards", async () => {
    const platformId = await chat.shown(toDelivery({ buttons: [approve] }));
    const press = chat.fake.as(ids.maya).click(messageOf(platformId), "Approve");
    await chat.fake.until(() => press.answer);
    const note = toDelivery(
      { kind: "receipt", text: "Only Kit may decide this.", only: "discord:1002" },
      { inReplyTo: `d:i:${press.id}` },
    );
    const shownAs = await chat.shown(note);
    expect(chat.fake.whispered(ids.maya).map((m) => m.content)).toEqual(["Only Kit may decide this."]);
    await chat.nova.show({ ...note, shownAs, post: { ...note.post, text: "Kit decided." } });
    expect(chat.fake.whispered(ids.maya).map((m) => m.content)).toEqual(["Kit decided."]);
    chat.advance(15 * 60_000);
    await chat.shown({ ...note, id: "later" });
    expect(chat.fake.said(chat.fake.store.dm(ids.maya).id).map((m) => m.content)).toEqual([
      "Only Kit may decide this.",
    ]);
    expect(chat.fake.said(ids.parts)).toHaveLength(1);
  });

  test("lets an interaction that came too late go on as a message", async () => {
    await chat.nova.stop();
    await chat.fake.close();
    chat = await createChat({ ackMs: 20 });
    await chat.start();
    allowed = ["interaction-unanswered"];
    chat.keep = async (message) => {
      await chat.fake.until(() => chat.fake.interactions.every((i) => i.failed));
      chat.heard.push(message);
    };
    chat.fake.as(ids.kit).slash({ channelId: ids.parts, name: "nova", verb: "runs" });
    await chat.hears(1);
    await chat.fake.until(() => chat.troubles.length > 0);
    expect(chat.troubles[0]).toContain("Unknown interaction");
  });
});
