// Builds what Slack sends to an app: events, presses, commands and submitted dialogs, typed with Bolt's own types
// so that a missing field fails the type check.

import { fillView } from "./dialogs.ts";
import type { BlockAction, ButtonAction, SlashCommand, types } from "@slack/bolt";
import { fileForm } from "./files.ts";
import { publicForm } from "./methods.ts";
import type { Button } from "./blocks.ts";
import type { Channel, Message, Team, User, World } from "./world.ts";

/** What Slack adds to events of people from another workspace. */
interface Foreign {
  user_team?: string;
  source_team?: string;
}

export function toMessageEvent(message: Message, channel: Channel, world: World): Record<string, unknown> {
  const author = world.users.get(message.user ?? "");
  const home = author?.teamId ?? message.team;
  const foreign: Foreign = home === channel.teamId ? {} : { user_team: home, source_team: home };
  if (message.subtype === "bot_message") {
    return {
      type: "message",
      subtype: "bot_message",
      event_ts: message.ts,
      channel: message.channel,
      channel_type: channel.type,
      ts: message.ts,
      text: message.text,
      bot_id: message.botId ?? "",
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    } satisfies types.BotMessageEvent;
  }
  const event = {
    type: "message",
    subtype: undefined,
    event_ts: message.ts,
    team: home,
    channel: message.channel,
    user: message.user ?? "",
    text: message.text,
    ts: message.ts,
    channel_type: channel.type,
    client_msg_id: `client-${message.ts}`,
    ...(message.botId === undefined ? {} : { bot_id: message.botId }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...foreign,
  } satisfies types.GenericMessageEvent & Foreign;
  const files = message.files === undefined ? {} : { files: message.files.map(fileForm) };
  return { ...event, ...files, subtype: message.subtype };
}

export function toMentionEvent(message: Message, channel: Channel, world: World): Record<string, unknown> {
  const home = world.users.get(message.user ?? "")?.teamId ?? message.team;
  return {
    type: "app_mention",
    user: message.user ?? "",
    text: message.text,
    ts: message.ts,
    team: home,
    channel: channel.id,
    event_ts: message.ts,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  } satisfies types.AppMentionEvent;
}

export type ReactionKind = "reaction_added" | "reaction_removed";
type Reacting = { readonly user: string; readonly name: string; readonly world: World };

/** Slack tells channel and time of the message, never its thread; `item_user` is absent for webhooks' messages. */
export function toReactionEvent(
  kind: ReactionKind,
  message: Message,
  { user, name, world }: Reacting,
): Record<string, unknown> {
  const common = {
    user,
    reaction: name,
    item_user: message.user ?? "",
    item: { type: "message", channel: message.channel, ts: message.ts },
    event_ts: world.nextTs(),
  } as const;
  if (kind === "reaction_added") return { type: kind, ...common } satisfies types.ReactionAddedEvent;
  return { type: kind, ...common } satisfies types.ReactionRemovedEvent;
}

/** Wraps an event as the Events API does; mention and message copies get different ids. */
export function envelop(
  event: Record<string, unknown>,
  channel: Channel,
  world: World,
): Record<string, unknown> {
  const team = world.teams.get(channel.teamId);
  return {
    token: "verification-token",
    team_id: channel.teamId,
    context_team_id: channel.teamId,
    api_app_id: world.appId,
    type: "event_callback",
    event_id: world.nextId("Ev"),
    event_time: Math.floor(Date.now() / 1000),
    event_context: `4-${channel.id}`,
    is_ext_shared_channel: channel.isExtShared,
    authorizations: [
      {
        enterprise_id: null,
        team_id: channel.teamId,
        user_id: team?.botUserId ?? "",
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    event,
  };
}

export interface Actor {
  user: User;
  team: Team;
  triggerId: string;
  world: World;
}

const teamOf = (team: Team) => ({ id: team.id, domain: team.domain });

export function toBlockAction(actor: Actor, message: Message, button: Button): Record<string, unknown> {
  const { user, team, world } = actor;
  const channel = world.channels.get(message.channel);
  const action: ButtonAction = {
    type: "button",
    action_id: button.actionId,
    block_id: button.blockId,
    value: button.value,
    action_ts: world.nextTs(),
    text: { type: "plain_text", text: button.label },
  };
  const payload: BlockAction<ButtonAction> = {
    type: "block_actions",
    token: "verification-token",
    api_app_id: world.appId,
    team: teamOf(team),
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    container: { type: "message", message_ts: message.ts, channel_id: message.channel, is_ephemeral: false },
    trigger_id: actor.triggerId,
    response_url: "",
    channel: { id: message.channel, name: channel?.name ?? "" },
    message: { ...publicForm(message, true), type: "message", ts: message.ts },
    state: { values: {} },
    actions: [action],
  };
  return { ...payload };
}

/** A shortcut used on a message: Slack sends the whole message along, also from where the app is no member. */
export function toMessageAction(actor: Actor, message: Message, callbackId: string): Record<string, unknown> {
  const { user, team, world } = actor;
  return {
    type: "message_action",
    callback_id: callbackId,
    trigger_id: actor.triggerId,
    token: "verification-token",
    action_ts: world.nextTs(),
    is_enterprise_install: false,
    team: teamOf(team),
    user: { id: user.id, name: user.name, username: user.name, team_id: user.teamId },
    channel: { id: message.channel, name: world.channels.get(message.channel)?.name ?? "" },
    message_ts: message.ts,
    message: publicForm(message, true),
    response_url: "",
  };
}

export function toSlashCommand(actor: Actor, channel: Channel, line: string): Record<string, unknown> {
  const [command = "", ...rest] = line.split(" ");
  const payload: SlashCommand = {
    token: "verification-token",
    command,
    text: rest.join(" "),
    response_url: "",
    trigger_id: actor.triggerId,
    user_id: actor.user.id,
    user_name: actor.user.name,
    team_id: actor.team.id,
    team_domain: actor.team.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    api_app_id: actor.world.appId,
    is_enterprise_install: "false",
  };
  return payload;
}

/** `values`: what the person typed, by action id of the input. */
export function toViewSubmission(
  actor: Actor,
  viewId: string,
  values: Record<string, string>,
): Record<string, unknown> {
  const open = actor.world.views.get(viewId);
  if (open === undefined) throw new Error(`the fake Slack has no open dialog ${viewId}`);
  const state = fillView(open.view, values);
  const { user, team, world } = actor;
  return {
    type: "view_submission",
    team: teamOf(team),
    user: { id: user.id, name: user.name, username: user.name, team_id: user.teamId },
    api_app_id: world.appId,
    token: "verification-token",
    trigger_id: actor.triggerId,
    view: { ...open.view, id: open.id, hash: open.hash, team_id: open.team, state: { values: state } },
    response_urls: [],
  };
}
