// What every route and driver shares: the world, the gateway that tells the bot, the record, and the settings.
import type { Gateway } from "./gateway.ts";
import type { Dispatch } from "./packets.ts";
import type { Recorder } from "./recorder.ts";
import { Refusal } from "./refusal.ts";
import type { Settings } from "./settings.ts";
import type { FakeChannel, FakeMessage, World } from "./world.ts";

export interface Stage {
  readonly world: World;
  readonly gateway: Gateway;
  readonly recorder: Recorder;
  readonly settings: Settings;
}

/** Tells the bot about something in a channel, if it may see that channel. */
export function announce(stage: Stage, channel: FakeChannel, event: Dispatch): void {
  const parent = channel.parentId === null ? channel : stage.world.channel(channel.parentId);
  if (parent.botMay === "nothing" || channel.botMay === "nothing") return;
  stage.gateway.dispatch(event, { guildId: channel.guildId });
}

const VIEW = 1n << 10n;
const SEND = 1n << 11n;
const SEND_IN_THREADS = 1n << 38n;

/** A thread has the rights of its channel. */
export function isDenied({ world }: Stage, channel: FakeChannel, right: bigint): boolean {
  const { denied } = channel.parentId === null ? channel : world.channel(channel.parentId);
  return (denied & right) !== 0n;
}

/** The channel as the bot may use it: 10003, 50001, 50013 otherwise. */
export function channelFor(stage: Stage, id: string, need: "read" | "write"): FakeChannel {
  const channel = stage.world.channels.get(id);
  if (channel === undefined || channel.deleted) throw new Refusal(404, 10003, { message: "Unknown Channel" });
  const parent = channel.parentId === null ? channel : stage.world.channel(channel.parentId);
  if (channel.botMay === "nothing" || parent.botMay === "nothing")
    throw new Refusal(403, 50001, { message: "Missing Access" });
  if (isDenied(stage, channel, VIEW)) throw new Refusal(403, 50001, { message: "Missing Access" });
  if (need === "write" && isDenied(stage, channel, channel.kind === "thread" ? SEND_IN_THREADS : SEND))
    throw new Refusal(403, 50013, { message: "Missing Permissions" });
  if (need === "write" && (channel.botMay === "read" || parent.botMay === "read")) {
    throw new Refusal(403, 50013, { message: "Missing Permissions" });
  }
  return channel;
}

/** A message the bot can address over REST: 10008 for unknown, deleted or ephemeral ones. */
export function messageFor(stage: Stage, channelId: string, id: string): FakeMessage {
  const message = stage.world.messages.get(id);
  if (
    message === undefined ||
    message.deleted ||
    message.channelId !== channelId ||
    message.visibleTo !== null
  ) {
    throw new Refusal(404, 10008, { message: "Unknown Message" });
  }
  return message;
}
