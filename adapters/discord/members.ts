// Who belongs to a server of Discord's: the server of a channel is the one that a project is bound to, and only its full
// members decide for it. Asked anew each time, because whoever was removed must not decide a minute longer.
import { DiscordAPIError, GuildMemberFlags, RESTJSONErrorCodes } from "discord.js";
import type { Client, Guild } from "discord.js";
import type { AccountId, ChannelId } from "../../src/ids.ts";
import type { Clock, Membership } from "../../src/ports.ts";
import { withDeadline } from "./payload.ts";

type Parts = { readonly client: Client; readonly clock: Clock };
type MemberOf = (account: AccountId, channels: readonly ChannelId[]) => Promise<Membership>;

/** A member of the server of one of these channels; unclear where Discord did not say it of any. */
export const createMemberOf =
  (parts: Parts): MemberOf =>
  async (account, channels) => {
    const user = account.slice("discord:".length);
    const said = await Promise.all(channels.map(async (channel) => memberIn(parts, user, channel)));
    if (said.includes("member")) return "member";
    return said.includes("unclear") ? "unclear" : "outsider";
  };

async function memberIn({ client, clock }: Parts, user: string, channel: ChannelId): Promise<Membership> {
  try {
    const guild = await withDeadline(clock, guildOf(client, channel.slice("discord:".length)));
    if (guild === null) return "member";
    const member = await withDeadline(clock, guild.members.fetch({ user, cache: false, force: true }));
    return isOutsider({ flags: member.flags.bitfield, pending: member.pending }) ? "outsider" : "member";
  } catch (thrown) {
    return thrown instanceof DiscordAPIError && unknown.has(thrown.code) ? "outsider" : "unclear";
  }
}

const unknown: ReadonlySet<string | number> = new Set<string | number>([
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownUser,
]);

/** Null: direct messages belong to no server, and hold nobody but the person. */
async function guildOf(client: Client, id: string): Promise<Guild | null> {
  const channel = client.channels.cache.get(id) ?? (await client.channels.fetch(id));
  if (channel === null) throw new Error(`Discord knows no channel ${id}`);
  return channel.isDMBased() ? null : channel.guild;
}

/** By Discord's own flags: let in for one voice channel, or not yet through the server's rules. */
export const isOutsider = ({
  flags,
  pending,
}: {
  readonly flags?: number | null | undefined;
  readonly pending?: boolean | null | undefined;
}): boolean => pending === true || ((flags ?? 0) & GuildMemberFlags.IsGuest) !== 0;
