// What Nova says in Discord arrives once, pings nobody, and is told apart when it does not arrive.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  approve,
  card,
  createChat,
  messageOf,
  postsToParts,
  reject,
  toDelivery,
  type Chat,
} from "../support/discord/chat.ts";
import { ids } from "../support/discord/index.ts";

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

describe("showing", () => {
  test("answers the message it answers, and pings nobody with what a model wrote", async () => {
    const asked = chat.fake.as(ids.kit).say(ids.parts, "hi");
    const text = `Hi <@${ids.maya}> and <@&77> @everyone @here`;
    await chat.nova.show(
      toDelivery({ text, footer: "erp/stock · 2 min old" }, { inReplyTo: `d:m:${asked.id}` }),
    );
    const [shown] = chat.fake.said(ids.parts);
    expect(shown).toMatchObject({ pinged: [], referenceId: asked.id });
    expect(shown?.content).not.toMatch(/<@|@everyone|@here/u);
    expect(shown?.content.endsWith("\n-# erp/stock · 2 min old")).toBe(true);
  });

  test("draws a card from its row; disguises stay text, and the agent's words stand apart", async () => {
    await chat.nova.show(toDelivery({ kind: "card", text: "", card, buttons: [approve, reject] }));
    const [embed] = chat.fake.said(ids.parts)[0]?.embeds ?? [];
    expect(embed?.title).toBe("Post invoice \\*42\\*");
    expect(embed?.description).toContain("state: draft → posted");
    expect(embed?.fields).toEqual([
      { name: "The agent's own words", value: "\\*\\*Approved\\*\\* already @\u200beveryone" },
    ]);
    expect(embed?.footer?.text).toContain("deadbeef");
  });

  test("changes a post in place, and reports one that is gone so that a new one is really posted", async () => {
    const row = toDelivery({ kind: "card", card, buttons: [approve] });
    const shownAs = await chat.shown(row);
    const done = {
      ...row.post,
      card: { ...card, state: "Approved by Kit, done", isOpen: false },
      buttons: [],
    };
    expect(await chat.nova.show({ ...row, shownAs, post: done })).toEqual({
      kind: "shown",
      platformId: shownAs,
    });
    const changed = chat.fake.store.message(messageOf(shownAs));
    expect([changed.components, changed.embeds[0]?.description?.includes("Approved by Kit")]).toEqual([
      [],
      true,
    ]);
    changed.deleted = true;
    expect(await chat.nova.show({ ...row, shownAs, post: done })).toMatchObject({
      kind: "refused",
      isPostGone: true,
    });
    expect(await chat.shown({ ...row, post: done })).not.toBe(shownAs);
    expect(chat.fake.said(ids.parts)).toHaveLength(1);
  });

  test("postsToParts once when the answer is lost after the message was stored, however often it is sent again", async () => {
    const row = toDelivery({ text: "Only once." });
    chat.fake.faults.add({ match: postsToParts, when: "after", how: { status: 502 }, times: 2 });
    expect(await chat.nova.show(row)).toMatchObject({ kind: "shown" });
    const other = toDelivery({ text: "This one too." });
    chat.fake.faults.add({ match: postsToParts, when: "after", how: "truncate" });
    expect(await chat.nova.show(other)).toMatchObject({ kind: "unclear" });
    const found = await chat.nova.find(other);
    expect(found.kind).toBe("found");
    expect(await chat.nova.show(other)).toMatchObject({
      kind: "shown",
      ...(found.kind === "found" ? { platformId: found.platformId } : {}),
    });
    expect(chat.fake.said(ids.parts).map((m) => m.content)).toEqual(["Only once.", "This one too."]);
  });

  test("brings the earlier copy up to date when the post changed between two tries", async () => {
    const row = toDelivery({ text: "Step 1" });
    chat.fake.faults.add({ match: postsToParts, when: "after", how: "truncate" });
    expect((await chat.nova.show(row)).kind).toBe("unclear");
    await chat.shown({ ...row, post: { ...row.post, text: "Step 2" } });
    expect(chat.fake.said(ids.parts).map((m) => m.content)).toEqual(["Step 2"]);
  });

  test("finds nothing where nothing was posted, and says when it can't look", async () => {
    const row = toDelivery({});
    expect(await chat.nova.find(row)).toEqual({ kind: "absent" });
    chat.fake.store.channel(ids.parts).botMay = "nothing";
    expect((await chat.nova.find(row)).kind).toBe("unsearchable");
  });

  test("calls a body that never ends unclear, by its own deadline", async () => {
    chat.fake.faults.add({ match: postsToParts, when: "after", how: "stall" });
    const row = toDelivery({ text: "Stalled." });
    const showing = chat.nova.show(row);
    await chat.fake.until(() => chat.fake.log.some((entry) => entry.name === "fault stall"));
    chat.advance(30_000);
    expect(await showing).toMatchObject({ kind: "unclear" });
    await chat.shown(row);
    expect(chat.fake.said(ids.parts)).toHaveLength(1);
  });

  test.each([
    [
      "no permission",
      () => (chat.fake.store.channel(ids.parts).botMay = "read"),
      { kind: "refused", isPostGone: false },
    ],
    [
      "a deleted channel",
      () => (chat.fake.store.channel(ids.parts).deleted = true),
      { kind: "refused", isPostGone: false },
    ],
    [
      "a wait of an hour",
      () => chat.fake.limits.block({ match: postsToParts, ms: 3_600_000 }),
      { kind: "later" },
    ],
    ["an address ban", () => (chat.fake.limits.banned = true), { kind: "later" }],
  ])("tells the engine about %s without storming Discord", async (_name, make, expected) => {
    make();
    expect(await chat.nova.show(toDelivery({}))).toMatchObject(expected);
    expect(await chat.nova.show(toDelivery({}))).toMatchObject(expected);
    expect(chat.requests(postsToParts)).toBeLessThanOrEqual(2);
  });

  test("says a card in words where it may not embed, and its end as well", async () => {
    chat.fake.store.channel(ids.parts).denied = 1n << 14n;
    const row = toDelivery({ kind: "card", text: "", card });
    const shownAs = await chat.shown(row);
    const shown = (): string => chat.fake.store.message(messageOf(shownAs)).content.replaceAll("\\", "");
    for (const part of [card.title, ...card.effects, card.state]) expect(shown()).toContain(part);
    const post = { ...row.post, card: { ...card, state: "Approved by Kit, done", isOpen: false } };
    await chat.shown({ ...row, shownAs, post });
    expect(shown()).toContain("Approved by Kit, done");
  });

  test("answers without pointing at the question where it may not read the history", async () => {
    const asked = chat.fake.as(ids.kit).say(ids.parts, "hello");
    chat.fake.store.channel(ids.parts).denied = 1n << 16n;
    await chat.shown(toDelivery({ text: "Here it is." }, { inReplyTo: `d:m:${asked.id}` }));
    const said = chat.fake.said(ids.parts).map(({ content, referenceId }) => ({ content, referenceId }));
    expect(said).toEqual([{ content: "Here it is.", referenceId: null }]);
  });

  test("falls back to the parent channel when a thread is locked", async () => {
    const thread = chat.fake.as(ids.kit).thread(ids.parts, "closed");
    thread.locked = true;
    await chat.shown(toDelivery({ text: "Here instead." }, { thread: `discord:${ids.parts}:${thread.id}` }));
    expect(chat.fake.said(ids.parts).map((m) => m.content)).toEqual(["Here instead."]);
  });

  test("attaches what is too long whole, and tells what fits", async () => {
    const long = "x".repeat(1799).concat("\n", "y".repeat(5000));
    expect([
      chat.nova.fits("x".repeat(1800)),
      chat.nova.fits("x".repeat(1801)),
      chat.nova.fits("@everyone".repeat(190)),
    ]).toEqual([true, false, false]);
    await chat.shown(toDelivery({ text: long }));
    const effects = Array.from({ length: 6 }, (_, n) => `${n}`.repeat(1500));
    await chat.shown(toDelivery({ kind: "card", card: { ...card, effects } }));
    const [answer, proposal] = chat.fake.said(ids.parts).map((m) => m.files[0]?.text ?? "");
    expect(answer).toBe(long);
    for (const effect of effects) expect(proposal).toContain(effect);
  });

  test("shows typing every eight seconds until the last work in the thread ends", async () => {
    const typed = () => chat.fake.log.filter((entry) => entry.name === "typing").length;
    const ends = [
      chat.nova.working(`discord:${ids.parts}:${ids.parts}`),
      chat.nova.working(`discord:${ids.parts}:${ids.parts}`),
    ];
    await chat.fake.until(() => typed() === 1);
    chat.advance(8_000);
    await chat.fake.until(() => typed() === 2);
    for (const end of ends) end();
    expect(chat.waits()).toEqual([]);
  });
});
