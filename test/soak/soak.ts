// The soak: thousands of messages over many threads against Nova as a process, on a fake platform that remembers
// everything. Judged by what the platform holds: none lost, none doubled, none out of order within its thread.
import type { ConfigInput } from "../../src/config.ts";
import type { AccountId, ChannelId } from "../../src/ids.ts";
import { createFakeDiscord, ids } from "../support/discord/index.ts";
import { createFakeSlack } from "../support/slack/index.ts";
import type { Message } from "../support/slack/index.ts";
import { z } from "zod";
import { createNovaHome, isSettled, reaches } from "../prove/nova-process.ts";
import type { NovaHome, NovaProcess } from "../prove/nova-process.ts";
import { idOf } from "../prove/slack-home.ts";
import { askAt, createRandom } from "../prove/workload.ts";

export const soaked = ["discord", "slack-socket", "slack-http"] as const;
export type Soaked = (typeof soaked)[number];
export type Size = { readonly messages: number; readonly threads: number; readonly seed: number };
export type SoakFigures = {
  readonly surface: Soaked;
  readonly messages: number;
  readonly threads: number;
  readonly seconds: number;
  readonly lost: number;
  readonly doubled: number;
  readonly disordered: number;
  readonly violations: readonly unknown[];
  /** Resident memory in MiB, sampled evenly over the run, each time after all garbage was collected. */
  readonly residentMb: readonly number[];
  readonly heapMb: readonly number[];
  /** The sample of resident memory furthest from their mean, as a part of it, over the last four fifths. */
  readonly deviation: number;
};

type Platform = {
  readonly home: NovaHome;
  /** Called once Nova listens. */
  readonly connect: (nova: NovaProcess) => Promise<void>;
  /** Says it in this thread; returns what its answer is known by. */
  readonly say: (thread: number, text: string) => string;
  /** How many posts of Nova's were taken so far. */
  readonly taken: () => number;
  /** Whether the order would be kept if something followed this one now. */
  readonly mayFollow: (id: string) => boolean;
  /** What each post answers, oldest first. */
  readonly answered: () => readonly string[];
  readonly violations: () => readonly unknown[];
  readonly close: () => Promise<void>;
};

/** As many messages are on their way at once; a busy place, not a flood. */
const window = 40;
const samples = 20;
/** Nobody writes twice in one thread within this time: two sockets keep no order among themselves. */
const breathMs = 500;
const probe = {
  NODE_OPTIONS: `--expose-gc --import ${new URL("gc-probe.mjs", import.meta.url).href}`,
};
const Memory = z.looseObject({ msg: z.literal("memory"), rss: z.number(), heapUsed: z.number() });
const config = (kit: AccountId, channel: ChannelId): ConfigInput => ({
  people: [{ name: "Kit", ids: [kit], role: "owner" }],
  projects: [{ id: "parts", name: "Parts", channels: [channel], agents: ["*"], erp: "main" }],
  erps: { main: { kind: "embedded", sample: true } },
});

export async function soak(surface: Soaked, size: Size): Promise<SoakFigures> {
  const platform = surface === "discord" ? await openDiscord() : await openSlack(surface);
  try {
    const nova = platform.home.start();
    await nova.says("started");
    await platform.connect(nova);
    const startedAt = performance.now();
    const said = await talk(platform, nova, size);
    const seconds = (performance.now() - startedAt) / 1_000;
    await reaches(nova, isSettled, 60_000);
    const { lost, ...judged } = judge(said, platform.answered());
    await nova.stop();
    const memory = nova.log().flatMap((line) => Memory.safeParse(line).data ?? []);
    const residentMb = memory.map(({ rss }) => rss / 1_048_576);
    const last = residentMb.slice(Math.floor(residentMb.length / 5));
    const mean = last.reduce((sum, one) => sum + one, 0) / last.length;
    return {
      surface,
      ...size,
      seconds,
      // What could not be said because nothing came back is lost too.
      lost: lost + size.messages - said.length,
      ...judged,
      residentMb,
      heapMb: memory.map(({ heapUsed }) => heapUsed / 1_048_576),
      deviation: Math.max(...last.map((one) => Math.abs(one - mean) / mean)),
      violations: platform.violations(),
    };
  } finally {
    await platform.close();
  }
}

type Said = { readonly thread: number; readonly id: string };

async function talk(
  platform: Platform,
  nova: NovaProcess,
  { messages, threads, seed }: Size,
): Promise<readonly Said[]> {
  const random = createRandom(seed);
  const said: Said[] = [];
  const newest = new Map<number, { readonly id: string; readonly at: number }>();
  const seen = { movedAt: performance.now(), taken: 0, probes: 0 };
  while (platform.taken() < messages) {
    const now = performance.now();
    const taken = platform.taken();
    if (taken !== seen.taken) Object.assign(seen, { taken, movedAt: now });
    if (now - seen.movedAt > 60_000) break;
    while (said.length < messages && said.length - taken < window) {
      // The first round opens every thread, the rest is chance.
      const thread = said.length < threads ? said.length : Math.abs(Math.floor(random() * threads)) % threads;
      const last = newest.get(thread);
      if (last !== undefined && (last.at + breathMs > now || !platform.mayFollow(last.id))) break;
      const id = platform.say(thread, askAt(said.length).text);
      newest.set(thread, { id, at: now });
      said.push({ thread, id });
    }
    if (seen.probes < Math.floor((taken / messages) * samples)) {
      seen.probes += 1;
      nova.signal("SIGUSR2");
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return said;
}

function judge(
  said: readonly Said[],
  answered: readonly string[],
): Pick<SoakFigures, "lost" | "doubled" | "disordered"> {
  const place = new Map<string, number>();
  let doubled = 0;
  answered.forEach((id, index) => {
    if (place.has(id)) doubled += 1;
    else place.set(id, index);
  });
  const lost = said.filter(({ id }) => !place.has(id)).length;
  const newest = new Map<number, number>();
  let disordered = 0;
  for (const { thread, id } of said) {
    const at = place.get(id);
    if (at === undefined) continue;
    if (at < (newest.get(thread) ?? -1)) disordered += 1;
    newest.set(thread, Math.max(at, newest.get(thread) ?? -1));
  }
  return { lost, doubled, disordered };
}

async function openDiscord(): Promise<Platform> {
  const fake = await createFakeDiscord({ bucketLimit: 1_000_000, globalPerSecond: 1_000_000 });
  const kit = fake.as(ids.kit);
  const rooms: string[] = [];
  const count = counter(
    fake.log,
    ({ kind, name, status }) =>
      kind === "response" && status === 200 && /^POST \/channels\/\d+\/messages$/u.test(name),
  );
  const home = createNovaHome(config(`discord:${ids.kit}`, `discord:${ids.parts}`), {
    DISCORD_TOKEN: fake.token,
    DISCORD_API_URL: fake.apiUrl,
    ...probe,
  });
  return {
    home,
    connect: async () => undefined,
    say: (thread, text) => {
      rooms[thread] ??= kit.thread(ids.parts, `topic ${thread}`).id;
      return kit.say(rooms[thread] ?? ids.parts, text).id;
    },
    taken: count,
    mayFollow: () => true,
    answered: () =>
      [...fake.store.messages.values()]
        .filter(({ authorId }) => authorId === ids.bot)
        .map(({ referenceId }) => referenceId ?? ""),
    violations: () => fake.check(),
    close: async () => {
      await home.close();
      await fake.close();
    },
  };
}

async function openSlack(surface: "slack-socket" | "slack-http"): Promise<Platform> {
  const fake = await createFakeSlack({ lean: true, postsPerSecond: 1_000_000, postBurst: 1_000_000 });
  const kit = fake.as("U1001");
  const roots: string[] = [];
  const count = counter(fake.log, ({ kind, name }) => kind === "stored" && name === "chat.postMessage");
  const turnOf = (post: Message): string => idOf(post).replace(/:\d+$/u, "");
  const answered = new Set<string>();
  const isAnswered = (id: string): boolean => {
    if (answered.size < count()) for (const post of fake.store.posted("C1")) answered.add(turnOf(post));
    return answered.has(id);
  };
  const home = createNovaHome(config("slack:T1/U1001", "slack:T1/C1"), {
    SLACK_BOT_TOKEN: fake.botToken,
    SLACK_API_URL: fake.apiUrl,
    ...probe,
    ...(surface === "slack-socket"
      ? { SLACK_APP_TOKEN: fake.appToken }
      : { SLACK_SIGNING_SECRET: fake.signingSecret }),
  });
  return {
    home,
    connect: async (nova) => {
      if (surface === "slack-http") fake.deliverTo(`${await nova.url()}/slack/events`);
    },
    say: (thread, text) => {
      const root = roots[thread];
      const { ts } = kit.say("C1", text, root === undefined ? {} : { thread: root });
      roots[thread] ??= ts;
      return `s:m:T1:C1:${ts}`;
    },
    taken: count,
    // Requests keep no order at all: what follows before there is an answer may well come first.
    mayFollow: (id) => surface === "slack-socket" || isAnswered(id),
    // A post's outbox id is the id of the turn, and that is the id of the message.
    answered: () => fake.store.posted("C1").map(turnOf),
    violations: () => fake.violations,
    close: async () => {
      await home.close();
      await fake.close();
    },
  };
}

type Logged = { readonly kind: string; readonly name: string; readonly status?: number };

/** Counts posts that were taken, looking at every entry of the log once. */
function counter(log: readonly Logged[], isPost: (entry: Logged) => boolean): () => number {
  let seen = 0;
  let count = 0;
  return () => {
    for (; seen < log.length; seen += 1) {
      const entry = log[seen];
      if (entry !== undefined && isPost(entry)) count += 1;
    }
    return count;
  };
}
