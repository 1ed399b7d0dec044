// The reading methods of the fake Slack: identity, people, conversations and their history, with paging,
// visibility lag, and metadata only for who asks for it.

import { textOf } from "./core.ts";
import { publicForm } from "./methods.ts";
import type { Answer, Call, Method, Platform } from "./web-api.ts";
import type { Channel, Message } from "./world.ts";

const scopeWord = { channel: "channels", group: "groups", im: "im", mpim: "mpim" } as const;

function scopeFor(ending: "history" | "read") {
  return (call: Call, { world }: Platform) => {
    const channel = world.channels.get(textOf(call.args["channel"]));
    return `${scopeWord[channel?.type ?? "channel"]}:${ending}`;
  };
}

function channelOf({ args, team }: Call, { world }: Platform): Channel | undefined {
  const channel = world.channels.get(textOf(args["channel"]));
  return channel?.teamId === team.id ? channel : undefined;
}

/** Cuts a page out of `messages` as cursors, limits and time bounds say. */
function page(messages: readonly Message[], call: Call, platform: Platform): Answer {
  const { args } = call;
  const limit = Math.min(Number(textOf(args["limit"]) || "100"), 999);
  const oldest = textOf(args["oldest"]) || "0";
  const latest = textOf(args["latest"]) || "9999999999.999999";
  const isInclusive = args["inclusive"] === true || args["inclusive"] === "true";
  const visibleUntil = Date.now() - platform.readLagMs();
  const kept = messages.filter((message) => {
    if (message.storedAtMs > visibleUntil) return false;
    if (isInclusive) return message.ts >= oldest && message.ts <= latest;
    return message.ts > oldest && message.ts < latest;
  });
  const from = Number(textOf(args["cursor"]).replace("next:", "") || "0");
  const slice = kept.slice(from, from + limit);
  const hasMore = from + limit < kept.length;
  const withMetadata = args["include_all_metadata"] === true || args["include_all_metadata"] === "true";
  return {
    ok: true,
    messages: slice.map((message) => ({
      ...publicForm(message, withMetadata),
      ...repliesUnder(message, platform),
    })),
    has_more: hasMore,
    response_metadata: { next_cursor: hasMore ? `next:${from + limit}` : "" },
  };
}

/** What Slack adds to a message that a thread hangs on. */
function repliesUnder({ channel, ts }: Message, { world }: Platform): Record<string, unknown> {
  const under = world.channels.get(channel)?.threads.get(ts) ?? [];
  const last = under.at(-1);
  return last === undefined ? {} : { thread_ts: ts, reply_count: under.length, latest_reply: last.ts };
}

const authTest: Method = {
  run: ({ team }) => ({
    ok: true,
    url: `https://${team.domain}.slack.com/`,
    team: team.domain,
    user: "nova",
    team_id: team.id,
    user_id: team.botUserId,
    bot_id: team.botId,
    is_enterprise_install: false,
  }),
};

const history: Method = {
  scope: scopeFor("history"),
  run(call, platform) {
    const channel = channelOf(call, platform);
    if (channel === undefined) return { ok: false, error: "channel_not_found" };
    if (!channel.members.has(call.team.botUserId)) return { ok: false, error: "not_in_channel" };
    const top = [...channel.messages.values()].filter((message) => message.threadTs === undefined);
    return page(top.toReversed(), call, platform);
  },
};

const replies: Method = {
  scope: scopeFor("history"),
  run(call, platform) {
    const channel = channelOf(call, platform);
    if (channel === undefined) return { ok: false, error: "channel_not_found" };
    if (!channel.members.has(call.team.botUserId)) return { ok: false, error: "not_in_channel" };
    const parent = channel.messages.get(textOf(call.args["ts"]));
    if (parent === undefined) return { ok: false, error: "thread_not_found" };
    return page([parent, ...(channel.threads.get(parent.ts) ?? [])], call, platform);
  },
};

const info: Method = {
  scope: scopeFor("read"),
  run(call, platform) {
    const channel = channelOf(call, platform);
    if (channel === undefined) return { ok: false, error: "channel_not_found" };
    const { id, name, type, isArchived, isExtShared } = channel;
    const kinds = { is_channel: type === "channel", is_group: type === "group", is_im: type === "im" };
    const isMember = channel.members.has(call.team.botUserId);
    const more = { is_archived: isArchived, is_ext_shared: isExtShared, is_member: isMember };
    return { ok: true, channel: { id, name, ...kinds, ...more } };
  },
};

/** At most 1,000 a page; Slack's own default is 100. */
const members: Method = {
  scope: scopeFor("read"),
  run(call, platform) {
    const channel = channelOf(call, platform);
    if (channel === undefined) return { ok: false, error: "channel_not_found" };
    const limit = Math.min(Number(textOf(call.args["limit"]) || "100"), 1_000);
    const from = Number(textOf(call.args["cursor"]).replace("next:", "") || "0");
    const all = [...channel.members];
    const next = from + limit < all.length ? `next:${from + limit}` : "";
    return { ok: true, members: all.slice(from, from + limit), response_metadata: { next_cursor: next } };
  },
};

const open: Method = {
  scope: () => "im:write",
  run({ args, team }, { world }) {
    const user = world.users.get(textOf(args["users"]));
    if (user === undefined) return { ok: false, error: "user_not_found" };
    if (user.botId !== undefined) return { ok: false, error: "cannot_dm_bot" };
    return { ok: true, channel: { id: world.dmOf(user.id, team.id).id } };
  },
};

const usersInfo: Method = {
  scope: () => "users:read",
  run({ args, team }, { world }) {
    const user = world.users.get(textOf(args["user"]));
    if (user === undefined) return { ok: false, error: "user_not_found" };
    const { id, teamId, name, isRestricted, isUltraRestricted } = user;
    const isStranger = teamId !== team.id;
    const shared = [...world.channels.values()].some((one) => one.teamId === team.id && one.members.has(id));
    if (isStranger && !shared) return { ok: false, error: "user_not_visible" };
    const flags = {
      is_bot: user.botId !== undefined,
      is_restricted: isRestricted,
      is_ultra_restricted: isUltraRestricted,
    };
    const profile = { real_name: name, display_name: name };
    const known = { id, team_id: teamId, name, real_name: name, deleted: false, profile, ...flags };
    return { ok: true, user: isStranger ? { ...known, is_stranger: true } : known };
  },
};

const connectionsOpen: Method = {
  run: (_call, platform) => ({ ok: true, url: platform.issueSocketUrl() }),
};

export const readMethods: Record<string, Method> = {
  "auth.test": authTest,
  "conversations.history": history,
  "conversations.replies": replies,
  "conversations.info": info,
  "conversations.open": open,
  "conversations.members": members,
  "users.info": usersInfo,
  "apps.connections.open": connectionsOpen,
};
