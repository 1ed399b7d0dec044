// Thumbs under posts, from Slack's events. Slack names neither the thread nor a time that sorts: the journal knows the
// thread by the post. Anything that is no thumb, or not under a post of Nova's, is dropped before anybody is looked up.
import { channelIdOf, isDirect, platformIdOf, threadIdOf } from "./addresses.ts";
import type { Heard, Self } from "./inbound.ts";
import { ReactionEvent } from "./payloads.ts";

const marks: ReadonlyMap<string, "up" | "down"> = new Map([
  ["+1", "up"],
  ["thumbsup", "up"],
  ["-1", "down"],
  ["thumbsdown", "down"],
]);

export function parseReaction(given: unknown, self: Self): Heard | null {
  const parsed = ReactionEvent.safeParse(given);
  if (!parsed.success) return null;
  const { type, user, reaction, item, item_user: author, event_ts: at } = parsed.data;
  // A skin tone comes behind the name: `+1::skin-tone-3`.
  const mark = marks.get(reaction.split("::")[0] ?? "");
  if (mark === undefined || author !== self.botUserId || user === self.botUserId) return null;
  const { channel, ts } = item;
  return {
    kind: "message",
    who: { team: self.team, user, name: null },
    message: {
      id: `s:r:${self.team}:${channel}:${ts}:${user}:${type}:${reaction}:${at}`,
      thread: threadIdOf({ team: self.team, channel, threadTs: null }),
      channel: channelIdOf(self.team, channel),
      at: Math.floor(Number(at) * 1000),
      direct: isDirect(channel),
      addressed: false,
      body: {
        kind: "reaction",
        mark,
        isAdded: type === "reaction_added",
        onMessage: platformIdOf(channel, ts),
      },
    },
  };
}
