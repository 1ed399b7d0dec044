// The people of the fake Slack: what each of them can do, checked against what they can see and press.
// `forge*` drivers skip those checks, for hostile tests.

import { buttonsOf } from "./blocks.ts";
import { staysOpen } from "./dialogs.ts";
import {
  envelop,
  toBlockAction,
  toMessageAction,
  toMentionEvent,
  toMessageEvent,
  toReactionEvent,
  toSlashCommand,
  toViewSubmission,
} from "./events.ts";
import { storeFile } from "./files.ts";
import type { GivenFile } from "./files.ts";
import { driveHome } from "./homes.ts";
import { publicForm } from "./methods.ts";
import type { HomeDrivers } from "./homes.ts";
import type { Button } from "./blocks.ts";
import type { Deliveries, Outcome } from "./deliveries.ts";
import type { Actor, ReactionKind } from "./events.ts";
import type { Ledger } from "./core.ts";
import type { Channel, Message, Team, User, World } from "./world.ts";

interface SayOptions {
  /** `ts` of the message that starts the thread. */
  thread?: string;
  subtype?: "file_share" | "thread_broadcast" | "channel_join" | "bot_message";
  files?: readonly GivenFile[];
}

/** Anything that says which message is meant. */
export type MessageRef = Pick<Message, "channel" | "ts">;

export interface Drivers extends HomeDrivers {
  /** Says something in a channel this person is in. Returns at once; delivery goes on by itself. */
  say: (channel: string, text: string, options?: SayOptions) => Message;
  /** Says something to Nova in a direct message. */
  dm: (text: string, options?: SayOptions) => Message;
  edit: (message: MessageRef, text: string) => void;
  remove: (message: MessageRef) => void;
  /** Presses a button by its label, as it stands now. Throws when there is none or the person can't see it. */
  click: (message: MessageRef, label: string) => Promise<Outcome>;
  /** `/nova ask …`, typed in a channel (default C1). */
  slash: (line: string, channel?: string) => Promise<Outcome>;
  /** Uses a shortcut on a message, by its callback id. Throws when the app has none of that id. */
  shortcut: (message: MessageRef, callbackId: string) => Promise<Outcome>;
  /** Submits the newest dialog that Nova opened for this person. */
  submit: (values: Record<string, string>) => Promise<Outcome>;
  forgeClick: (message: MessageRef, button: Partial<Button>) => Promise<Outcome>;
  /** Puts an emoji under a message by its short name (`+1`); resolves when the event was delivered, or at once if nobody asked for it. */
  react: (message: MessageRef, name: string) => Promise<void>;
  unreact: (message: MessageRef, name: string) => Promise<void>;
}

export interface Crowd {
  as: (userId: string) => Drivers;
  announce: (channel: Channel, event: Record<string, unknown>) => void;
  announceMessage: (message: Message) => void;
  useTrigger: (triggerId: string) => string | undefined;
  /** Delivers any event payload at all, with Slack's wrapper around it. */
  forgeEvent: (channelId: string, event: Record<string, unknown>) => Promise<Outcome>;
}

interface Parts {
  world: World;
  ledger: Ledger;
  deliveries: Deliveries;
  random: () => number;
  triggerMs: number;
  subscriptions: Set<string>;
}

const eventNameOf = (channel: Channel) =>
  ({ channel: "message.channels", group: "message.groups", im: "message.im", mpim: "message.mpim" })[
    channel.type
  ];

export function createCrowd({ world, ledger, deliveries, random, triggerMs, subscriptions }: Parts): Crowd {
  const triggers = new Map<string, { atMs: number; isUsed: boolean }>();

  const botOf = (channel: Channel): Team => {
    const team = world.teams.get(channel.teamId);
    if (team === undefined) throw new Error(`the fake Slack has no workspace ${channel.teamId}`);
    return team;
  };

  const channelOf = (id: string): Channel => {
    const channel = world.channels.get(id);
    if (channel === undefined) throw new Error(`the fake Slack has no channel ${id}`);
    return channel;
  };

  const dispatch = (channel: Channel, event: Record<string, unknown>): Promise<Outcome> => {
    const payload = envelop(event, channel, world);
    return deliveries.send({ kind: "events_api", payload, eventId: String(payload["event_id"]) });
  };

  const announce = (channel: Channel, event: Record<string, unknown>) => {
    if (!subscriptions.has(eventNameOf(channel)) || !channel.members.has(botOf(channel).botUserId)) return;
    const stamped = { event_ts: world.nextTs(), channel: channel.id, channel_type: channel.type, ...event };
    void dispatch(channel, stamped);
  };

  const announceMessage = (message: Message) => {
    const channel = channelOf(message.channel);
    const bot = botOf(channel);
    if (!channel.members.has(bot.botUserId)) return;
    const events: Record<string, unknown>[] = [];
    if (subscriptions.has(eventNameOf(channel))) events.push(toMessageEvent(message, channel, world));
    const isMention = message.text.includes(`<@${bot.botUserId}`) && message.botId === undefined;
    if (isMention && channel.type !== "im" && subscriptions.has("app_mention")) {
      events.push(toMentionEvent(message, channel, world));
    }
    if (events.length === 2 && random() < 0.5) events.reverse();
    for (const event of events) void dispatch(channel, event);
  };

  const actorFor = (user: User, teamId: string): Actor => {
    const team = world.teams.get(teamId);
    if (team === undefined) throw new Error(`the fake Slack has no workspace ${teamId}`);
    const triggerId = `${world.nextId("")}.${user.id}`;
    triggers.set(triggerId, { atMs: performance.now(), isUsed: false });
    return { user, team, triggerId, world };
  };

  const drive = (user: User): Drivers => {
    const visible = (ref: MessageRef): Message => {
      const message = world.find(ref.channel, ref.ts);
      if (message === undefined) throw new Error(`there is no message ${ref.ts} in ${ref.channel}`);
      if (!channelOf(ref.channel).members.has(user.id))
        throw new Error(`${user.name} can't see ${ref.channel}`);
      return message;
    };
    const say = (channel: Channel, text: string, options: SayOptions): Message => {
      if (!channel.members.has(user.id)) throw new Error(`${user.name} is not in ${channel.id}`);
      if (channel.isArchived) throw new Error(`${channel.id} is archived`);
      if (options.thread !== undefined) visible({ channel: channel.id, ts: options.thread });
      const files = options.files?.map((file) => storeFile(world, file));
      const subtype = options.subtype ?? (files === undefined ? undefined : "file_share");
      const message = world.store({
        ts: world.nextTs(),
        channel: channel.id,
        team: user.teamId,
        user: user.id,
        text,
        blocks: [],
        edits: 0,
        reactions: new Map(),
        pinged: [],
        storedAtMs: Date.now(),
        ...(user.botId === undefined ? {} : { botId: user.botId }),
        ...(options.thread === undefined ? {} : { threadTs: options.thread }),
        ...(subtype === undefined ? {} : { subtype }),
        ...(files === undefined ? {} : { files }),
      });
      ledger.record({ kind: "user", name: "say", body: message });
      announceMessage(message);
      return message;
    };
    const announceReaction = async (kind: ReactionKind, message: Message, name: string): Promise<void> => {
      const channel = channelOf(message.channel);
      const bot = botOf(channel);
      const isTold = bot.scopes.has("reactions:read") && subscriptions.has(kind);
      ledger.record({ kind: "user", name: kind, body: { user: user.id, ts: message.ts, name } });
      if (isTold && channel.members.has(bot.botUserId))
        await dispatch(channel, toReactionEvent(kind, message, { user: user.id, name, world }));
    };
    const forgeClick = (ref: MessageRef, button: Partial<Button>) => {
      const known = world.find(ref.channel, ref.ts);
      const blank = { text: "", blocks: [], edits: 0, reactions: new Map(), pinged: [], storedAtMs: 0 };
      const message: Message = known ?? { ...blank, ...ref, team: user.teamId };
      const whole: Button = {
        label: "",
        actionId: "forged",
        blockId: "forged",
        value: "",
        type: "button",
        ...button,
      };
      ledger.record({ kind: "user", name: "click", body: { user: user.id, ...ref, ...whole } });
      const actor = actorFor(user, channelOf(ref.channel).teamId);
      return deliveries.send({ kind: "interactive", payload: toBlockAction(actor, message, whole) });
    };
    return {
      say: (channel, text, options = {}) => say(channelOf(channel), text, options),
      dm: (text, options = {}) => say(world.dmOf(user.id, user.teamId), text, options),
      edit(ref, text) {
        const message = visible(ref);
        if (message.user !== user.id) throw new Error(`${user.name} did not write ${ref.ts}`);
        const previous_message = publicForm(message, false);
        message.text = text;
        message.edits += 1;
        message.editedTs = world.nextTs();
        const changed = { message: publicForm(message, false), previous_message };
        announce(channelOf(ref.channel), {
          type: "message",
          subtype: "message_changed",
          hidden: true,
          ...changed,
        });
      },
      remove(ref) {
        const message = visible(ref);
        if (message.user !== user.id) throw new Error(`${user.name} did not write ${ref.ts}`);
        world.remove(message);
        const gone = { deleted_ts: ref.ts, previous_message: publicForm(message, false) };
        announce(channelOf(ref.channel), {
          type: "message",
          subtype: "message_deleted",
          hidden: true,
          ...gone,
        });
      },
      async click(ref, label) {
        const buttons = buttonsOf(visible(ref).blocks);
        const button = buttons.find((one) => one.label === label);
        if (button === undefined) {
          const offered = buttons.map((one) => one.label).join(", ");
          throw new Error(`there is no button "${label}" on ${ref.ts}; it offers: ${offered || "nothing"}`);
        }
        return forgeClick(ref, button);
      },
      async slash(line, channel = "C1") {
        const where = channelOf(channel);
        if (!where.members.has(user.id)) throw new Error(`${user.name} is not in ${channel}`);
        ledger.record({ kind: "user", name: "slash", body: line });
        const payload = toSlashCommand(actorFor(user, where.teamId), where, line);
        return deliveries.send({ kind: "slash_commands", payload });
      },
      async shortcut(ref, callbackId) {
        const message = visible(ref);
        if (!world.shortcuts.has(callbackId)) throw new Error(`the app has no shortcut ${callbackId}`);
        ledger.record({ kind: "user", name: "shortcut", body: { user: user.id, callbackId, ...ref } });
        const payload = toMessageAction(actorFor(user, channelOf(ref.channel).teamId), message, callbackId);
        return deliveries.send({ kind: "interactive", payload });
      },
      async submit(values) {
        const open = [...world.views.values()].findLast((view) => view.user === user.id);
        if (open === undefined) throw new Error(`${user.name} has no open dialog`);
        const payload = toViewSubmission(actorFor(user, open.team), open.id, values);
        const outcome = await deliveries.send({ kind: "interactive", payload });
        if (outcome.acked && !staysOpen(open.view, outcome.response, ledger)) world.views.delete(open.id);
        return outcome;
      },
      forgeClick: async (ref, button) => forgeClick(ref, button),
      ...driveHome({
        user,
        world,
        actor: () => actorFor(user, user.teamId),
        interact: (payload) => deliveries.send({ kind: "interactive", payload }),
        announceHome: async (event) =>
          subscriptions.has("app_home_opened")
            ? dispatch(world.dmOf(user.id, user.teamId), event)
            : { acked: false },
      }),
      async react(ref, name) {
        const message = visible(ref);
        const users = message.reactions.get(name) ?? new Set<string>();
        if (users.has(user.id)) throw new Error(`${user.name} has put :${name}: there already`);
        message.reactions.set(name, users.add(user.id));
        await announceReaction("reaction_added", message, name);
      },
      async unreact(ref, name) {
        const message = visible(ref);
        if (message.reactions.get(name)?.delete(user.id) !== true)
          throw new Error(`${user.name} has no :${name}: there`);
        await announceReaction("reaction_removed", message, name);
      },
    };
  };

  return {
    as(userId) {
      const user = world.users.get(userId);
      if (user === undefined) throw new Error(`the fake Slack has no person ${userId}`);
      return drive(user);
    },
    announce,
    announceMessage,
    useTrigger(triggerId) {
      const trigger = triggers.get(triggerId);
      if (trigger === undefined) return "invalid_trigger_id";
      if (trigger.isUsed) return "exchanged_trigger_id";
      if (performance.now() - trigger.atMs > triggerMs) return "expired_trigger_id";
      trigger.isUsed = true;
      return undefined;
    },
    forgeEvent: async (channelId, event) => dispatch(channelOf(channelId), event),
  };
}
