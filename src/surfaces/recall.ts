// What a surface is told when it connects: where it may have missed something, by what the journal kept last in each
// place. A place is open from the moment it is named until it was read, also when the process dies in between.
import { z } from "zod";
import { ChannelId, ThreadId } from "../ids.ts";
import type { Surface } from "../ids.ts";
import type { Message } from "../message.ts";
import type { Directory } from "../people.ts";
import type { Clock, Gap, Journal, OutboxDraft, Recall } from "../ports.ts";
import { say } from "../post.ts";
import type { Said } from "../post.ts";

export type RecallDeps = {
  readonly journal: Pick<Journal, "lastHeard" | "note" | "keepNote">;
  readonly directory: Pick<Directory, "projects">;
  readonly clock: Clock;
  readonly outbox: {
    readonly post: (drafts: readonly OutboxDraft[]) => Promise<void>;
    readonly draft: (id: string, thread: ThreadId, said: Said) => OutboxDraft;
  };
};

const dayMs = 86_400_000;
/** Channels and direct messages are looked up this far back, threads for a day. */
const channelsForMs = 7 * dayMs;
const threadsForMs = dayMs;
/** A dead connection is noticed late, and clocks differ. */
const marginMs = 60_000;

const SeenSince = z.record(z.string(), z.number());
const OpenGaps = z.array(
  z.strictObject({
    thread: ThreadId,
    channel: ChannelId,
    direct: z.boolean(),
    addressedOnly: z.boolean(),
    sinceMs: z.number(),
    fromMs: z.number(),
  }),
);

export function createRecall(deps: RecallDeps, surface: Surface): Recall {
  const { journal, outbox } = deps;
  const keyOf = (key: string): string => `${surface}:${key}`;
  const open = new Map<ThreadId, Gap>();
  const keepOpen = async (): Promise<void> =>
    journal.keepNote(keyOf("gaps"), JSON.stringify([...open.values()]));
  return {
    gaps: async () => {
      for (const gap of readJson(await journal.note(keyOf("gaps")), OpenGaps) ?? []) widen(open, gap);
      for (const gap of await gapsOf(deps, surface)) widen(open, gap);
      if (open.size > 0) await keepOpen();
      return [...open.values()];
    },
    closed: async (gaps) => {
      for (const { thread } of gaps) open.delete(thread);
      await keepOpen();
    },
    tell: async (thread, key, words) =>
      outbox.post([outbox.draft(`${key}:${thread}`, thread, say(words, { kind: "notice" }))]),
    bound: channelsOf(deps, surface).map(channelThread),
    note: async (key) => journal.note(keyOf(key)),
    keepNote: async (key, words) => journal.keepNote(keyOf(key), words),
  };
}

/** What was open before stays open from where it began. */
function widen(open: Map<ThreadId, Gap>, gap: Gap): void {
  const known = open.get(gap.thread);
  open.set(gap.thread, known === undefined || gap.sinceMs < known.sinceMs ? gap : known);
}

async function gapsOf(deps: RecallDeps, surface: Surface): Promise<readonly Gap[]> {
  const nowMs = deps.clock.now();
  const heard = await deps.journal.lastHeard(surface, nowMs - channelsForMs);
  const bound = await boundSince(deps, surface);
  const spoken = heard.map(toGap);
  const channels = new Set([...bound.keys(), ...heard.map(({ channel }) => channel)]);
  const known = new Set(spoken.map(({ thread }) => thread));
  const quiet = [...channels]
    .map((channel) => toChannelGap(channel, heard, bound.get(channel) ?? null))
    .filter(({ thread }) => !known.has(thread));
  const lately = spoken.filter(
    ({ thread, channel, sinceMs }) => thread === channelThread(channel) || sinceMs > nowMs - threadsForMs,
  );
  return [...quiet, ...lately].map((gap) => ({
    ...gap,
    sinceMs: Math.max(gap.sinceMs, nowMs - channelsForMs),
    // What was said before Nova came is not meant for it.
    fromMs: Math.max(gap.sinceMs - marginMs, bound.get(gap.channel) ?? 0, nowMs - channelsForMs),
  }));
}

type Place = Omit<Gap, "fromMs">;

const toGap = ({ thread, channel, direct, at }: Message): Place => ({
  thread,
  channel,
  direct,
  addressedOnly: false,
  sinceMs: at,
});

/** A channel itself, where only its threads were heard of, or nothing at all since it was bound. */
function toChannelGap(channel: ChannelId, heard: readonly Message[], boundSinceMs: number | null): Place {
  const times = heard.filter((message) => message.channel === channel).map(({ at }) => at);
  return {
    thread: channelThread(channel),
    channel,
    direct: false,
    addressedOnly: boundSinceMs === null,
    sinceMs: Math.max(boundSinceMs ?? 0, ...times),
  };
}

/** `slack:T1/C1` > `slack:T1/C1:C1`: a channel stands for itself. */
function channelThread(channel: ChannelId): ThreadId {
  return `${channel}:${channel.split(/[:/]/u).at(-1) ?? ""}`;
}

/** Since when each bound channel has been known. */
async function boundSince(deps: RecallDeps, surface: Surface): Promise<ReadonlyMap<ChannelId, number>> {
  const { journal, clock } = deps;
  const key = `${surface}:bound`;
  const before = readJson(await journal.note(key), SeenSince) ?? {};
  const channels = channelsOf(deps, surface);
  const now = Object.fromEntries(channels.map((channel) => [channel, before[channel] ?? clock.now()]));
  const isSame =
    Object.keys(before).length === channels.length && channels.every((channel) => channel in before);
  if (!isSame) await journal.keepNote(key, JSON.stringify(now));
  return new Map(channels.map((channel) => [channel, now[channel] ?? clock.now()]));
}

const channelsOf = ({ directory }: RecallDeps, surface: Surface): readonly ChannelId[] =>
  directory.projects
    .flatMap((project) => project.channels)
    .filter((channel) => channel.startsWith(`${surface}:`));

/** A note that can't be read any more is as good as none: what it knew is only where to look. */
function readJson<T>(words: string | null, shape: z.ZodType<T>): T | null {
  if (words === null) return null;
  try {
    return shape.safeParse(JSON.parse(words)).data ?? null;
  } catch {
    return null;
  }
}

/** For an adapter that stands alone: it has nothing to look back on. */
export const nothingToRecall: Recall = {
  gaps: async () => [],
  closed: async () => undefined,
  tell: async () => undefined,
  bound: [],
  note: async () => null,
  keepNote: async () => undefined,
};
