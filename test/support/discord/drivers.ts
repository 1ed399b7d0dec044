// What a person can do in Discord, from their side. A driver refuses what the client would not offer (a button that
// is gone, a channel that isn't theirs); its `forge` twins skip that check, as a hostile client would.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  GatewayDispatchEvents,
  InteractionContextType,
  InteractionType,
  Locale,
  type APIBaseInteraction,
  type APIInteraction,
  type APIInteractionGuildMember,
  type APIModalSubmissionComponent,
  type APIUser,
} from "discord-api-types/v10";
import { startThread } from "./channels.ts";
import type { Commands } from "./commands.ts";
import type { FakeInteraction, Interactions } from "./interactions.ts";
import { pingsOf } from "./message-body.ts";
import { unarchive } from "./messages.ts";
import {
  messageCreated,
  messageDeleted,
  messageUpdated,
  PERMISSIONS,
  toChannel,
  toMember,
  toMessage,
  toUser,
} from "./packets.ts";
import { createReactions, type Reactions } from "./reactions.ts";
import { announce, type Stage } from "./stage.ts";
import { ids, type FakeChannel, type FakeMessage } from "./world.ts";

export interface Drivers extends Reactions {
  say(
    channelId: string,
    text: string,
    more?: { readonly replyTo?: string; readonly files?: FakeMessage["files"] },
  ): FakeMessage;
  /** Says it in the direct messages with Nova. */
  dm(text: string): FakeMessage;
  edit(messageId: string, text: string): void;
  remove(messageId: string): void;
  /** Starts a thread, from a message or on its own, and returns it. */
  thread(channelId: string, name: string, starterId?: string): FakeChannel;
  /** Presses by label or custom id. */
  click(messageId: string, button: string): FakeInteraction;
  forgeClick(messageId: string, customId: string): FakeInteraction;
  /** `slash("nova", "ask", { text: "how many brushes?" }, channelId)`; `as` refuses commands that aren't registered. */
  slash(command: SlashUse): FakeInteraction;
  forgeSlash(command: SlashUse): FakeInteraction;
  /** Uses an entry of a message's menu ("Apps"), by its name. */
  menu(messageId: string, name: string): FakeInteraction;
  /** Types in a field that completes itself; the interaction ends with the choices shown. */
  types(field: FieldUse): FakeInteraction;
  /** Fills in the dialog that an interaction opened, by input id or label. */
  modal(opened: FakeInteraction, words: { readonly [input: string]: string }): FakeInteraction;
  forgeModal(
    messageId: string,
    modal: { readonly customId: string; readonly inputs: { readonly [id: string]: string } },
  ): FakeInteraction;
  /** Sends the same interaction once more, as a redelivery would. */
  redeliver(interaction: FakeInteraction): void;
}

interface Filled {
  readonly customId: string;
  readonly inputs: { readonly [id: string]: string };
  /** Which of them are selects. */
  readonly selects?: readonly string[];
}

/** What every interaction carries, whatever its type; in a DM there is a user and no member. */
type Common = Omit<
  APIBaseInteraction<InteractionType, never>,
  "type" | "data" | "message" | "user" | "member" | "guild_id" | "channel" | "channel_id"
> &
  Required<Pick<APIBaseInteraction<InteractionType, never>, "channel" | "channel_id">> &
  ({ readonly user: APIUser } | { readonly guild_id: string; readonly member: APIInteractionGuildMember });

export interface SlashUse {
  readonly channelId: string;
  readonly name: string;
  readonly verb?: string;
  readonly options?: { readonly [name: string]: string };
}

export interface FieldUse {
  readonly channelId: string;
  readonly verb: string;
  readonly field: string;
  readonly text: string;
}

const MESSAGE_MENU = 3;

export interface DriverParts {
  readonly interactions: Interactions;
  readonly commands: Commands;
  /** The packets sent so far, by interaction id. */
  readonly sent: Map<string, APIInteraction>;
}

export function createDrivers(stage: Stage, parts: DriverParts, userId: string): Drivers {
  const { world } = stage;
  const user = world.user(userId);
  const emit = (interaction: FakeInteraction, packet: APIInteraction) => {
    parts.sent.set(interaction.id, packet);
    stage.gateway.dispatch({ t: GatewayDispatchEvents.InteractionCreate, d: packet }, { guildId: null });
  };
  const enter = (channelId: string): FakeChannel => {
    const channel = world.channel(channelId);
    if (channel.recipientId !== null && channel.recipientId !== userId)
      throw new Error(`${user.name} can't see the DM ${channelId}.`);
    const guild = channel.guildId === null ? null : world.guilds.get(channel.guildId);
    const isMember =
      guild === null || guild === undefined || user.kind === "webhook" || guild.memberIds.includes(userId);
    if (channel.deleted || !isMember) throw new Error(`${user.name} can't write in ${channelId}.`);
    return channel;
  };
  const say: Drivers["say"] = (channelId, text, more = {}) => {
    const channel = enter(channelId);
    unarchive(stage, channel);
    const repliedTo = more.replyTo === undefined ? null : world.message(more.replyTo).authorId;
    const message = world.addMessage({
      channelId,
      authorId: userId,
      content: text,
      referenceId: more.replyTo ?? null,
      files: more.files ?? [],
      pinged: pingsOf({ content: text }, repliedTo, "message"),
    });
    announce(stage, channel, messageCreated(world, message));
    return message;
  };

  const base = (interaction: FakeInteraction): Common => {
    const channel = world.channel(interaction.channelId);
    return {
      id: interaction.id,
      application_id: ids.application,
      token: interaction.token,
      version: 1,
      channel: toChannel(world, channel),
      channel_id: channel.id,
      locale: Locale.EnglishUS,
      app_permissions: PERMISSIONS,
      entitlements: [],
      authorizing_integration_owners: channel.guildId === null ? { 1: userId } : { 0: channel.guildId },
      attachment_size_limit: 10_485_760,
      ...(channel.guildId === null
        ? { user: toUser(user), context: InteractionContextType.BotDM }
        : {
            guild_id: channel.guildId,
            member: { ...toMember(user), permissions: PERMISSIONS },
            context: InteractionContextType.Guild,
          }),
    };
  };

  const press = (messageId: string, customId: string): FakeInteraction => {
    const message = world.message(messageId);
    const interaction = parts.interactions.open({
      kind: "button",
      userId,
      channelId: message.channelId,
      messageId,
    });
    emit(interaction, {
      ...base(interaction),
      type: InteractionType.MessageComponent,
      message: toMessage(world, message),
      data: { custom_id: customId, component_type: ComponentType.Button },
    });
    parts.interactions.watch(interaction);
    return interaction;
  };

  const slash = (use: SlashUse, commandId: string): FakeInteraction => {
    const interaction = parts.interactions.open({
      kind: "command",
      userId,
      channelId: enter(use.channelId).id,
      messageId: null,
    });
    const values = Object.entries(use.options ?? {}).map(
      ([name, value]) => ({ type: ApplicationCommandOptionType.String, name, value }) as const,
    );
    const options =
      use.verb === undefined
        ? values
        : [{ type: ApplicationCommandOptionType.Subcommand, name: use.verb, options: values } as const];
    emit(interaction, {
      ...base(interaction),
      type: InteractionType.ApplicationCommand,
      data: { id: commandId, type: ApplicationCommandType.ChatInput, name: use.name, options },
    });
    parts.interactions.watch(interaction);
    return interaction;
  };

  const submit = (
    opened: Pick<FakeInteraction, "channelId" | "messageId">,
    modal: Filled,
  ): FakeInteraction => {
    const { channelId, messageId } = opened;
    const interaction = parts.interactions.open({ kind: "modal", userId, channelId, messageId });
    const components = Object.entries(modal.inputs).map(([id, value]): APIModalSubmissionComponent => ({
      type: ComponentType.Label,
      id: 1,
      component:
        modal.selects?.includes(id) === true
          ? { type: ComponentType.StringSelect, id: 2, custom_id: id, values: [value] }
          : { type: ComponentType.TextInput, id: 2, custom_id: id, value },
    }));
    emit(interaction, {
      ...base(interaction),
      type: InteractionType.ModalSubmit,
      ...(messageId === null ? {} : { message: toMessage(world, world.message(messageId)) }),
      data: { custom_id: modal.customId, components },
    });
    parts.interactions.watch(interaction);
    return interaction;
  };

  const menu: Drivers["menu"] = (messageId, name) => {
    const command = parts.commands.list().find((c) => c.type === MESSAGE_MENU && c.name === name);
    if (command === undefined) throw new Error(`No message menu has "${name}".`);
    const target = world.message(messageId);
    if (target.deleted) throw new Error(`The message ${messageId} is gone.`);
    const channelId = enter(target.channelId).id;
    const interaction = parts.interactions.open({ kind: "command", userId, channelId, messageId: null });
    emit(interaction, {
      ...base(interaction),
      type: InteractionType.ApplicationCommand,
      data: {
        id: command.id,
        type: ApplicationCommandType.Message,
        name,
        target_id: messageId,
        resolved: { messages: { [messageId]: toMessage(world, target) } },
      },
    });
    parts.interactions.watch(interaction);
    return interaction;
  };

  const types: Drivers["types"] = ({ channelId, verb, field, text }) => {
    const command = parts.commands.list().find((c) => c.name === "nova");
    const option = command?.options?.find((o) => o.name === verb)?.options?.find((o) => o.name === field);
    if (command === undefined || option?.autocomplete !== true)
      throw new Error(`/nova ${verb} ${field} completes nothing.`);
    const interaction = parts.interactions.open({
      kind: "autocomplete",
      userId,
      channelId: enter(channelId).id,
      messageId: null,
    });
    const typed = {
      type: ApplicationCommandOptionType.String,
      name: field,
      value: text,
      focused: true,
    } as const;
    emit(interaction, {
      ...base(interaction),
      type: InteractionType.ApplicationCommandAutocomplete,
      data: {
        id: command.id,
        type: ApplicationCommandType.ChatInput,
        name: "nova",
        options: [{ type: ApplicationCommandOptionType.Subcommand, name: verb, options: [typed] }],
      },
    });
    parts.interactions.watch(interaction);
    return interaction;
  };

  return {
    ...createReactions(stage, userId),
    say,
    dm: (text) => say(world.dm(userId).id, text),
    edit(messageId, text) {
      const message = world.message(messageId);
      if (message.authorId !== userId) throw new Error(`${user.name} did not write ${messageId}.`);
      message.versions.push(message.content);
      message.content = text;
      message.editedAtMs = Date.now();
      announce(stage, world.channel(message.channelId), messageUpdated(world, message));
    },
    remove(messageId) {
      const message = world.message(messageId);
      message.deleted = true;
      announce(stage, world.channel(message.channelId), messageDeleted(world, message));
    },
    thread: (channelId, name, starterId) =>
      startThread(stage, enter(channelId), { name, starterId: starterId ?? null }),
    click(messageId, button) {
      const message = world.message(messageId);
      enter(message.channelId);
      const isVisible = !message.deleted && (message.visibleTo === null || message.visibleTo === userId);
      if (!isVisible) throw new Error(`${user.name} does not see the message ${messageId}.`);
      return press(messageId, findButton(message, button));
    },
    forgeClick: press,
    slash(use) {
      const command = parts.commands.list().find((c) => c.name === use.name);
      const verb = command?.options?.find((o) => o.name === use.verb);
      if (command === undefined || (use.verb !== undefined && verb === undefined)) {
        throw new Error(`/${use.name} ${use.verb ?? ""} is not registered.`);
      }
      const offered = new Set((verb?.options ?? command.options ?? []).map((o) => o.name));
      const odd = Object.keys(use.options ?? {}).find((name) => !offered.has(name));
      if (odd !== undefined) throw new Error(`/${use.name} ${use.verb ?? ""} has no option ${odd}.`);
      const open = (verb?.options ?? []).find(
        (o) => o.required === true && (use.options?.[o.name] ?? "") === "",
      );
      if (open !== undefined) throw new Error(`/${use.name} ${use.verb ?? ""} needs ${open.name}.`);
      return slash(use, command.id);
    },
    forgeSlash: (use) => slash(use, "1"),
    menu,
    types,
    modal(opened, words) {
      const { modal } = opened;
      if (modal === null || opened.userId !== userId) throw new Error("No dialog is open.");
      const filled = Object.entries(words).map(([name, value]) => {
        const input = modal.inputs.find((i) => i.customId === name || i.label === name);
        if (input === undefined)
          throw new Error(`The dialog has no field ${name}: ${modal.inputs.map((i) => i.label).join(", ")}`);
        if (value.length > input.maxLength) throw new Error(`${name} holds ${input.maxLength} characters.`);
        if (input.options !== null && !input.options.includes(value))
          throw new Error(`${name} has no ${value}.`);
        return [input.customId, value] as const;
      });
      const untouched = modal.inputs.flatMap(({ customId, value }) =>
        value === "" ? [] : [[customId, value] as const],
      );
      const inputs = Object.fromEntries([...untouched, ...filled]);
      const open = modal.inputs.find((input) => input.isRequired && (inputs[input.customId] ?? "") === "");
      if (open !== undefined) throw new Error(`The dialog wants ${open.label}.`);
      const selects = modal.inputs.filter(({ options }) => options !== null).map(({ customId }) => customId);
      return submit(opened, { customId: modal.customId, inputs, selects });
    },
    forgeModal: (messageId, modal) =>
      submit({ channelId: world.message(messageId).channelId, messageId }, modal),
    redeliver(interaction) {
      const packet = parts.sent.get(interaction.id);
      if (packet === undefined) throw new Error(`The interaction ${interaction.id} was never sent.`);
      emit(interaction, packet);
    },
  };
}

function findButton(message: FakeMessage, wanted: string): string {
  const buttons = message.components
    .flatMap((row) => row.components)
    .flatMap((c) => (c.type === ComponentType.Button ? [c] : []));
  const found = buttons.find(
    (b) => "custom_id" in b && (b.custom_id === wanted || ("label" in b && b.label === wanted)),
  );
  if (found === undefined || !("custom_id" in found)) {
    const offered = buttons.map((b) => ("label" in b ? b.label : "?")).join(", ");
    throw new Error(`The message ${message.id} has no button "${wanted}" (it has: ${offered || "none"}).`);
  }
  if (found.disabled === true) throw new Error(`The button "${wanted}" is disabled.`);
  return found.custom_id;
}
