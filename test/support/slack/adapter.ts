// The shipped Slack adapter in front of the fake Slack, with a sink where the engine would stand.
// Every Slack suite starts here, so that each of them ends with the same question: was any rule broken?

import { createServer } from "node:http";
import { afterEach, expect } from "vitest";
import { createSlack } from "../../../adapters/slack/index.ts";
import { systemClock } from "../../../src/clock.ts";
import type { Slack } from "../../../adapters/slack/index.ts";
import type { Message as Heard } from "../../../src/message.ts";
import type { Clock } from "../../../src/ports.ts";
import { createFakeSlack } from "./index.ts";
import type { FakeSlack, FakeSlackOptions } from "./index.ts";

export interface Rig {
  slack: FakeSlack;
  nova: Slack;
  heard: Heard[];
  reports: string[];
  /** Waits until `count` messages were kept. */
  kept: (count: number) => Promise<readonly Heard[]>;
  /** What the engine does with a message; throws to refuse the commit. */
  onHear: (message: Heard) => Promise<void> | void;
}

export interface RigOptions {
  transport: "socket" | "http";
  clock?: Clock;
  fake?: FakeSlackOptions;
  botToken?: string;
  appToken?: string;
  /** Violations the test provokes on purpose. */
  allows?: readonly string[];
  /** Leaves the start to the test. */
  isIdle?: boolean;
}

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

export async function createRig(options: RigOptions): Promise<Rig> {
  const { transport, fake = {}, clock = systemClock } = options;
  const times = { ackMs: 600, retryMs: [0, 40, 80], ...fake.times };
  const slack = await createFakeSlack({ postsPerSecond: 1000, postBurst: 1000, ...fake, times });
  const heard: Heard[] = [];
  const reports: string[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const nova = createSlack({
    botToken: options.botToken ?? slack.botToken,
    transport:
      transport === "socket"
        ? { kind: "socket", appToken: options.appToken ?? slack.appToken }
        : { kind: "http", signingSecret: slack.signingSecret },
    apiUrl: slack.apiUrl,
    clock,
    report: (level, words) => reports.push(`${level}: ${words}`),
    chance: () => 0,
  });
  const rig: Rig = {
    slack,
    nova,
    heard,
    reports,
    onHear: () => {},
    async kept(count) {
      if (heard.length < count) {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.push({ count, resolve });
        await promise;
      }
      return heard;
    },
  };
  closers.push(async () => {
    await nova.stop();
    await slack.close();
    const allowed = new Set(options.allows);
    expect(slack.violations.filter((violation) => !allowed.has(violation.what))).toEqual([]);
  });
  if (nova.http !== null) await serve(nova, slack);
  if (options.isIdle !== true) await nova.start((message) => hear(rig, waiting, message));
  return rig;
}

async function hear(
  rig: Rig,
  waiting: { count: number; resolve: () => void }[],
  message: Heard,
): Promise<void> {
  await rig.onHear(message);
  if (rig.heard.some(({ id }) => id === message.id)) return;
  rig.heard.push(message);
  for (const waiter of waiting) if (rig.heard.length >= waiter.count) waiter.resolve();
}

async function serve(nova: Slack, slack: FakeSlack): Promise<void> {
  const server = createServer((request, response) => nova.http?.handle(request, response));
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  slack.deliverTo(`http://127.0.0.1:${port}${nova.http?.path ?? ""}`);
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
}
