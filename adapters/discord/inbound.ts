// Discord's events as messages: who, where, what. Pure: it neither acknowledges nor decides; null means "not for us".
import { SnowflakeUtil } from "discord.js";
import type { Body } from "../../src/body.ts";
import type { Account, Message } from "../../src/message.ts";
import { parseEdit } from "./edit-dialog.ts";
import { parseButtonId } from "./cards.ts";
import { toFiles } from "./files.ts";
import { isOutsider } from "./members.ts";
import type { InteractionPacket, MessagePacket } from "./packets.ts";

/** Where an event happened: in a thread, `parent` is the text channel that a project is bound to. */
export type Place = { readonly channel: string; readonly parent: string | null; readonly isDirect: boolean };

const humanTypes: ReadonlySet<number> = new Set([0, 19]);

export function toMessage(packet: MessagePacket, place: Place, botId: string): Message | null {
  const { author } = packet;
  const isPerson = author.bot !== true && author.system !== true && (packet.webhook_id ?? null) === null;
  if (!isPerson || author.id === botId || !humanTypes.has(packet.type)) return null;
  const mention = new RegExp(`<@!?${botId}>`, "gu");
  const isReply = packet.referenced_message?.author?.id === botId;
  const isAddressed = place.isDirect || isReply || mention.test(packet.content);
  const text = packet.content.replace(mention, " ").trim();
  const files = toFiles(packet);
  // Without the privileged intent other people's words arrive empty: that is no message for Nova.
  if (text === "" && files.length === 0 && !isAddressed) return null;
  return {
    ...toPlaced(`d:m:${packet.id}`, place),
    account: toAccount(author, isOutsider(packet.member ?? {})),
    at: SnowflakeUtil.timestampFrom(packet.id),
    addressed: isAddressed,
    body: { kind: "text", text, ...(files.length === 0 ? {} : { files: [...files] }) },
  };
}

/** A command or a press; null: none of Nova's, or nobody's. */
export function toInteractionMessage(
  packet: InteractionPacket,
  place: Place,
  command: Body | null,
): Message | null {
  const account = userOf(packet);
  const body = command ?? toPress(packet);
  if (account === null || body === null) return null;
  return {
    ...toPlaced(`d:i:${packet.id}`, place),
    account,
    at: SnowflakeUtil.timestampFrom(packet.id),
    addressed: true,
    body,
  };
}

/** Who did it; null: nobody that Discord names. */
export function userOf(packet: InteractionPacket): Account | null {
  const user = packet.member?.user ?? packet.user ?? null;
  // Done on a server, and by nobody of it.
  const isStranger = (packet.guild_id ?? null) !== null && (packet.member ?? null) === null;
  return user === null ? null : toAccount(user, isStranger || isOutsider(packet.member ?? {}));
}

function toPress(packet: InteractionPacket): Body | null {
  if (packet.type === 2 || packet.type === 4) return null;
  const id = parseButtonId(packet.data.custom_id);
  const carrier = packet.message ?? null;
  if (id === null || carrier === null) return null;
  const onMessage = toPlatformId(packet.channel_id, carrier.id);
  const fields = packet.type === 3 ? null : parseEdit(packet);
  if (fields !== null) return { kind: "press", nonce: id.nonce, onMessage, words: null, fields };
  const words = packet.type === 3 ? null : wordsOf(packet);
  return { kind: "press", nonce: id.nonce, onMessage, words };
}

function wordsOf(packet: Extract<InteractionPacket, { type: 5 }>): string | null {
  const inputs = packet.data.components.flatMap((part) =>
    "component" in part ? [part.component] : part.components,
  );
  const words = inputs
    .map((input) => ("value" in input ? input.value : input.values.join(", ")).trim())
    .filter((value) => value !== "");
  return words.length === 0 ? null : words.join("\n");
}

function toAccount(user: MessagePacket["author"], isStranger: boolean): Account {
  const standing = isStranger ? "outsider" : "regular";
  return { id: `discord:${user.id}`, name: user.global_name ?? user.username, standing };
}

export function toPlaced(id: string, place: Place): Pick<Message, "id" | "thread" | "channel" | "direct"> {
  const channel = place.parent ?? place.channel;
  return {
    id,
    thread: `discord:${channel}:${place.channel}`,
    channel: `discord:${channel}`,
    direct: place.isDirect,
  };
}

/** Where a post stands: its channel is needed to change it, and may differ from its thread's. */
export function toPlatformId(channel: string, message: string): string {
  return `${channel}/${message}`;
}
