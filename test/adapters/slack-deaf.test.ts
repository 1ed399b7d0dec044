// Connections that look alive and are not: one without pongs, one that answers pings and carries nothing.
import { expect, test } from "vitest";
import { createHandClock } from "../support/hand-clock.ts";
import { createRig } from "../support/slack/adapter.ts";
import type { Rig } from "../support/slack/adapter.ts";

const opened = (rig: Rig): number => rig.slack.log.filter(({ kind }) => kind === "socket.open").length;
const posted = (rig: Rig): number =>
  rig.slack.log.filter(({ kind, name }) => kind === "request" && name.startsWith("chat.")).length;

async function connected(): Promise<{
  readonly rig: Rig;
  readonly clock: ReturnType<typeof createHandClock>;
}> {
  const clock = createHandClock(Date.now());
  const rig = await createRig({ transport: "socket", clock });
  await expect.poll(() => rig.nova.health().detail).toBe("2 of 2 sockets");
  return { rig, clock };
}

test("a socket that carries nothing is replaced once Slack had to deliver again, and nothing is lost", async () => {
  const { rig, clock } = await connected();
  clock.advance(20_000);
  rig.slack.net.deafen();
  for (let n = 1; n <= 8; n += 1) rig.slack.as("U1001").say("C1", `message ${n}`);
  await rig.kept(8);
  // The loop waits a moment before it connects anew.
  await expect.poll(() => (clock.advance(100), opened(rig))).toBe(3);
  await expect.poll(() => rig.nova.health().detail).toBe("2 of 2 sockets");
  expect(posted(rig)).toBe(0);
});

test("after ten minutes of silence one socket after the other is replaced; nothing is posted for it", async () => {
  const { rig, clock } = await connected();
  clock.advance(599_000);
  expect(opened(rig)).toBe(2);
  clock.advance(1_500);
  await expect.poll(() => (clock.advance(20), opened(rig))).toBe(3);
  await expect.poll(() => rig.nova.health().detail).toBe("2 of 2 sockets");
  clock.advance(30_000);
  await expect.poll(() => (clock.advance(20), opened(rig))).toBe(4);
  await expect.poll(() => rig.nova.health().detail).toBe("2 of 2 sockets");
  rig.slack.as("U1001").say("C1", "still there?");
  await rig.kept(1);
  expect(posted(rig)).toBe(0);
});

test("sockets without pongs are given up and opened anew within a minute", { timeout: 30_000 }, async () => {
  const rig = await createRig({ transport: "socket" });
  await expect.poll(() => rig.nova.health().detail).toBe("2 of 2 sockets");
  rig.slack.net.freeze();
  await expect.poll(() => opened(rig), { timeout: 25_000, interval: 50 }).toBeGreaterThanOrEqual(4);
  rig.slack.as("U1001").say("C1", "back?");
  await rig.kept(1);
});
