// What was said while no socket lived: Slack tries an event three times and then forgets it, so channels and threads are
// read and heard like everything else. Edited meanwhile: as it reads now. Deleted meanwhile: never said.
import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { createBackfill } from "../../src/surfaces/backfill.ts";
import type { Backfill, Page } from "../../src/surfaces/backfill.ts";
import type { Message } from "../../src/message.ts";
import type { Clock, Recall } from "../../src/ports.ts";
import type { Accounts } from "./accounts.ts";
import { placeOf } from "./addresses.ts";
import type { Place } from "./addresses.ts";
import { parseEvent } from "./inbound.ts";
import type { Self } from "./inbound.ts";
import { problemOf } from "./outcomes.ts";
import type { Report } from "./wire.ts";

export type CatchUpParts = {
  readonly client: WebClient;
  readonly self: Self;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly recall: Recall;
  readonly hear: (message: Message) => Promise<void>;
  readonly report: Report;
};

const pageLimit = 200;
const dayMs = 86_400_000;
const readAgain = 3;
const alreadyRead = "0";

const History = z.object({
  messages: z.array(
    z.looseObject({ ts: z.string(), thread_ts: z.string().optional(), latest_reply: z.string().optional() }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
type History = z.infer<typeof History>;

export function createCatchUp(parts: CatchUpParts): Backfill {
  /** The last reply of each thread whose beginning was read with its channel: most need no look of their own. */
  const lastReplies = new Map<string, string>();
  return createBackfill({
    ...parts,
    recall: {
      ...parts.recall,
      gaps: async () => {
        lastReplies.clear();
        return parts.recall.gaps();
      },
    },
    keyOf: ({ channel }) => channel,
    onTrouble: (what) => parts.report("warn", what),
    read: async (gap, cursor) => {
      const place = placeOf(gap.thread);
      if (place === null) return { messages: [], next: null };
      const ask: Ask = { place, cursor, fromMs: gap.fromMs };
      return place.threadTs === null
        ? readChannel(parts, ask, lastReplies)
        : readThread(parts, { ...ask, threadTs: place.threadTs }, lastReplies);
    },
  });
}

type Ask = {
  readonly place: Place;
  readonly fromMs: number;
  readonly cursor: string | null;
};

/** With the replies under whatever it shows; a day back at least, because threads live longer than a gap. */
async function readChannel(
  parts: CatchUpParts,
  { place, fromMs, cursor }: Ask,
  lastReplies: Map<string, string>,
): Promise<Page> {
  const { channel } = place;
  const oldest = toTs(Math.min(fromMs, parts.clock.now() - dayMs));
  const history = await ask(parts, place, async () =>
    parts.client.conversations.history({
      channel,
      oldest,
      limit: pageLimit,
      ...(cursor === null ? {} : { cursor }),
    }),
  );
  const messages = [
    ...(await toMessages(
      parts,
      place,
      history.messages.filter(({ ts }) => toMs(ts) > fromMs),
    )),
  ];
  for (const { ts, latest_reply: last } of history.messages) {
    if (last === undefined) continue;
    lastReplies.set(`${channel}:${ts}`, last);
    if (toMs(last) <= fromMs) continue;
    const replies = await readThread(parts, { place, fromMs, cursor: null, threadTs: ts }, lastReplies);
    messages.push(...replies.messages);
    if (replies.next === null) lastReplies.set(`${channel}:${ts}`, alreadyRead);
  }
  const isEnd = toMs(history.messages.at(-1)?.ts ?? "0") <= fromMs;
  return { messages: messages.toSorted((a, b) => b.at - a.at), next: isEnd ? null : nextOf(history) };
}

type AskThread = Ask & { readonly threadTs: string };

async function readThread(
  parts: CatchUpParts,
  { place, fromMs, cursor, threadTs }: AskThread,
  lastReplies: ReadonlyMap<string, string>,
): Promise<Page> {
  const { channel } = place;
  const last = lastReplies.get(`${channel}:${threadTs}`);
  if (last !== undefined && toMs(last) <= fromMs) return { messages: [], next: null };
  const history = await ask(parts, place, async () =>
    parts.client.conversations.replies({
      channel,
      ts: threadTs,
      oldest: toTs(fromMs),
      limit: pageLimit,
      ...(cursor === null ? {} : { cursor }),
    }),
  );
  // The thread's beginning comes along with every page, and belongs to its channel.
  const replies = history.messages.filter(({ ts }) => ts !== threadTs && toMs(ts) > fromMs);
  return { messages: (await toMessages(parts, place, replies)).toReversed(), next: nextOf(history) };
}

async function toMessages(
  { self, accounts }: CatchUpParts,
  { channel }: Place,
  found: History["messages"],
): Promise<readonly Message[]> {
  const messages: Message[] = [];
  for (const { thread_ts: thread, ...one } of found) {
    const isReply = thread !== undefined && thread !== one.ts;
    const event = { ...one, type: "message", channel, ...(isReply ? { thread_ts: thread } : {}) };
    const heard = parseEvent(event, self);
    if (heard?.kind === "message")
      messages.push({ ...heard.message, account: await accounts.accountOf(heard.who) });
  }
  return messages;
}

const nothing: History = { messages: [] };

/** One read, tried again after a rate limit; what Slack refuses for good can't have anything for Nova in it. */
async function ask(parts: CatchUpParts, { channel }: Place, read: () => Promise<unknown>): Promise<History> {
  for (let tries = 1; ; tries += 1) {
    try {
      return History.parse(await read());
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.kind === "refused") {
        parts.report("warn", `${channel} can't be read any more: ${problem.why}`);
        return nothing;
      }
      if (problem.kind !== "later" || tries >= readAgain) throw new Error(problem.why, { cause: thrown });
      const over = Promise.withResolvers<void>();
      parts.clock.after(problem.afterMs, over.resolve);
      await over.promise;
    }
  }
}

const nextOf = ({ response_metadata: more }: History): string | null =>
  more?.next_cursor === undefined || more.next_cursor === "" ? null : more.next_cursor;
const toMs = (ts: string): number => Number(ts) * 1000;
const toTs = (ms: number): string => (Math.max(0, ms) / 1000).toFixed(6);
