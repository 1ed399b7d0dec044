// What people do with Discord's own controls: fields that complete themselves, dialogs, menus, buttons. What is meant for
// Nova becomes a message and is kept before Discord is answered; names and forms are answered at once and keep nothing.
import { ChannelType } from "discord.js";
import type { Message } from "../../src/message.ts";
import { editedBy } from "../../src/cards/card.ts";
import type { Asker, Desk, EditDialog, Hear, Suggestion, VerbSpec } from "../../src/ports.ts";
import type { Acknowledge } from "./acknowledge.ts";
import { parseButtonId } from "./cards.ts";
import { toCommand } from "./command-words.ts";
import { parseForm } from "./forms.ts";
import { toInteractionMessage, toPlaced, userOf } from "./inbound.ts";
import type { Place } from "./inbound.ts";
import type { InteractionPacket } from "./packets.ts";

export type InteractionParts = {
  readonly acknowledge: Acknowledge;
  readonly verbs: readonly VerbSpec[];
  /** Null: no names to offer, and no forms. */
  readonly desk: Desk | null;
  /** The text channel of a thread; null when it can't be looked up. */
  readonly parentOf: (thread: string) => Promise<string | null>;
};

export const threadTypes: ReadonlySet<number> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

export async function hearInteraction(
  parts: InteractionParts,
  hear: Hear,
  packet: InteractionPacket,
): Promise<void> {
  const { acknowledge } = parts;
  if (packet.type === 3) {
    const asks = parseButtonId(packet.data.custom_id)?.asks ?? null;
    if (asks !== null) return acknowledge.withDialog(packet, asks);
    const dialog = await editFor(parts, packet);
    if (dialog !== null) return acknowledge.withEdit(packet, dialog);
  }
  const place = await placeOf(parts, packet);
  if (packet.type === 4) return acknowledge.withChoices(packet, await choicesFor(parts, packet, place));
  const message = await toMessageOrAnswer(parts, packet, place);
  if (message === null) return undefined;
  acknowledge.remember(packet, message);
  try {
    await hear(message);
  } catch {
    return acknowledge.asLost(packet);
  }
  return acknowledge.asKept(packet, message);
}

/** Only a card's Edit costs a look; null for every other button, and for a card that is closed. */
async function editFor(
  { desk }: InteractionParts,
  packet: Extract<InteractionPacket, { type: 3 }>,
): Promise<EditDialog | null> {
  const nonce = parseButtonId(packet.data.custom_id)?.nonce ?? "";
  const by = userOf(packet);
  if (editedBy(nonce) === null || by === null || desk?.edit === undefined) return null;
  return desk.edit(by, nonce);
}

type Heard = Exclude<InteractionPacket, { type: 4 }>;

/** Null: Discord was answered already, and there is nothing to keep. */
async function toMessageOrAnswer(
  parts: InteractionParts,
  packet: Heard,
  place: Place,
): Promise<Message | null> {
  const { acknowledge, desk } = parts;
  const asker = askerOf(packet, place);
  const filled = packet.type === 5 ? parseForm(packet) : null;
  const command = packet.type === 2 ? toCommand(packet, parts.verbs) : null;
  if (asker !== null && desk !== null && filled !== null) {
    const judged = desk.judge(filled.pipeline, filled.values);
    if (judged.kind === "sound")
      return toInteractionMessage(packet, place, { kind: "command", verb: "run", rest: judged.rest });
    await acknowledge.asWrong(packet, judged);
    return null;
  }
  if (asker !== null && desk !== null && command !== null && packet.type === 2) {
    const form = desk.form(asker, command);
    if (form !== null) {
      await acknowledge.withForm(packet, form);
      return null;
    }
  }
  const message = toInteractionMessage(packet, place, command);
  if (message === null) await acknowledge.asUnknown(packet);
  return message;
}

async function placeOf(parts: InteractionParts, packet: InteractionPacket): Promise<Place> {
  const isThread = threadTypes.has(packet.channel?.type ?? -1);
  const known = isThread ? (packet.channel?.parent_id ?? null) : null;
  const parent = isThread ? (known ?? (await parts.parentOf(packet.channel_id))) : null;
  return { channel: packet.channel_id, parent, isDirect: (packet.guild_id ?? null) === null };
}

function askerOf(packet: InteractionPacket, place: Place): Asker | null {
  const account = userOf(packet);
  if (account === null) return null;
  const { thread, channel, direct } = toPlaced("", place);
  return { account, thread, channel, direct };
}

async function choicesFor(
  { desk, verbs }: InteractionParts,
  packet: Extract<InteractionPacket, { type: 4 }>,
  place: Place,
): Promise<readonly Suggestion[]> {
  const [verb] = packet.data.options ?? [];
  const field = verb?.options?.find(({ focused }) => focused === true);
  const from =
    verbs.find(({ name }) => name === verb?.name)?.options?.find(({ name }) => name === field?.name)
      ?.suggests ?? null;
  const asker = askerOf(packet, place);
  if (desk === null || asker === null || from === null || field === undefined) return [];
  return desk.suggest(asker, { from, typed: String(field.value ?? "") });
}
