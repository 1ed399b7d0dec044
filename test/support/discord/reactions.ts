// Reactions in the fake Discord: a person puts an emoji under a message they can see, once, and takes their own away. The
// bot hears of it only with the reaction intents; an ephemeral message takes none.
import { GatewayDispatchEvents, ReactionType } from "discord-api-types/v10";
import type {
  GatewayMessageReactionAddDispatch,
  GatewayMessageReactionRemoveDispatch,
} from "discord-api-types/v10";
import { toMember } from "./packets.ts";
import { announce, type Stage } from "./stage.ts";

export interface Reactions {
  /** `emoji`: a unicode one, or `{ id, name }` of a server's own. */
  react(messageId: string, emoji: Emoji): void;
  unreact(messageId: string, emoji: Emoji): void;
}
type Emoji = string | { readonly id: string; readonly name: string };
type Given = GatewayMessageReactionAddDispatch["d"];

const keyOf = (emoji: Emoji): string => (typeof emoji === "string" ? emoji : `${emoji.name}:${emoji.id}`);

export function createReactions(stage: Stage, userId: string): Reactions {
  const { world } = stage;
  const stand = (messageId: string, emoji: Emoji) => {
    const message = world.message(messageId);
    const channel = world.channel(message.channelId);
    const { guildId } = channel;
    const isMember = guildId === null || (world.guilds.get(guildId)?.memberIds.includes(userId) ?? false);
    const isTheirs = channel.recipientId === null || channel.recipientId === userId;
    const sees = !message.deleted && message.visibleTo === null && isMember && isTheirs;
    if (!sees) throw new Error(`${userId} can't react to the message ${messageId}.`);
    if (channel.archived)
      throw new Error(`${channel.id} is archived: nothing can be put under its messages.`);
    const users = message.reactions.get(keyOf(emoji)) ?? new Set<string>();
    message.reactions.set(keyOf(emoji), users);
    return { message, channel, users };
  };
  const base = (
    messageId: string,
    emoji: Emoji,
  ): Pick<Given, "user_id" | "channel_id" | "message_id" | "emoji" | "burst" | "type" | "guild_id"> => {
    const { channelId } = world.message(messageId);
    const { guildId } = world.channel(channelId);
    return {
      user_id: userId,
      channel_id: channelId,
      message_id: messageId,
      emoji: typeof emoji === "string" ? { id: null, name: emoji } : { ...emoji },
      burst: false,
      type: ReactionType.Normal,
      ...(guildId === null ? {} : { guild_id: guildId }),
    };
  };
  return {
    react(messageId, emoji) {
      const { message, channel, users } = stand(messageId, emoji);
      if (users.has(userId)) throw new Error(`${userId} has put ${keyOf(emoji)} there already.`);
      users.add(userId);
      const event: Pick<GatewayMessageReactionAddDispatch, "t" | "d"> = {
        t: GatewayDispatchEvents.MessageReactionAdd,
        d: {
          ...base(messageId, emoji),
          message_author_id: message.authorId,
          ...(channel.guildId === null ? {} : { member: toMember(world.user(userId)) }),
        },
      };
      announce(stage, channel, event);
    },
    unreact(messageId, emoji) {
      const { channel, users } = stand(messageId, emoji);
      if (!users.delete(userId)) throw new Error(`${userId} has no ${keyOf(emoji)} there.`);
      const event: Pick<GatewayMessageReactionRemoveDispatch, "t" | "d"> = {
        t: GatewayDispatchEvents.MessageReactionRemove,
        d: base(messageId, emoji),
      };
      announce(stage, channel, event);
    },
  };
}
