// Who reads along in a channel of Discord's, so that a card is also shown to those who decide and don't.
import { PermissionFlagsBits } from "discord.js";
import type { Client } from "discord.js";
import type { AccountId, ThreadId } from "../../src/ids.ts";
import type { Clock } from "../../src/ports.ts";
import { withDeadline } from "./payload.ts";

type Parts = { readonly client: Client; readonly clock: Clock };

/** What can't be told counts as unseen: a card too many does less harm than none. */
export const createSees =
  ({ client, clock }: Parts) =>
  async (thread: ThreadId, account: AccountId): Promise<boolean> => {
    const [, parent = ""] = thread.split(":");
    const channel = client.channels.cache.get(parent);
    if (channel === undefined || channel.isDMBased() || !("permissionsFor" in channel)) return false;
    const user = account.slice("discord:".length);
    try {
      const member = await withDeadline(
        clock,
        channel.guild.members.fetch({ user, cache: false, force: true }),
      );
      return channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel);
    } catch {
      // No member of the server, or nobody could tell.
      return false;
    }
  };
