// The fake's world as Discord's own packets, typed by discord-api-types so that a forgotten field fails the types.
import { addressOf, bytesOf } from "./attachments.ts";
import {
  ChannelType,
  GatewayDispatchEvents,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMemberFlags,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildSystemChannelFlags,
  GuildVerificationLevel,
  Locale,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  PermissionFlagsBits,
  OverwriteType,
  RoleFlags,
  ThreadAutoArchiveDuration,
  type APIChannel,
  type APIGuildMember,
  type APIMessage,
  type APIPublicThreadChannel,
  type APIRole,
  type APITextChannel,
  type APIThreadChannel,
  type APIUser,
  type GatewayGuildCreateDispatch,
  type GatewayGuildDeleteDispatch,
  type GatewayInteractionCreateDispatch,
  type GatewayMessageCreateDispatch,
  type GatewayMessageDeleteDispatch,
  type GatewayMessageReactionAddDispatch,
  type GatewayMessageReactionRemoveDispatch,
  type GatewayMessageUpdateDispatch,
  type GatewayReadyDispatch,
  type GatewayResumedDispatch,
  type GatewayThreadCreateDispatch,
  type GatewayThreadUpdateDispatch,
} from "discord-api-types/v10";
import {
  ids,
  type FakeChannel,
  type FakeGuild,
  type FakeMessage,
  type FakeUser,
  type World,
} from "./world.ts";

/** A dispatch before it gets a session's sequence number. */
export type Dispatch =
  | Pick<GatewayReadyDispatch, "t" | "d">
  | Pick<GatewayResumedDispatch, "t" | "d">
  | Pick<GatewayGuildCreateDispatch, "t" | "d">
  | Pick<GatewayGuildDeleteDispatch, "t" | "d">
  | Pick<GatewayMessageCreateDispatch, "t" | "d">
  | Pick<GatewayMessageUpdateDispatch, "t" | "d">
  | Pick<GatewayMessageDeleteDispatch, "t" | "d">
  | Pick<GatewayMessageReactionAddDispatch, "t" | "d">
  | Pick<GatewayMessageReactionRemoveDispatch, "t" | "d">
  | Pick<GatewayThreadCreateDispatch, "t" | "d">
  | Pick<GatewayThreadUpdateDispatch, "t" | "d">
  | Pick<GatewayInteractionCreateDispatch, "t" | "d">;

/** View, send, threads, history, embeds, files, slash commands: what a member of the fake's guilds holds. */
export const PERMISSIONS = "311385246784";
const JOINED = "2026-01-01T00:00:00.000Z";

export function toUser(user: FakeUser): APIUser {
  return {
    id: user.id,
    username: user.name,
    discriminator: "0000",
    global_name: null,
    avatar: null,
    ...(user.kind === "person" ? {} : { bot: true }),
  };
}

export function toMember(user: FakeUser): APIGuildMember {
  return {
    user: toUser(user),
    roles: [],
    joined_at: JOINED,
    deaf: false,
    mute: false,
    flags: user.isGuest === true ? GuildMemberFlags.IsGuest : GuildMemberFlags.CompletedOnboarding,
  };
}

function toTextChannel(channel: FakeChannel): APITextChannel {
  return {
    id: channel.id,
    type: ChannelType.GuildText,
    name: channel.name,
    position: 0,
    permission_overwrites: [
      ...(channel.denied === 0n ? [] : [{ id: ids.bot, deny: channel.denied }]),
      ...(channel.hiddenFrom ?? []).map((id) => ({ id, deny: PermissionFlagsBits.ViewChannel })),
    ].map(({ id, deny }) => ({ id, type: OverwriteType.Member, allow: "0", deny: `${deny}` })),
    parent_id: null,
    ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
  };
}

export function toThread(channel: FakeChannel): APIThreadChannel {
  return {
    id: channel.id,
    type: ChannelType.PublicThread,
    name: channel.name,
    owner_id: ids.bot,
    message_count: 0,
    member_count: 1,
    thread_metadata: {
      archived: channel.archived,
      auto_archive_duration: ThreadAutoArchiveDuration.OneDay,
      archive_timestamp: JOINED,
      locked: channel.locked,
    },
    ...(channel.parentId === null ? {} : { parent_id: channel.parentId }),
    ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
  };
}

function toPublicThread(channel: FakeChannel): APIPublicThreadChannel {
  return { ...toThread(channel), type: ChannelType.PublicThread };
}

export function toChannel(world: World, channel: FakeChannel): APIChannel {
  if (channel.kind === "thread") return toPublicThread(channel);
  if (channel.kind === "text") return toTextChannel(channel);
  return {
    id: channel.id,
    type: ChannelType.DM,
    name: null,
    recipients: channel.recipientId === null ? [] : [toUser(world.user(channel.recipientId))],
  };
}

export function toMessage(world: World, message: FakeMessage): APIMessage {
  const author = world.user(message.authorId);
  const reference = message.referenceId === null ? undefined : world.messages.get(message.referenceId);
  return {
    id: message.id,
    channel_id: message.channelId,
    author: toUser(author),
    content: message.content,
    timestamp: new Date(message.createdAtMs).toISOString(),
    edited_timestamp: message.editedAtMs === null ? null : new Date(message.editedAtMs).toISOString(),
    tts: false,
    mention_everyone: message.pinged.includes("everyone"),
    mention_roles: [],
    mentions: message.pinged.flatMap((id) => (world.users.has(id) ? [toUser(world.user(id))] : [])),
    attachments: message.files.map((file, at) => ({
      id: `${message.id}${at}`,
      filename: file.name,
      size: file.size ?? bytesOf(file).length,
      ...(file.type === undefined ? {} : { content_type: file.type }),
      url:
        file.status === undefined
          ? (file.url ?? addressOf(world, { id: message.id, at }))
          : addressOf(world, { id: message.id, at }),
      proxy_url: addressOf(world, { id: message.id, at }),
    })),
    embeds: [...message.embeds],
    components: [...message.components],
    pinned: false,
    type: message.referenceId === null ? MessageType.Default : MessageType.Reply,
    ...flagsOf(message),
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(author.kind === "webhook" ? { webhook_id: author.id } : {}),
    ...(message.referenceId === null
      ? {}
      : {
          message_reference: {
            type: MessageReferenceType.Default,
            message_id: message.referenceId,
            channel_id: message.channelId,
          },
          referenced_message:
            reference === undefined || reference.deleted
              ? null
              : toMessage(world, { ...reference, referenceId: null }),
        }),
  };
}

/** Ephemeral or "thinking..."; Discord sets both bits on a deferred ephemeral answer, here the first one wins. */
function flagsOf(message: FakeMessage): Pick<APIMessage, "flags"> {
  if (message.visibleTo !== null) return { flags: MessageFlags.Ephemeral };
  return message.loading ? { flags: MessageFlags.Loading } : {};
}

/** The fields that only events carry: guild, member and the channel's type. */
function toEventMessage(world: World, message: FakeMessage): GatewayMessageCreateDispatch["d"] {
  const channel = world.channel(message.channelId);
  const { user: _user, ...member } = toMember(world.user(message.authorId));
  const place =
    channel.guildId === null || message.visibleTo !== null ? {} : { guild_id: channel.guildId, member };
  const kinds = {
    text: ChannelType.GuildText,
    dm: ChannelType.DM,
    thread: ChannelType.PublicThread,
  } as const;
  return { ...toMessage(world, message), ...place, channel_type: kinds[channel.kind] };
}

export function messageCreated(world: World, message: FakeMessage): Dispatch {
  return { t: GatewayDispatchEvents.MessageCreate, d: toEventMessage(world, message) };
}

export function messageUpdated(world: World, message: FakeMessage): Dispatch {
  return { t: GatewayDispatchEvents.MessageUpdate, d: toEventMessage(world, message) };
}

export function messageDeleted(world: World, message: FakeMessage): Dispatch {
  const { guildId } = world.channel(message.channelId);
  const place = guildId === null ? {} : { guild_id: guildId };
  return {
    t: GatewayDispatchEvents.MessageDelete,
    d: { id: message.id, channel_id: message.channelId, ...place },
  };
}

export function threadCreated(channel: FakeChannel): Dispatch {
  return { t: GatewayDispatchEvents.ThreadCreate, d: { ...toThread(channel), newly_created: true } };
}

export function threadUpdated(channel: FakeChannel): Dispatch {
  return { t: GatewayDispatchEvents.ThreadUpdate, d: toThread(channel) };
}

export function toRole(guild: FakeGuild): APIRole {
  return {
    id: guild.id,
    name: "@everyone",
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    permissions: PERMISSIONS,
    managed: false,
    mentionable: false,
    flags: RoleFlags.InPrompt,
  };
}

export function guildCreated(world: World, guild: FakeGuild): Dispatch {
  const seen = [...world.channels.values()].filter(
    (c) => c.guildId === guild.id && !c.deleted && c.botMay !== "nothing",
  );
  return {
    t: GatewayDispatchEvents.GuildCreate,
    d: {
      ...guildFields(guild),
      roles: [toRole(guild)],
      member_count: guild.memberIds.length,
      members: guild.memberIds.map((id) => toMember(world.user(id))),
      channels: seen.filter((c) => c.kind === "text").map(toTextChannel),
      threads: seen.filter((c) => c.kind === "thread" && !c.archived).map(toPublicThread),
    },
  };
}

type GuildFields = Omit<
  GatewayGuildCreateDispatch["d"],
  "roles" | "member_count" | "members" | "channels" | "threads"
>;

function guildFields(guild: FakeGuild): GuildFields {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: ids.kit,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: GuildVerificationLevel.None,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.Disabled,
    emojis: [],
    features: [],
    mfa_level: GuildMFALevel.None,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: GuildSystemChannelFlags.SuppressJoinNotifications,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: GuildPremiumTier.None,
    preferred_locale: Locale.EnglishUS,
    public_updates_channel_id: null,
    nsfw_level: GuildNSFWLevel.Default,
    premium_progress_bar_enabled: false,
    hub_type: null,
    safety_alerts_channel_id: null,
    incidents_data: null,
    joined_at: JOINED,
    large: false,
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
