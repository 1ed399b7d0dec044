// The rights that Nova needs in Discord, and no others: what the invite asks for, what `check` looks for.
import { PermissionFlagsBits } from "discord.js";

/** By the names that Discord's own settings show. */
export const neededPermissions = {
  "View Channels": PermissionFlagsBits.ViewChannel,
  "Send Messages": PermissionFlagsBits.SendMessages,
  "Send Messages in Threads": PermissionFlagsBits.SendMessagesInThreads,
  "Create Public Threads": PermissionFlagsBits.CreatePublicThreads,
  "Embed Links": PermissionFlagsBits.EmbedLinks,
  "Attach Files": PermissionFlagsBits.AttachFiles,
  "Read Message History": PermissionFlagsBits.ReadMessageHistory,
} as const satisfies Readonly<Record<string, bigint>>;

export const neededBits: bigint = Object.values(neededPermissions).reduce((sum, bit) => sum | bit, 0n);

/** The page where a server's owner lets Nova in. */
export function inviteLink(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: "bot applications.commands",
    permissions: `${neededBits}`,
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}
