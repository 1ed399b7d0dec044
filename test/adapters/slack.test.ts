// The Slack adapter with the real Bolt against the strict fake: what it hears, over both transports, and when it says
// so to Slack.

import { describe, expect, test } from "vitest";
import type { ThreadId } from "../../src/ids.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { delivery, proposal, reply } from "../support/posts.ts";
import { createRig } from "../support/slack/adapter.ts";
import { buttonsOf } from "../support/slack/index.ts";
import type { Rig } from "../support/slack/adapter.ts";
import type { MessageRef } from "../support/slack/drivers.ts";

const idOf = (message: MessageRef) => `s:m:T1:${message.channel}:${message.ts}`;

async function showCard(rig: Rig, thread: ThreadId) {
  const shown = await rig.nova.show(delivery(thread, proposal(), { id: "p1:card" }));
  const [card] = rig.slack.store.posted();
  if (shown.kind !== "shown" || card === undefined) throw new Error(`no card: ${JSON.stringify(shown)}`);
  return { card, platformId: shown.platformId };
}

describe.each(["socket", "http"] as const)("over %s", (transport) => {
  test("hears a mention once, however its two copies arrive", async () => {
    const rig = await createRig({ transport, fake: { seed: 3 } });
    const said = Array.from({ length: 6 }, (_, n) =>
      rig.slack.as("U1001").say("C1", `${rig.slack.mention} hi ${n}`),
    );
    await rig.kept(6);
    expect(rig.heard.map(({ id }) => id).sort()).toEqual(said.map(idOf).sort());
    expect(rig.heard.find(({ id }) => id === idOf(said[0] ?? { channel: "", ts: "" }))).toMatchObject({
      thread: `slack:T1/C1:${said[0]?.ts ?? ""}`,
      channel: "slack:T1/C1",
      account: { id: "slack:T1/U1001", name: "kit", standing: "regular" },
      direct: false,
      addressed: true,
      body: { kind: "text", text: "hi 0" },
    });
  });

  test("acknowledges only after the message was kept", async () => {
    const rig = await createRig({ transport });
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    rig.onHear = async () => {
      await gate.promise;
      order.push("kept");
    };
    rig.slack.as("U1001").say("C1", "hello");
    const acked = rig.slack.until((entry) => entry.kind === "acked").then(() => order.push("acked"));
    gate.resolve();
    await acked;
    expect(order).toEqual(["kept", "acked"]);
  });

  test("lets Slack deliver again what could not be kept, and keeps it then", async () => {
    const rig = await createRig({ transport });
    let tries = 0;
    rig.onHear = () => {
      tries += 1;
      if (tries < 3) throw new Error("disk full");
    };
    const said = rig.slack.as("U1001").say("C1", "hello");
    await rig.kept(1);
    await rig.slack.until((entry) => entry.kind === "acked");
    expect(rig.heard.map(({ id }) => id)).toEqual([idOf(said)]);
    expect(rig.slack.log.filter((entry) => entry.kind === "missed")).toHaveLength(2);
  });

  test("knows a direct message, its threads, and a thread in a channel", async () => {
    const rig = await createRig({ transport });
    const direct = rig.slack.as("U1002").dm("hello");
    rig.slack.as("U1002").dm("more", { thread: direct.ts });
    const top = rig.slack.as("U1001").say("C1", "question");
    rig.slack.as("U1002").say("C1", "and another", { thread: top.ts });
    const heard = await rig.kept(4);
    const places = heard.map(
      ({ thread, direct: isDirect, addressed }) => `${thread} ${isDirect} ${addressed}`,
    );
    expect(places.sort()).toEqual(
      [
        `slack:T1/${direct.channel}:${direct.channel} true false`,
        `slack:T1/${direct.channel}:${direct.ts} true false`,
        `slack:T1/C1:${top.ts} false false`,
        `slack:T1/C1:${top.ts} false false`,
      ].sort(),
    );
  });

  test("turns Slack's markup into plain words", async () => {
    const rig = await createRig({ transport });
    const said = "<@U1002> see <https://example.org/a|the page> in <#C2|general>, a &lt;b&gt; &amp; <!here>";
    rig.slack.as("U1001").say("C1", said, { subtype: "thread_broadcast" });
    const [message] = await rig.kept(1);
    expect(message?.body).toEqual({
      kind: "text",
      text: "@U1002 see the page (https://example.org/a) in #general, a <b> & @here",
    });
  });

  test("leaves alone what is not meant for it: itself, other bots, edits, deletions, joins, other workspaces", async () => {
    const rig = await createRig({ transport });
    const { slack, nova } = rig;
    await nova.show(delivery("slack:T1/C1:C1", reply("my own words"), { id: "o1" }));
    slack.as("U9001").say("C1", "beep");
    slack.as("U9001").say("C1", "boop", { subtype: "bot_message" });
    slack.as("U1002").say("C1", "kit joined", { subtype: "channel_join" });
    slack.as("U2002").say("C2001", "elsewhere");
    const mine = slack.as("U1001").say("C1", "a real one");
    slack.as("U1001").edit(mine, "a real one, edited");
    slack.as("U1001").remove(mine);
    const last = slack.as("U1001").say("C1", "the last");
    await rig.kept(2);
    await slack.until(
      (entry) => entry.kind === "acked" && slack.log.filter(({ kind }) => kind === "acked").length === 9,
    );
    expect(rig.heard.map(({ id }) => id)).toEqual([idOf(mine), idOf(last)]);
  });

  test("takes guests, strangers and whoever can't be looked up for outsiders", async () => {
    const rig = await createRig({ transport });
    rig.slack.as("U1003").say("C1", "guest");
    rig.slack.as("U2001").say("C5", "stranger");
    await rig.kept(2);
    rig.slack.faults.add({ match: "users.info", times: 1, when: "before", how: { status: 500 } });
    rig.slack.as("U1001").say("C1", "unlucky");
    await rig.kept(3);
    rig.slack.as("U1001").say("C1", "lucky");
    await rig.kept(4);
    const standing = Object.fromEntries(
      rig.heard.map(({ account, body }) => [
        body.kind === "text" ? body.text : "",
        `${account.id} ${account.standing}`,
      ]),
    );
    expect(standing).toEqual({
      guest: "slack:T1/U1003 outsider",
      stranger: "slack:T2/U2001 outsider",
      unlucky: "slack:T1/U1001 outsider",
      lucky: "slack:T1/U1001 regular",
    });
  });

  test("keeps what a thread says in its order, however long somebody is looked up", async () => {
    const rig = await createRig({ transport });
    const root = rig.slack.as("U1001").say("C1", "first");
    await rig.kept(1);
    rig.slack.faults.add({ match: "users.info", times: 1, when: "before", how: { delayMs: 250 } });
    const [maya, kit] = [rig.slack.as("U1002"), rig.slack.as("U1001")];
    const looked = rig.slack.until(({ kind, name }) => kind === "request" && name === "users.info");
    const later = [maya.say("C1", "second", { thread: root.ts })];
    await looked;
    later.push(kit.say("C1", "third", { thread: root.ts }), kit.say("C1", "elsewhere"));
    await rig.kept(4);
    const [second, third, elsewhere] = [later[0], later[1], later[2]].map((one) => idOf(one ?? root));
    expect(rig.heard.map(({ id }) => id)).toEqual([idOf(root), elsewhere, second, third]);
  });

  test("waits for what was said before only as long as Slack waits", async () => {
    const clock = createHandClock(Date.now());
    const rig = await createRig({ transport, clock, fake: { times: { ackMs: 5_000, retryMs: [] } } });
    const stuck = Promise.withResolvers<void>();
    rig.onHear = async (message) => (message.id.endsWith(first.ts) ? stuck.promise : undefined);
    const first = rig.slack.as("U1001").say("C1", "this one sticks");
    const second = rig.slack.as("U1001").say("C1", "and this one?", { thread: first.ts });
    const saidAt = clock.now();
    await expect
      .poll(
        () => {
          clock.advance(50);
          return rig.heard.map(({ id }) => id);
        },
        { interval: 5, timeout: 10_000 },
      )
      .toEqual([idOf(second)]);
    expect(clock.now() - saidAt).toBeGreaterThanOrEqual(2_300);
    stuck.resolve();
    await rig.kept(2);
  });

  test("hears a slash command with its verb and the rest untouched", async () => {
    const rig = await createRig({ transport });
    expect(await rig.slack.as("U1001").slash("/nova ask erp/stock  how  many?", "C2")).toEqual({
      acked: true,
    });
    expect(await rig.slack.as("U1001").slash("/nova")).toEqual({ acked: true });
    expect(rig.heard.map(({ body, thread }) => ({ body, thread }))).toEqual([
      { body: { kind: "command", verb: "ask", rest: "erp/stock  how  many?" }, thread: "slack:T1/C2:C2" },
      { body: { kind: "command", verb: "help", rest: "" }, thread: "slack:T1/C1:C1" },
    ]);
  });

  test("hears a press with the button's nonce and the post it sits on", async () => {
    const rig = await createRig({ transport });
    const asked = rig.slack.as("U1001").say("C1", "confirm it");
    const { card, platformId } = await showCard(rig, `slack:T1/C1:${asked.ts}`);
    expect(await rig.slack.as("U1001").click(card, "Approve")).toEqual({ acked: true });
    expect(await rig.slack.as("U1002").click(card, "Approve")).toEqual({ acked: true });
    const presses = rig.heard.filter(({ body }) => body.kind === "press");
    expect(presses).toMatchObject([
      {
        account: { id: "slack:T1/U1001" },
        thread: `slack:T1/C1:${asked.ts}`,
        addressed: true,
        body: { kind: "press", nonce: "nova1.approve", onMessage: platformId, words: null },
      },
      { account: { id: "slack:T1/U1002" } },
    ]);
    expect(buttonsOf(card.blocks).map(({ value }) => value)).toEqual([
      "nova1.nova1.approve",
      "nova1.nova1.reject",
    ]);
  });

  test("opens a dialog where a button asks for words, and hears the press with them", async () => {
    const rig = await createRig({ transport });
    const asked = rig.slack.as("U1001").say("C1", "confirm it");
    const { card, platformId } = await showCard(rig, `slack:T1/C1:${asked.ts}`);
    expect(await rig.slack.as("U1001").click(card, "Reject…")).toEqual({ acked: true });
    expect(rig.heard.filter(({ body }) => body.kind === "press")).toEqual([]);
    const [view] = rig.slack.store.views.values();
    expect(JSON.stringify(view)).toContain("Why not?");
    expect(await rig.slack.as("U1001").submit({ words: "wrong customer" })).toEqual({ acked: true });
    expect(rig.heard.find(({ body }) => body.kind === "press")).toMatchObject({
      thread: `slack:T1/C1:${asked.ts}`,
      body: { kind: "press", nonce: "nova1.reject", onMessage: platformId, words: "wrong customer" },
    });
  });

  test("says so when a dialog can't be opened in time", async () => {
    const rig = await createRig({ transport, fake: { times: { triggerMs: -1 } } });
    const { card } = await showCard(rig, "slack:T1/C1:C1");
    expect(await rig.slack.as("U1001").click(card, "Reject…")).toEqual({ acked: true });
    const [note] = rig.slack.store.ephemerals;
    expect(note?.user).toBe("U1001");
    expect(note?.text).toContain("press the button again");
    expect(rig.heard).toEqual([]);
  });

  test("tells the person when a press or a command could not be kept, and does not acknowledge it", async () => {
    const rig = await createRig({ transport });
    const { card } = await showCard(rig, "slack:T1/C1:C1");
    rig.onHear = () => {
      throw new Error("disk full");
    };
    expect(await rig.slack.as("U1001").click(card, "Approve")).toEqual({ acked: false });
    expect(await rig.slack.as("U1001").slash("/nova board")).toEqual({ acked: false });
    expect(rig.slack.store.ephemerals).toHaveLength(2);
    for (const note of rig.slack.store.ephemerals) {
      expect(note).toMatchObject({ user: "U1001", channel: "C1" });
      expect(note.text).toContain("nothing has happened");
    }
  });

  test("answers a button that is none of its own", async () => {
    const rig = await createRig({ transport });
    const { card } = await showCard(rig, "slack:T1/C1:C1");
    const outcome = await rig.slack.as("U1001").forgeClick(card, { actionId: "old", value: "v0" });
    expect(outcome).toEqual({ acked: true });
    expect(rig.slack.store.ephemerals).toMatchObject([
      { user: "U1001", text: "That button is no longer in use." },
    ]);
    expect(rig.heard).toEqual([]);
  });

  test("keeps one of each when everything is delivered twice", async () => {
    const rig = await createRig({ transport });
    rig.slack.net.duplicateNext(5);
    const said = Array.from({ length: 5 }, (_, n) => rig.slack.as("U1001").say("C1", `message ${n}`));
    await rig.kept(5);
    expect(rig.heard.map(({ id }) => id).sort()).toEqual(said.map(idOf).sort());
  });

  test("finishes what it is keeping before it stops, and acknowledges nothing after", async () => {
    const rig = await createRig({ transport, fake: { times: { ackMs: 3_000 } } });
    const gate = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    rig.onHear = () => {
      entered.resolve();
      return gate.promise;
    };
    rig.slack.as("U1001").say("C1", "just in time");
    await entered.promise;
    const order: string[] = [];
    const stopped = rig.nova.stop().then(() => order.push("stopped"));
    expect(rig.nova.health().state).toBe("stopped");
    rig.slack.as("U1001").say("C1", "while it stops");
    const isRefused = () =>
      rig.slack.log.some(({ kind }) => kind === "missed") ||
      rig.reports.some((words) => words.includes("is stopping"));
    await expect.poll(isRefused).toBe(true);
    order.push("kept");
    gate.resolve();
    await stopped;
    expect(order).toEqual(["kept", "stopped"]);
    await rig.slack.until((entry) => entry.kind === "acked");
    expect(rig.heard).toHaveLength(1);
    rig.slack.as("U1001").say("C1", "too late");
    await rig.slack.until((entry) => entry.kind === "missed");
    expect(rig.heard.map(({ body }) => body)).toEqual([{ kind: "text", text: "just in time" }]);
  });
});

describe("signatures", () => {
  const event = JSON.stringify({ type: "url_verification", challenge: "c4" });
  test.each([
    ["a wrong secret", { secret: "wrong" }, 401],
    ["a timestamp 301 s old", { skewSeconds: -302 }, 401],
    ["a timestamp an hour ahead", { skewSeconds: 3600 }, 401],
    ["no signature", { without: "signature" as const }, 401],
    ["no timestamp", { without: "timestamp" as const }, 401],
    ["a body changed after signing", { tamperedBody: event.replace("c4", "c5") }, 401],
    ["everything right", {}, 200],
  ])("answers a handshake with %s", async (_what, wrong, status) => {
    const rig = await createRig({ transport: "http" });
    const answer = await rig.slack.forgeRequest({ body: event, ...wrong });
    expect(answer.status).toBe(status);
    expect(answer.body).toBe(status === 200 ? '{"challenge":"c4"}' : "");
    expect(rig.heard).toEqual([]);
  });

  test("an ssl check can't smuggle an event in", async () => {
    const rig = await createRig({ transport: "http" });
    const body =
      "ssl_check=1&command=%2Fnova&text=agents&team_id=T1&channel_id=C1&user_id=U1001&trigger_id=1";
    const contentType = "application/x-www-form-urlencoded";
    expect((await rig.slack.forgeRequest({ body, contentType, secret: "wrong" })).status).toBe(200);
    expect(rig.heard).toEqual([]);
  });
});

describe("while it works", () => {
  test("shows a status only when the answer takes its time, refreshes it, and takes it away", async () => {
    const clock = createHandClock(Date.now());
    const rig = await createRig({ transport: "http", clock });
    const asked = rig.slack.as("U1001").say("C1", "hello");
    const thread: ThreadId = `slack:T1/C1:${asked.ts}`;
    rig.nova.working(thread)();
    clock.advance(5_000);
    const done = rig.nova.working(thread);
    clock.advance(800);
    await rig.slack.until((entry) => entry.kind === "stored" && entry.name === "assistant.threads.setStatus");
    clock.advance(90_000);
    await rig.slack.until(() => rig.slack.store.statuses.length === 2);
    done();
    await rig.slack.until(() => rig.slack.store.statuses.length === 3);
    expect(rig.slack.store.statuses.map(({ status }) => status)).toEqual([
      "is working on it…",
      "is working on it…",
      "",
    ]);
  });

  test("a refused status harms nothing", async () => {
    const clock = createHandClock(Date.now());
    const rig = await createRig({ transport: "http", clock });
    rig.slack.faults.add({
      match: "assistant.threads.setStatus",
      when: "before",
      how: { error: "not_allowed" },
    });
    const asked = rig.slack.as("U1001").say("C1", "hello");
    const done = rig.nova.working(`slack:T1/C1:${asked.ts}`);
    clock.advance(800);
    await rig.slack.until(
      (entry) => entry.kind === "response" && entry.name === "assistant.threads.setStatus",
    );
    done();
    expect(await rig.nova.show(delivery("slack:T1/C1:C1", reply("done"), { id: "o1" }))).toMatchObject({
      kind: "shown",
    });
  });
});
