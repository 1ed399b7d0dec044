// Thumbs under posts, from Discord's packets: who, which way, on which message. Everything else that people put under
// messages is dropped here. Pure: null means "not for us".
import { z } from "zod";
import type { Message } from "../../src/message.ts";
import { toPlatformId } from "./inbound.ts";

/** A reaction carries no id of its own: its place in the gateway's session is the only one it has, also when replayed. */
export type ReactionFrame = {
  readonly t: "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE";
  readonly d: unknown;
  readonly session: string;
  readonly sequence: number;
  readonly now: number;
};

const Packet = z.object({
  user_id: z.string(),
  channel_id: z.string(),
  message_id: z.string(),
  guild_id: z.string().nullish(),
  emoji: z.object({ id: z.string().nullish(), name: z.string().nullish() }),
  /** Only told when a reaction is added. */
  message_author_id: z.string().nullish(),
  member: z
    .object({
      user: z.object({
        username: z.string(),
        global_name: z.string().nullish(),
        bot: z.boolean().nullish(),
      }),
    })
    .nullish(),
});
const skinTone = /[\u{1f3fb}-\u{1f3ff}]/gu;
const marks: ReadonlyMap<string, "up" | "down"> = new Map([
  ["👍", "up"],
  ["👎", "down"],
]);

export function toReaction(frame: ReactionFrame, botId: string): Message | null {
  const packet = Packet.safeParse(frame.d);
  if (!packet.success) return null;
  const { emoji, member, user_id: user, channel_id: channel, message_id: on, ...rest } = packet.data;
  // A server's own emoji may be called anything: only the platform's two thumbs count.
  const mark = (emoji.id ?? null) === null ? marks.get((emoji.name ?? "").replace(skinTone, "")) : undefined;
  const isOurs = (rest.message_author_id ?? botId) === botId;
  if (mark === undefined || !isOurs || user === botId || member?.user.bot === true) return null;
  return {
    id: `d:r:${frame.session}:${frame.sequence}`,
    thread: `discord:${channel}:${channel}`,
    channel: `discord:${channel}`,
    account: {
      id: `discord:${user}`,
      name: member?.user.global_name ?? member?.user.username ?? user,
      standing: "regular",
    },
    at: frame.now,
    direct: (rest.guild_id ?? null) === null,
    addressed: false,
    body: {
      kind: "reaction",
      mark,
      isAdded: frame.t === "MESSAGE_REACTION_ADD",
      onMessage: toPlatformId(channel, on),
    },
  };
}
