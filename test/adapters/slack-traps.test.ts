// What Slack's SDKs would do wrong if they were left to it; the rest of the list is in the suites of sockets and sending.
import { describe, expect, test } from "vitest";
import { createHandClock } from "../support/hand-clock.ts";
import { reply } from "../support/posts.ts";
import { createRig } from "../support/slack/adapter.ts";
import type { Delivery } from "../../src/ports.ts";

const here: Delivery = {
  id: "o1",
  thread: "slack:T1/C1:C1",
  post: reply("hello"),
  shownAs: null,
  inReplyTo: null,
};

describe("acknowledging", () => {
  test("a commit that takes 2.5 s makes the connection degraded, with the reason, until it is through", async () => {
    const clock = createHandClock(Date.now());
    const rig = await createRig({ transport: "http", clock, fake: { times: { ackMs: 5_000 } } });
    const commit = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    rig.onHear = async () => {
      begun.resolve();
      await commit.promise;
    };
    rig.slack.as("U1001").say("C1", "slowly");
    await begun.promise;
    clock.advance(2_600);
    expect(rig.nova.health()).toMatchObject({ state: "degraded" });
    expect(rig.nova.health().detail).toContain("2600 ms");
    commit.resolve();
    await rig.kept(1);
    await expect.poll(() => rig.nova.health().state).toBe("ready");
  });

  test("a message that is acknowledged too late comes again and is one message", async () => {
    const rig = await createRig({
      transport: "socket",
      fake: { times: { ackMs: 60, retryMs: [0, 40, 80] } },
      allows: ["acknowledged too late"],
    });
    const commit = Promise.withResolvers<void>();
    let tries = 0;
    rig.onHear = async () => {
      tries += 1;
      if (tries === 1) await commit.promise;
    };
    rig.slack.as("U1001").say("C1", "late");
    await rig.slack.until(({ kind }) => kind === "missed");
    commit.resolve();
    await rig.slack.until(({ kind }) => kind === "acked");
    await rig.kept(1);
    expect(rig.heard.length).toBe(1);
  });
});

describe("clients", () => {
  test("a limit on posts pauses neither reads nor other methods", async () => {
    const rig = await createRig({ transport: "socket" });
    rig.slack.faults.add({
      match: "chat.postMessage",
      when: "before",
      times: 1,
      how: { status: 429, headers: { "retry-after": "60" } },
    });
    expect(await rig.nova.show(here)).toMatchObject({ kind: "later", afterMs: 60_000, limited: "channel" });
    expect(await rig.nova.find(here)).toEqual({ kind: "absent" });
    expect(await rig.nova.show(here)).toMatchObject({ kind: "shown" });
  });

  test("each has settings of its own: a failed ticket is asked for anew by Nova, not ten times by the SDK", async () => {
    const clock = createHandClock(Date.now());
    const rig = await createRig({ transport: "socket", clock, isIdle: true });
    rig.slack.faults.add({ match: "apps.connections.open", when: "before", times: 2, how: { status: 500 } });
    const asked = (): number =>
      rig.slack.log.filter(({ kind, name }) => kind === "request" && name === "apps.connections.open").length;
    const started = rig.nova.start(async () => undefined);
    await expect.poll(asked).toBe(2);
    expect(rig.nova.health().state).toBe("connecting");
    await expect.poll(() => (clock.advance(50), rig.nova.health().state)).toBe("ready");
    await started;
    // A post that fails is asked once too: no client has taken over the socket's patience.
    rig.slack.faults.add({ match: "chat.postMessage", when: "before", times: 1, how: { status: 500 } });
    expect(await rig.nova.show(here)).toMatchObject({ kind: "unclear" });
    expect(
      rig.slack.log.filter(({ kind, name }) => kind === "request" && name === "chat.postMessage").length,
    ).toBe(1);
  });
});

describe("odd events", () => {
  test.each([
    ["a thread as a number", { thread_ts: 1_712.5 }],
    ["no time", { ts: null }],
    ["no author", { user: undefined }],
  ])("%s is acknowledged and nobody's", async (_name, odd) => {
    const rig = await createRig({ transport: "socket" });
    const event = { type: "message", channel: "C1", user: "U1001", text: "odd", ts: "1712.5", ...odd };
    expect(await rig.slack.forgeEvent("C1", event)).toMatchObject({ acked: true });
    rig.slack.as("U1001").say("C1", "plain");
    await rig.kept(1);
    expect(rig.heard.map(({ body }) => body)).toEqual([{ kind: "text", text: "plain" }]);
  });
});
