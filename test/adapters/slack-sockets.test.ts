// Socket Mode as it really is: refreshes, losses, refusals and odd frames, and never a message kept twice or lost
// that Slack was ready to deliver again.

import { describe, expect, test } from "vitest";
import { createHandClock } from "../support/hand-clock.ts";
import { delivery, reply } from "../support/posts.ts";
import { createRig } from "../support/slack/adapter.ts";
import type { Rig, RigOptions } from "../support/slack/adapter.ts";

const rig = (more: Partial<RigOptions> = {}) => createRig({ transport: "socket", ...more });
const opened = (one: Rig) => one.slack.log.filter(({ kind }) => kind === "socket.open").length;

/** Both sockets open and nothing retiring. */
async function settled({ slack, nova }: Rig): Promise<void> {
  await expect.poll(() => nova.health().detail).toBe("2 of 2 sockets");
  expect(slack.net.openCount()).toBe(2);
}

describe("refresh", () => {
  test("loses nothing while Slack refreshes its sockets again and again", async () => {
    // Slack's own schedule gives an event minutes; on a busy machine a reconnect may take a second.
    const one = await rig({ fake: { times: { ackMs: 3_000, retryMs: [0, 500, 5_000] } } });
    const total = 60;
    for (let n = 0; n < total; n += 1) {
      if (n % 20 === 10) one.slack.net.disconnect("refresh_requested", n === 30 ? "all" : "one");
      one.slack.as("U1001").say("C1", `message ${n}`);
      await one.kept(n + 1);
    }
    expect(one.heard).toHaveLength(total);
    expect(new Set(one.heard.map(({ id }) => id)).size).toBe(total);
  });

  test("a socket that goes away during the commit costs a second delivery, not a second message", async () => {
    const one = await rig();
    await settled(one);
    let refreshed = false;
    one.onHear = async () => {
      if (refreshed) return;
      refreshed = true;
      one.slack.net.disconnect("refresh_requested");
      await one.slack.until((entry) => entry.kind === "socket.close");
    };
    one.slack.as("U1001").say("C1", "hello");
    await one.slack.until((entry) => entry.kind === "acked", 5_000);
    expect(one.heard).toHaveLength(1);
    expect(one.slack.log.some((entry) => entry.kind === "missed")).toBe(true);
  });

  test("comes back after a warning, and after TCP was cut without a word", async () => {
    const one = await rig({ fake: { times: { closeAfterWarningMs: 20 } } });
    await settled(one);
    one.slack.net.disconnect("warning");
    await expect.poll(() => opened(one) >= 4 && one.slack.net.openCount() === 2).toBe(true);
    one.slack.net.drop();
    await expect.poll(() => opened(one) >= 6 && one.nova.health().detail).toBe("2 of 2 sockets");
    one.slack.as("U1001").say("C1", "still there?");
    await one.kept(1);
    expect(one.nova.health()).toEqual({ state: "ready", detail: "2 of 2 sockets" });
  });
});

describe("refusals", () => {
  test("a wrong bot token stops the start with what to do about it", async () => {
    const one = await rig({ botToken: "xoxb-wrong", isIdle: true });
    await expect(one.nova.start(async () => {})).rejects.toThrow(
      'Slack refuses SLACK_BOT_TOKEN (Slack said invalid_auth): copy it anew from "OAuth & Permissions" of the app.',
    );
    expect(one.nova.health()).toMatchObject({ state: "fatal" });
  });

  test("a Slack that is gone altogether is waited for, in peace", async () => {
    const one = await rig();
    await settled(one);
    await one.slack.close();
    await expect.poll(() => one.nova.health().detail).toContain("Slack can't be reached");
    expect(one.nova.health().state).toBe("connecting");
    const shown = await one.nova.show(delivery("slack:T1/C1:C1", reply("hi"), { id: "o1" }));
    expect(shown).toMatchObject({ kind: "later", afterMs: 5_000 });
  });

  test("a wrong app token stops the start with what to do about it", async () => {
    const one = await rig({ appToken: "xapp-wrong", isIdle: true });
    await expect(one.nova.start(async () => {})).rejects.toThrow(
      "Slack refuses SLACK_APP_TOKEN (Slack said invalid_auth)",
    );
    expect(one.nova.health()).toMatchObject({ state: "fatal" });
  });

  test("an app token revoked while running is fatal, without a storm of requests", async () => {
    const one = await rig();
    await settled(one);
    one.slack.store.appTokenState = "invalid_auth";
    const before = one.slack.log.length;
    one.slack.net.drop();
    await one.slack.until((entry) => entry.kind === "response" && entry.error === "invalid_auth");
    await expect.poll(() => one.nova.health().state).toBe("fatal");
    const tries = one.slack.log
      .slice(before)
      .filter(({ kind, name }) => kind === "request" && name === "apps.connections.open");
    expect(tries.length).toBeLessThanOrEqual(2);
  });

  test.each([
    ["a 500 for the ticket", { match: "apps.connections.open", how: { status: 500 } }],
    [
      "a limit on tickets",
      { match: "apps.connections.open", how: { status: 429, headers: { "retry-after": "0" } } },
    ],
    ["internal_error for the ticket", { match: "apps.connections.open", how: { error: "internal_error" } }],
    ["a 502 for the socket", { match: "socket", how: { status: 502 } }],
    ["a socket that is cut", { match: "socket", how: "reset" }],
  ] as const)("%s is tried again", async (_what, fault) => {
    const one = await rig({ isIdle: true });
    one.slack.faults.add({ ...fault, times: 3, when: "before" });
    await one.nova.start(async () => {});
    expect(one.nova.health().state).toBe("ready");
  });

  test("an outage at the start is told and waited out, while posts are put off", async () => {
    const clock = createHandClock(Date.now());
    const one = await rig({ isIdle: true, clock });
    const end = one.slack.faults.add({ match: "auth.test", when: "before", how: { status: 503 } });
    const started = one.nova.start(async () => {});
    await one.slack.until((entry) => entry.kind === "response" && entry.name === "auth.test");
    expect(await one.nova.show(delivery("slack:T1/C1:C1", reply("hi"), { id: "o1" }))).toMatchObject({
      kind: "later",
    });
    expect(one.nova.health().state).toBe("connecting");
    end();
    while (one.nova.health().state !== "ready") {
      clock.advance(500);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await started;
    expect(await one.nova.show(delivery("slack:T1/C1:C1", reply("hi"), { id: "o1" }))).toMatchObject({
      kind: "shown",
    });
  });

  test("a socket without hello is given up after ten seconds", async () => {
    const clock = createHandClock(Date.now());
    const one = await rig({ isIdle: true, clock });
    one.slack.net.withholdHello(true);
    const started = one.nova.start(async () => {});
    await one.slack.until(() => opened(one) === 2);
    one.slack.net.withholdHello(false);
    clock.advance(10_000);
    await started;
    while (one.nova.health().state !== "ready") {
      clock.advance(50);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    expect(opened(one)).toBeGreaterThan(2);
  });
});

describe("odd frames", () => {
  test("survives app_rate_limited, unknown types, noise, binary and a megabyte, and acknowledges what has an id", async () => {
    const one = await rig({ allows: ["acknowledged an unknown envelope"] });
    await settled(one);
    const limited = { type: "app_rate_limited", team_id: "T1", minute_rate_limited: 1, api_app_id: "A0NOVA" };
    const envelope = {
      envelope_id: "e-limited",
      type: "events_api",
      payload: limited,
      accepts_response_payload: false,
    };
    one.slack.net.sendRaw(JSON.stringify(envelope));
    one.slack.net.sendRaw(JSON.stringify({ type: "what_is_this", envelope_id: "e-odd" }));
    one.slack.net.sendRaw("not json at all");
    one.slack.net.sendRaw(Buffer.from([1, 2, 3]));
    one.slack.net.sendRaw(JSON.stringify({ type: "noise", words: "x".repeat(1_000_000) }));
    await one.slack.until((entry) => entry.kind === "frame.in" && entry.envelopeId === "e-limited");
    one.slack.as("U1001").say("C1", "x".repeat(39_000));
    const [message] = await one.kept(1);
    expect(message?.body).toEqual({ kind: "text", text: "x".repeat(39_000) });
    expect(one.reports.some((words) => words.includes("holding events back"))).toBe(true);
  });

  test("reports being held back over HTTP too, and acknowledges it", async () => {
    const one = await createRig({ transport: "http" });
    const body = JSON.stringify({
      type: "app_rate_limited",
      team_id: "T1",
      minute_rate_limited: 1,
      api_app_id: "A0NOVA",
    });
    expect((await one.slack.forgeRequest({ body })).status).toBe(200);
    expect(one.reports.some((words) => words.includes("holds events back"))).toBe(true);
  });
});

test("stops at once although Slack leaves TCP open after the close", async () => {
  const one = await rig();
  await settled(one);
  await one.nova.stop();
  const closed = () => one.slack.log.filter(({ kind }) => kind === "socket.close").length;
  await expect.poll(closed).toBe(2);
  expect(one.nova.health()).toEqual({ state: "stopped", detail: "stopped" });
});
