// Which events a session asked for: an app hears nothing that it has no intent for.
import { GatewayDispatchEvents } from "discord-api-types/v10";
import type { Dispatch } from "./packets.ts";

const GUILDS = 1 << 0;
const GUILD_MESSAGES = 1 << 9;
const GUILD_REACTIONS = 1 << 10;
const DIRECT_MESSAGES = 1 << 12;
const DIRECT_REACTIONS = 1 << 13;
export const MESSAGE_CONTENT = 1 << 15;
export const PRIVILEGED = (1 << 1) | (1 << 8) | MESSAGE_CONTENT;
export const KNOWN = 0x033f_ffff;

export function isWanted(event: Dispatch, intents: number, guildId: string | null): boolean {
  if (event.t === GatewayDispatchEvents.InteractionCreate) return true;
  if (event.t === GatewayDispatchEvents.Ready || event.t === GatewayDispatchEvents.Resumed) return true;
  if (event.t.startsWith("MESSAGE_REACTION_"))
    return (intents & (guildId === null ? DIRECT_REACTIONS : GUILD_REACTIONS)) !== 0;
  if (event.t.startsWith("MESSAGE_"))
    return (intents & (guildId === null ? DIRECT_MESSAGES : GUILD_MESSAGES)) !== 0;
  return (intents & GUILDS) !== 0;
}
