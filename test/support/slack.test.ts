// The fake Slack's own rules, proved with raw fetch and ws: a fake that accepts what Slack refuses proves nothing.

import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { isRecord } from "./slack/core.ts";
import {
  call,
  closers,
  connect,
  eventIdOf,
  eventOf,
  fake,
  houseGood,
  isEvent,
  post,
  postButton,
} from "./slack/raw.ts";
import type { AddressInfo } from "node:net";

describe("web api", () => {
  test.each([
    ["", "auth.test", "not_authed"],
    ["xoxb-wrong", "auth.test", "invalid_auth"],
    ["xapp-1-A0NOVA-0000000000-nova", "auth.test", "not_allowed_token_type"],
    ["xoxb-T1-0000000000-nova", "apps.connections.open", "not_allowed_token_type"],
    ["xoxb-T1-0000000000-nova", "chat.dance", "unknown_method"],
  ])("refuses token '%s' on %s with %s", async (token, method, error) => {
    const slack = await fake();
    expect(await call(slack, method, { token })).toMatchObject({ status: 200, ok: false, error });
  });

  test("says revoked tokens and missing scopes as Slack does", async () => {
    const slack = await fake();
    const team = slack.store.teams.get("T1");
    team?.scopes.delete("chat:write");
    expect(await post(slack, {})).toMatchObject({ ok: false, error: "missing_scope", needed: "chat:write" });
    if (team !== undefined) team.tokenState = "token_revoked";
    expect(await post(slack, {})).toMatchObject({ ok: false, error: "token_revoked" });
  });

  const longText = { type: "section", text: { type: "mrkdwn", text: "x".repeat(3001) } };
  const section = (size: number) => ({ type: "section", text: { type: "mrkdwn", text: "x".repeat(size) } });
  test.each([
    ["an unknown channel", { channel: "C404" }, "channel_not_found"],
    ["an archived channel", { channel: "C8" }, "is_archived"],
    ["a channel without Nova", { channel: "C9" }, "not_in_channel"],
    ["a channel of another workspace", { channel: "C2001" }, "channel_not_found"],
    ["no text", { text: "" }, "no_text"],
    ["two texts", { markdown_text: "x" }, "markdown_text_conflict"],
    ["12,001 characters of markdown", { text: undefined, markdown_text: "x".repeat(12_001) }, "msg_too_long"],
    ["a section of 3,001 characters", { blocks: [longText] }, "invalid_blocks"],
    ["51 blocks", { blocks: Array.from({ length: 51 }, () => ({ type: "divider" })) }, "invalid_blocks"],
    [
      "a block id twice",
      {
        blocks: [
          { type: "divider", block_id: "a" },
          { type: "divider", block_id: "a" },
        ],
      },
      "invalid_blocks",
    ],
    ["an unknown block", { blocks: [{ type: "wat" }] }, "invalid_blocks"],
    [
      "13,500 characters of blocks",
      { blocks: Array.from({ length: 5 }, () => section(2700)) },
      "msg_blocks_too_long",
    ],
    ["a numeric thread", { thread_ts: 1712.5 }, "invalid_thread_ts"],
    ["an unknown thread", { thread_ts: "1712345678.000001" }, "thread_not_found"],
  ])("refuses %s", async (_what, args, error) => {
    const slack = await fake();
    expect(await post(slack, args)).toMatchObject({ ok: false, error });
    expect(slack.store.posted()).toEqual([]);
  });

  test.each([
    ["chat.update", 50, { channel: "C1", ts: "1.000000", text: "x", parse: "none", link_names: false }],
    ["users.info", 100, { user: "U1001" }],
    ["conversations.history", 50, { channel: "C1" }],
  ] as const)("takes %s %i times a minute in a workspace, and other methods beside it", async (...row) => {
    const [method, perMinute, args] = row;
    const slack = await fake({ postsPerSecond: 1, postBurst: 2 });
    let taken = 0;
    while ((await call(slack, method, args)).status === 200) taken += 1;
    // It fills up while this test pours.
    expect(taken).toBeGreaterThanOrEqual(perMinute);
    expect(taken).toBeLessThan(2 * perMinute);
    expect((await call(slack, "conversations.info", { channel: "C1" })).status).toBe(200);
  });

  test("limits posts to a burst and then one a second, per channel", async () => {
    const slack = await fake({ postsPerSecond: 1, postBurst: 2 });
    await post(slack, {});
    await post(slack, {});
    const third = await post(slack, {});
    expect(third).toMatchObject({ status: 429, ok: false, error: "ratelimited" });
    expect(third.headers.get("retry-after")).toBe("1");
    expect(await post(slack, { channel: "C2" })).toMatchObject({ ok: true });
  });

  test("reports what Nova promised not to do", async () => {
    const slack = await fake();
    await call(slack, "chat.postMessage", { channel: "C1", text: "<!here> look" });
    const { ts } = slack.store.posted()[0] ?? { ts: "" };
    await call(slack, "chat.update", { channel: "C1", ts, text: "@channel look" });
    expect(slack.violations.map((one) => one.what)).toEqual([
      "live markup in chat.postMessage",
      "chat.postMessage must switch unfurling off",
      "chat.postMessage must carry its outbox id in metadata",
      "chat.update must say parse and link_names, or they fall back",
      "chat.update must switch unfurling off",
    ]);
    expect(slack.store.posted()[0]?.pinged).toEqual(["@channel"]);
  });

  test("updates only its own messages and keeps blocks and metadata that an update leaves out", async () => {
    const slack = await fake();
    const theirs = slack.as("U1001").say("C1", "mine");
    const update = { channel: "C1", parse: "none", link_names: false, text: "new" };
    expect(await call(slack, "chat.update", { ...update, ts: theirs.ts })).toMatchObject({
      error: "cant_update_message",
    });
    expect(await call(slack, "chat.update", { ...update, ts: "1.2" })).toMatchObject({
      error: "message_not_found",
    });
    await post(slack, { blocks: [{ type: "divider" }] });
    const [own] = slack.store.posted();
    await call(slack, "chat.update", { ...update, ts: own?.ts });
    expect(own).toMatchObject({
      text: "new",
      blocks: [{ type: "divider" }],
      metadata: houseGood.metadata,
      edits: 1,
    });
  });

  test("gives history newest first, replies oldest first, metadata only on demand, and lags when told to", async () => {
    const slack = await fake();
    const first = slack.as("U1001").say("C1", "one");
    slack.as("U1001").say("C1", "two");
    await post(slack, { thread_ts: first.ts });
    const history = await call(slack, "conversations.history", { channel: "C1" });
    expect(history).toMatchObject({ messages: [{ text: "two" }, { text: "one" }] });
    const replies = { channel: "C1", ts: first.ts };
    const bare: Record<string, unknown> = await call(slack, "conversations.replies", replies);
    expect(JSON.stringify(bare["messages"])).not.toContain("nova_outbox");
    const full = await call(slack, "conversations.replies", { ...replies, include_all_metadata: true });
    expect(full).toMatchObject({ messages: [{ text: "one" }, { metadata: houseGood.metadata }] });
    slack.net.readLagMs = 10_000;
    expect(await call(slack, "conversations.replies", replies)).toMatchObject({ messages: [] });
  });

  test("sends an ephemeral only to who is there, and keeps it out of history", async () => {
    const slack = await fake();
    const note = { channel: "C1", text: "psst" };
    expect(await call(slack, "chat.postEphemeral", { ...note, user: "U2002" })).toMatchObject({
      error: "user_not_in_channel",
    });
    expect(await call(slack, "chat.postEphemeral", { ...note, user: "U1001" })).toMatchObject({ ok: true });
    expect(slack.store.posted()).toEqual([]);
  });

  test("breaks before or after storing, in the way a test orders", async () => {
    const slack = await fake();
    slack.faults.add({ match: "chat.postMessage", times: 1, when: "before", how: { status: 503 } });
    slack.faults.add({ match: "chat.postMessage", times: 1, when: "after", how: "reset" });
    slack.faults.add({ match: "chat.postMessage", times: 1, when: "before", how: { status: 429 } });
    expect(await post(slack, {})).toMatchObject({ status: 503 });
    expect(slack.store.posted()).toHaveLength(0);
    await expect(post(slack, {})).rejects.toThrow("fetch failed");
    expect(slack.store.posted()).toHaveLength(1);
    expect((await post(slack, {})).headers.get("retry-after")).toBeNull();
  });

  test("lists the members of a channel page by page, for who may look", async () => {
    const slack = await fake();
    const all = [...(slack.store.channels.get("C1")?.members ?? [])];
    const first = await call(slack, "conversations.members", { channel: "C1", limit: "1" });
    expect(first).toMatchObject({ ok: true, members: all.slice(0, 1) });
    const next = { channel: "C1", limit: "200", cursor: "next:1" };
    expect(await call(slack, "conversations.members", next)).toMatchObject({
      members: all.slice(1),
      response_metadata: { next_cursor: "" },
    });
    slack.store.teams.get("T1")?.scopes.delete("channels:read");
    expect(await call(slack, "conversations.members", { channel: "C1" })).toMatchObject({
      error: "missing_scope",
    });
  });

  test("tells guests and strangers apart", async () => {
    const slack = await fake();
    expect(await call(slack, "users.info", { user: "U1003" })).toMatchObject({
      user: { is_restricted: true },
    });
    expect(await call(slack, "users.info", { user: "U2001" })).toMatchObject({
      user: { is_stranger: true, team_id: "T2" },
    });
    expect(await call(slack, "users.info", { user: "U2002" })).toMatchObject({ error: "user_not_visible" });
  });
});

describe("socket mode", () => {
  test("takes a ticket once", async () => {
    const slack = await fake();
    const opened: Record<string, unknown> = await call(slack, "apps.connections.open", {
      token: slack.appToken,
    });
    const url = String(opened["url"]);
    const first = new WebSocket(url);
    closers.push(() => first.terminate());
    await new Promise((resolve) => first.once("open", resolve));
    const second = new WebSocket(url);
    const error = await new Promise<Error>((resolve) => second.once("error", resolve));
    expect(error.message).toContain("403");
    expect(slack.violations).toMatchObject([{ what: "connected without a fresh ticket" }]);
  });

  test("sends a mention as message and as app_mention with different ids and the same ts, in both orders", async () => {
    const orders = new Set<string>();
    const slack = await fake();
    const socket = await connect(slack);
    for (let n = 0; n < 12; n += 1) {
      slack.as("U1001").say("C1", `${slack.mention} hi`);
      const one = await socket.next(isEvent);
      const two = await socket.next(isEvent);
      expect(eventIdOf(one)).not.toBe(eventIdOf(two));
      expect(eventOf(one)["ts"]).toBe(eventOf(two)["ts"]);
      orders.add(`${String(eventOf(one)["type"])},${String(eventOf(two)["type"])}`);
      socket.ack(one);
      socket.ack(two);
    }
    expect(orders).toEqual(new Set(["message,app_mention", "app_mention,message"]));
  });

  test("retries an unacknowledged event three times with the same event id and new envelopes, then loses it", async () => {
    const slack = await fake({ times: { ackMs: 20 } });
    const socket = await connect(slack);
    slack.as("U1001").say("C1", "hi");
    const tries: Record<string, unknown>[] = [];
    for (let n = 0; n < 4; n += 1) tries.push(await socket.next(isEvent));
    expect(new Set(tries.map(eventIdOf)).size).toBe(1);
    expect(new Set(tries.map((frame) => frame["envelope_id"])).size).toBe(4);
    expect(tries.map((frame) => frame["retry_attempt"])).toEqual([0, 1, 2, 3]);
    await slack.until((entry) => entry.kind === "lost");
    const [late] = tries;
    if (late !== undefined) socket.ack(late);
    await slack.until((entry) => entry.kind === "frame.in");
    expect(slack.violations).toMatchObject([{ what: "acknowledged too late" }]);
  });

  test("calls a second, an unknown and a talking acknowledgement violations", async () => {
    const slack = await fake();
    const socket = await connect(slack);
    slack.as("U1001").say("C1", "hi");
    const event = await socket.next(isEvent);
    socket.ack(event, { text: "no" });
    socket.ack(event);
    socket.ack({ envelope_id: "made-up" });
    await slack.until((entry) => entry.kind === "frame.in" && entry.envelopeId === "made-up");
    expect(slack.violations.map((one) => one.what)).toEqual([
      "answered an event in its ack",
      "acknowledged twice",
      "acknowledged an unknown envelope",
    ]);
  });

  test("redelivers on another socket when the first goes away, and refuses an eleventh socket", async () => {
    const slack = await fake({ maxSockets: 2, times: { ackMs: 5000 } });
    const first = await connect(slack);
    slack.as("U1001").say("C1", "hi");
    await first.next(isEvent);
    const second = await connect(slack);
    first.socket.terminate();
    const again = await second.next(isEvent);
    expect(again["retry_attempt"]).toBe(1);
    second.ack(again);
    await connect(slack);
    const opened: Record<string, unknown> = await call(slack, "apps.connections.open", {
      token: slack.appToken,
    });
    const third = new WebSocket(String(opened["url"]));
    closers.push(() => third.terminate());
    const frame = await new Promise<string>((resolve) =>
      third.once("message", (data) => resolve(Buffer.isBuffer(data) ? data.toString("utf8") : "")),
    );
    expect(frame).toContain("too_many_websockets");
  });

  test("gives a retiring socket nothing new", async () => {
    const slack = await fake();
    const first = await connect(slack);
    slack.net.disconnect("warning");
    expect(await first.next((frame) => frame["type"] === "disconnect")).toMatchObject({ reason: "warning" });
    expect(slack.net.openCount()).toBe(0);
    const second = await connect(slack);
    slack.as("U1001").say("C1", "hi");
    second.ack(await second.next(isEvent));
    expect(first.frames.filter(isEvent)).toEqual([]);
  });

  test("presses only buttons that are there", async () => {
    const slack = await fake();
    const socket = await connect(slack);
    const message = await postButton(slack);
    await expect(slack.as("U1001").click(message, "Reject")).rejects.toThrow('no button "Reject"');
    await expect(slack.as("U2002").click(message, "Approve")).rejects.toThrow("can't see");
    const pressed = slack.as("U1001").click(message, "Approve");
    socket.ack(await socket.next((one) => one["type"] === "interactive"));
    expect(await pressed).toEqual({ acked: true });
  });

  test.each([
    ["once", 60_000, ["ok", "exchanged_trigger_id"]],
    ["only within its time", -1, ["expired_trigger_id", "expired_trigger_id"]],
  ] as const)("opens a dialog for a trigger %s", async (_what, triggerMs, results) => {
    const slack = await fake({ times: { triggerMs } });
    const socket = await connect(slack);
    const pressed = slack.as("U1001").click(await postButton(slack), "Approve");
    const frame = await socket.next((one) => one["type"] === "interactive");
    socket.ack(frame);
    await pressed;
    const payload = isRecord(frame["payload"]) ? frame["payload"] : {};
    const view = { type: "modal", title: { type: "plain_text", text: "Why" }, blocks: [] };
    for (const result of results) {
      const opened: Record<string, unknown> = await call(slack, "views.open", {
        trigger_id: payload["trigger_id"],
        view,
      });
      expect(opened["ok"] === true ? "ok" : opened["error"]).toBe(result);
    }
    expect(await call(slack, "views.open", { trigger_id: "1.2", view })).toMatchObject({
      error: "invalid_trigger_id",
    });
  });
});

describe("http", () => {
  test("signs what it sends, retries while the first request is open, and honours no-retry", async () => {
    const slack = await fake({ times: { ackMs: 40 } });
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(String(request.headers["x-slack-retry-num"]));
      expect(request.headers["x-slack-signature"]).toMatch(/^v0=[0-9a-f]{64}$/);
      if (seen.length === 2) response.writeHead(500, { "x-slack-no-retry": "1" }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => server.close());
    closers.push(() => server.closeAllConnections());
    const address: AddressInfo | string | null = server.address();
    slack.deliverTo(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/slack/events`);
    slack.as("U1001").say("C1", "hi");
    await slack.until((entry) => entry.kind === "lost");
    expect(seen).toEqual(["undefined", "1"]);
  });
});
