// What was said while no session lived: Discord replays nothing after a fresh IDENTIFY, so it is read over REST and
// heard like everything else. The engine drops what it knows already by its id.
import { Routes, SnowflakeUtil } from "discord.js";
import type { Client } from "discord.js";
import { z } from "zod";
import type { Clock } from "../../src/ports.ts";
import { wordsOf } from "./outcomes.ts";
import { Direct } from "./packets.ts";

/** A dead connection is noticed late: reading starts this long before. */
const marginMs = 60_000;
const channelLimit = 100;
const pageLimit = 100;

export type BackfillParts = {
  readonly client: Client;
  readonly clock: Clock;
  readonly hear: (packet: unknown) => void;
  readonly onTrouble: (what: string) => void;
};
type Origin = { readonly id: string; readonly guild_id: string | null; readonly channel_type: number | null };

export type Backfill = {
  /** The connection is gone; events may be missed from here on. */
  readonly left: () => void;
  /** The old session goes on: Discord replays what was missed. */
  readonly resumed: () => void;
  /** A new session: what was said meanwhile is read. */
  readonly returned: () => void;
  /** Notes where direct messages come from: they are in no guild's list. */
  readonly saw: (packet: unknown) => void;
};

export function createBackfill(parts: BackfillParts): Backfill {
  const directs = new Set<string>();
  let awaySinceMs: number | null = null;
  return {
    left: () => {
      awaySinceMs ??= parts.clock.now();
    },
    resumed: () => {
      awaySinceMs = null;
    },
    returned: () => {
      const sinceMs = awaySinceMs;
      awaySinceMs = null;
      if (sinceMs !== null) void readSince(parts, directs, sinceMs);
    },
    saw: (packet) => {
      const direct = Direct.safeParse(packet);
      if (direct.success) directs.add(direct.data.channel_id);
    },
  };
}

/** Reads every visible channel from `sinceMs` on, oldest first, at most one page each. */
async function readSince(parts: BackfillParts, directs: ReadonlySet<string>, sinceMs: number): Promise<void> {
  const after = SnowflakeUtil.generate({ timestamp: sinceMs - marginMs }).toString();
  const query = new URLSearchParams({ after, limit: `${pageLimit}` });
  for (const { id, ...origin } of originsOf(parts.client, directs)) {
    try {
      const page = z
        .array(z.record(z.string(), z.unknown()))
        .parse(await parts.client.rest.get(Routes.channelMessages(id), { query }));
      for (const message of page.toReversed()) parts.hear({ ...message, ...origin });
      if (page.length === pageLimit)
        parts.onTrouble(`More was said in ${id} while Discord was away than was read.`);
    } catch (error) {
      parts.onTrouble(`What was said in ${id} while Discord was away could not be read: ${wordsOf(error)}`);
    }
  }
}

function originsOf(client: Client, heardFrom: ReadonlySet<string>): readonly Origin[] {
  const inGuilds = client.channels.cache.map((channel): Origin | null =>
    channel.isTextBased() && !channel.isDMBased() && channel.viewable
      ? { id: channel.id, guild_id: channel.guildId, channel_type: channel.type }
      : null,
  );
  const directs = [...heardFrom].map((id): Origin => ({ id, guild_id: null, channel_type: null }));
  return [...directs, ...inGuilds.filter((origin) => origin !== null)].slice(0, channelLimit);
}
