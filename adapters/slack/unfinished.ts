// What a process that died while it streamed has left in a thread: a message of Nova's own without any outbox id, because
// Slack takes none when a stream begins. Everything else that Nova posts carries one.
import type { Delivery, Found, MayBe } from "../../src/ports.ts";
import { firstPostId } from "../../src/ids.ts";
import { platformIdOf } from "./addresses.ts";
import type { Place } from "./addresses.ts";

export type SeenMessage = {
  readonly ts: string;
  readonly bot_id?: string | undefined;
  readonly metadata?: { readonly event_payload: Readonly<Record<string, unknown>> } | undefined;
  readonly files: readonly unknown[];
};
export type Unfinished = {
  /** Looks at each message that the search passes. */
  readonly see: (message: SeenMessage) => void;
  /** What was found, if it is this delivery's: its own draft, or the stream that nobody ended. */
  readonly judge: (found: Found) => Promise<Found>;
};
type Judging = { readonly botId: string; readonly mayBe: MayBe };

export function createUnfinished(delivery: Delivery, place: Place, { botId, mayBe }: Judging): Unfinished {
  const askedAt = /^s:m:[^:]+:[^:]+:(\d+\.\d+)$/.exec(delivery.inReplyTo ?? "")?.[1];
  const isFirst = delivery.inReplyTo !== null && delivery.id === firstPostId(delivery.inReplyTo);
  let draft: string | null = null;
  const orphans: string[] = [];
  return {
    see: ({ ts, bot_id, metadata, files }) => {
      if (bot_id !== botId) return;
      const { id, preview } = metadata?.event_payload ?? {};
      if (id === delivery.id && preview === true) draft = platformIdOf(place.channel, ts);
      const isBare = metadata === undefined && files.length === 0;
      if (isBare && isFirst && askedAt !== undefined && place.threadTs !== null && ts > askedAt)
        orphans.push(platformIdOf(place.channel, ts));
    },
    judge: async (found) => {
      if (found.kind === "found") return found.platformId === draft ? { ...found, isPreview: true } : found;
      if (found.kind !== "absent") return found;
      // Other answers of the thread may have left a stream too, or be at one: only what is nobody's is taken.
      for (const platformId of orphans)
        if (await mayBe(platformId)) return { kind: "found", platformId, isPreview: true };
      return found;
    },
  };
}
