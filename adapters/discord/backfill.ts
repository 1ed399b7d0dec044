// What was said while no session lived: Discord replays nothing after a fresh IDENTIFY, so it is read over REST, newest
// page first, and heard like everything else. Edited meanwhile: as it reads now. Deleted meanwhile: never said.
import { DiscordAPIError, Events, Routes, SnowflakeUtil } from "discord.js";
import type { Client } from "discord.js";
import { z } from "zod";
import { createBackfill } from "../../src/surfaces/backfill.ts";
import type { Backfill, Page } from "../../src/surfaces/backfill.ts";
import type { Message } from "../../src/message.ts";
import type { Clock, Gap, Recall } from "../../src/ports.ts";
import { toMessage } from "./inbound.ts";
import { withDeadline } from "./payload.ts";
import { MessagePacket } from "./packets.ts";

const extraLimit = 100;
const pageLimit = 100;
/** A dead connection is noticed late. */
const marginMs = 60_000;

export type CatchUpParts = {
  readonly client: Client;
  readonly clock: Clock;
  readonly recall: Recall;
  readonly botId: () => string | null;
  readonly hear: (message: Message) => Promise<void>;
  readonly onTrouble: (what: string) => void;
};
export type CatchUp = Pick<Backfill, "caughtUp" | "idle" | "stop"> & {
  /** The connection is gone; events may be missed from here on. */
  readonly left: () => void;
  /** The old session goes on: Discord replays what was missed. */
  readonly resumed: () => void;
  /** A new session: what was said meanwhile is read. */
  readonly returned: () => void;
};

export function createCatchUp(parts: CatchUpParts): CatchUp {
  let awaySinceMs: number | null = null;
  let guildsKnown = Promise.withResolvers<void>();
  const recall: Recall = {
    ...parts.recall,
    gaps: async () => {
      await guildsKnown.promise;
      return parts.recall.gaps();
    },
  };
  const backfill = createBackfill({
    ...parts,
    recall,
    read: async (gap, cursor) => readPage(parts, gap, cursor),
    keyOf: (gap) => placeOf(gap).channel,
  });
  return {
    ...backfill,
    stop: () => {
      backfill.stop();
      guildsKnown.resolve();
    },
    left: () => {
      awaySinceMs ??= parts.clock.now();
    },
    resumed: () => {
      awaySinceMs = null;
    },
    returned: () => {
      const sinceMs = awaySinceMs;
      awaySinceMs = null;
      // Its channels follow READY; what is said live meanwhile waits for its turn.
      guildsKnown = Promise.withResolvers<void>();
      parts.client.once(Events.ShardReady, () => guildsKnown.resolve());
      backfill.start((known) => unheardOf(parts.client, known, sinceMs));
    },
  };
}

async function readPage(parts: CatchUpParts, gap: Gap, cursor: string | null): Promise<Page> {
  const { channel, parent } = placeOf(gap);
  const query = new URLSearchParams({
    limit: `${pageLimit}`,
    ...(cursor === null ? {} : { before: cursor }),
  });
  const botId = parts.botId();
  if (botId === null) throw new Error("Discord has not said yet who Nova is");
  try {
    const page = z
      .array(MessagePacket)
      .parse(
        await withDeadline(parts.clock, parts.client.rest.get(Routes.channelMessages(channel), { query })),
      );
    const fresh = page.filter(({ id }) => SnowflakeUtil.timestampFrom(id) > gap.fromMs);
    const isEnd = page.length < pageLimit || fresh.length < page.length;
    return {
      messages: fresh
        .map((packet) => toMessage(packet, { channel, parent, isDirect: gap.direct }, botId))
        .filter((message) => message !== null),
      next: isEnd ? null : (page.at(-1)?.id ?? null),
    };
  } catch (error) {
    // Gone, or no longer Nova's to read: nothing said there can be meant for it any more.
    const isClosed = error instanceof DiscordAPIError && (error.status === 403 || error.status === 404);
    if (!isClosed) throw error;
    parts.onTrouble(`${channel} can't be read any more: ${error.message}`);
    return { messages: [], next: null };
  }
}

function placeOf({ thread }: Gap): { readonly channel: string; readonly parent: string | null } {
  const [, parent = "", channel = ""] = thread.split(":");
  return { channel, parent: parent === channel ? null : parent };
}

/** Visible channels and open threads that the journal has nothing of: there, only what names Nova is missed. */
function unheardOf(client: Client, known: readonly Gap[], awaySinceMs: number | null): readonly Gap[] {
  const byThread = new Map(known.map((gap) => [gap.thread, gap]));
  const lastMs =
    awaySinceMs ?? (known.length === 0 ? null : Math.max(...known.map(({ sinceMs }) => sinceMs)));
  if (lastMs === null) return [];
  const extra = client.channels.cache.map((channel): Gap | null => {
    if (!channel.isTextBased() || channel.isDMBased() || !channel.viewable) return null;
    const parent = channel.isThread() ? (channel.parentId ?? channel.id) : channel.id;
    const above = byThread.get(`discord:${parent}:${parent}`);
    const sinceMs = Math.min(lastMs, above?.sinceMs ?? lastMs);
    return {
      thread: `discord:${parent}:${channel.id}`,
      channel: `discord:${parent}`,
      direct: false,
      addressedOnly: above?.addressedOnly ?? true,
      sinceMs,
      fromMs: above?.fromMs ?? sinceMs - marginMs,
    };
  });
  return extra
    .filter((gap) => gap !== null)
    .filter(({ thread }) => !byThread.has(thread))
    .slice(0, extraLimit);
}
