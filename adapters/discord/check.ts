// Asks Discord whether Nova could work there: the token, the intent, and its rights in every configured channel. Reads
// only, over REST: no login is spent.
import { ApplicationFlags, PermissionFlagsBits } from "discord.js";
import { z } from "zod";
import { fine, listed, wrong } from "../../src/finding.ts";
import type { Finding } from "../../src/finding.ts";
import { inviteLink, neededPermissions } from "./permissions.ts";

export type CheckOptions = {
  readonly token: string;
  readonly apiUrl: string;
  /** Ids of Discord's, without the surface. */
  readonly channels: readonly string[];
};
type Got = { readonly status: number; readonly body: unknown };
type Get = (path: string) => Promise<Got>;

const deadlineMs = 10_000;
const overwriteOf = { role: 0, member: 1 } as const;
const Application = z.object({ id: z.string(), flags: z.number().default(0) });
const User = z.object({ id: z.string() });
const Overwrite = z.object({ id: z.string(), type: z.number(), allow: z.string(), deny: z.string() });
const Channel = z.object({
  name: z.string().nullish(),
  guild_id: z.string().optional(),
  permission_overwrites: z.array(Overwrite).default([]),
});
type Channel = z.infer<typeof Channel>;
const Guild = z.object({ roles: z.array(z.object({ id: z.string(), permissions: z.string() })) });
const Member = z.object({ roles: z.array(z.string()) });

export async function checkDiscord({ token, apiUrl, channels }: CheckOptions): Promise<readonly Finding[]> {
  const get: Get = async (path) => {
    const response = await fetch(`${apiUrl}/v10${path}`, {
      headers: { authorization: `Bot ${token}`, "user-agent": "DiscordBot (nova, 1)" },
      signal: AbortSignal.timeout(deadlineMs),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  };
  const me = await get("/users/@me").catch(() => null);
  const problem = tokenProblem(me, apiUrl);
  if (problem !== null) return [wrong("discord", problem)];
  const bot = User.parse(me?.body).id;
  const application = Application.parse((await get("/applications/@me")).body);
  const findings = [fine("discord", "the token is accepted"), intentOf(application.flags)];
  for (const channel of channels)
    findings.push(await channelOf(get, { bot, application: application.id, channel }));
  return [...findings, fine("discord invite", inviteLink(application.id))];
}

function tokenProblem(me: Got | null, apiUrl: string): string | null {
  const { host } = new URL(apiUrl);
  if (me === null) return `${host} can't be reached. Check the network and DISCORD_API_URL.`;
  if (me.status === 401)
    return "The platform refuses DISCORD_TOKEN. Copy the token again from the developer portal, under Bot.";
  return me.status === 200 ? null : `${host} answered ${me.status}. Try again later.`;
}

function intentOf(flags: number): Finding {
  const may = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
  if ((flags & may) !== 0) return fine("discord intents", "Message Content is on");
  return wrong(
    "discord intents",
    "Message Content is off, so Nova hears only mentions, replies, direct messages and /nova. Switch it on in the developer portal, under Bot, Privileged Gateway Intents.",
  );
}

type Asked = { readonly bot: string; readonly application: string; readonly channel: string };

async function channelOf(get: Get, { bot, application, channel: id }: Asked): Promise<Finding> {
  const what = `discord channel ${id}`;
  const got = await get(`/channels/${id}`);
  if (got.status === 404)
    return wrong(
      what,
      "There is no such channel. Copy its id anew (right click, Copy Channel ID) into the config.",
    );
  if (got.status !== 200)
    return wrong(
      what,
      `Nova can't see it. Invite Nova with ${inviteLink(application)}, and give it View Channels there.`,
    );
  const channel = Channel.parse(got.body);
  if (channel.guild_id === undefined)
    return wrong(what, "It is no server's channel. Bind a text channel instead.");
  const guild = Guild.parse((await get(`/guilds/${channel.guild_id}`)).body);
  const member = Member.parse((await get(`/guilds/${channel.guild_id}/members/${bot}`)).body);
  const held = permissionsIn(channel, guild, { id: bot, guild: channel.guild_id, roles: member.roles });
  const missing = Object.entries(neededPermissions).filter(([, bit]) => (held & bit) === 0n);
  if (missing.length === 0) return fine(what, `#${channel.name ?? id}, with every right that Nova needs`);
  const names = listed(missing.map(([name]) => name));
  return wrong(
    what,
    `In #${channel.name ?? id} Nova lacks ${names}. Give them to its role there, in Edit Channel, Permissions.`,
  );
}

type Who = { readonly id: string; readonly guild: string; readonly roles: readonly string[] };

/** As Discord computes them: the roles' rights, then what the channel says of everyone, of the roles, of the member. */
function permissionsIn(channel: Channel, guild: z.infer<typeof Guild>, who: Who): bigint {
  const own = new Set([who.guild, ...who.roles]);
  const base = guild.roles
    .filter(({ id }) => own.has(id))
    .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return ~0n;
  const roles = channel.permission_overwrites.filter(({ type }) => type === overwriteOf.role);
  return [
    roles.filter(({ id }) => id === who.guild),
    roles.filter(({ id }) => id !== who.guild && own.has(id)),
    channel.permission_overwrites.filter(({ type, id }) => type === overwriteOf.member && id === who.id),
  ].reduce((held, level) => {
    const denied = level.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
    const allowed = level.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
    return (held & ~denied) | allowed;
  }, base);
}
