// The state of the fake Slack: two workspaces with people, guests, bots, channels and everything said in them.
// It lives in the test runner, so it survives when the product under test is killed.

import type { PublishedHome } from "./homes.ts";

export interface Team {
  id: string;
  domain: string;
  botUserId: string;
  botId: string;
  botToken: string;
  scopes: Set<string>;
  tokenState: "live" | "token_revoked" | "account_inactive";
}

export interface User {
  id: string;
  teamId: string;
  name: string;
  botId?: string;
  isRestricted: boolean;
  isUltraRestricted: boolean;
}

export interface SharedFile {
  id: string;
  name: string;
  mimetype: string;
  size: number;
  bytes: Uint8Array;
  url: string;
  shares: { channel: string; ts: string }[];
}

/** An upload between its first and its last step. */
interface Upload {
  name: string;
  length: number;
  bytes: Buffer | null;
}

export interface Message {
  ts: string;
  channel: string;
  team: string;
  user?: string;
  botId?: string;
  text: string;
  blocks: unknown[];
  threadTs?: string;
  metadata?: Record<string, unknown>;
  subtype?: string;
  edits: number;
  editedTs?: string;
  reactions: Map<string, Set<string>>;
  files?: SharedFile[];
  /** Whom the stored text really notifies; tests assert that this stays empty. */
  pinged: string[];
  storedAtMs: number;
  /** Set on a message that is, or was, streamed. */
  stream?: { touchedAtMs: number; appendedAtMs: number; isOver: boolean };
}

/** Streamed and not ended; Slack itself ends a stream that was silent for `idleMs`. */
export function isStreaming({ stream }: Message, idleMs: number): boolean {
  return stream !== undefined && !stream.isOver && Date.now() - stream.touchedAtMs <= idleMs;
}

type ChannelType = "channel" | "group" | "im" | "mpim";

export interface Channel {
  id: string;
  teamId: string;
  name: string;
  type: ChannelType;
  members: Set<string>;
  isArchived: boolean;
  isExtShared: boolean;
  /** Set to refuse posts as an admin's restriction would. */
  restricted?: string;
  messages: Map<string, Message>;
  threads: Map<string, Message[]>;
}

interface Ephemeral {
  ts: string;
  channel: string;
  user: string;
  text: string;
  blocks: unknown[];
  threadTs?: string;
}

interface OpenView {
  id: string;
  hash: string;
  user: string;
  team: string;
  view: Record<string, unknown>;
}

interface Status {
  channel: string;
  threadTs: string;
  status: string;
}

export interface World {
  appId: string;
  appToken: string;
  appTokenState: "live" | "invalid_auth" | "link_disabled";
  signingSecret: string;
  teams: Map<string, Team>;
  users: Map<string, User>;
  channels: Map<string, Channel>;
  ephemerals: Ephemeral[];
  views: Map<string, OpenView>;
  /** Callback ids of the app's message shortcuts. */
  shortcuts: Set<string>;
  homes: Map<string, PublishedHome>;
  /** Who has entered the Home tab. */
  openedHomes: Set<string>;
  /** The app's own setting. */
  isHomeEnabled: boolean;
  /** Since the start, or since a test began the minute anew. */
  homePublications: number;
  statuses: Status[];
  /** Where files are handed out and taken, without a slash at the end. */
  filesUrl: string;
  files: Map<string, SharedFile>;
  uploads: Map<string, Upload>;
  nextTs: () => string;
  nextId: (prefix: string) => string;
  isBotUser: (userId: string) => boolean;
  dmOf: (userId: string, teamId: string) => Channel;
  addChannel: (channel: Pick<Channel, "id" | "teamId"> & Partial<Channel>) => Channel;
  store: (message: Message) => Message;
  find: (channelId: string, ts: string) => Message | undefined;
  remove: (message: Message) => void;
  /** Everything the app posted, oldest first; what most tests look at. */
  posted: (channelId?: string) => Message[];
}

/** What config/slack-manifest.yaml asks for, and nothing more. */
export const grantedScopes = [
  "chat:write",
  "app_mentions:read",
  "channels:history",
  "groups:history",
  "im:history",
  "mpim:history",
  "im:write",
  "channels:read",
  "groups:read",
  "users:read",
  "reactions:read",
  "commands",
  "files:read",
  "files:write",
];

/** The message shortcuts of config/slack-manifest.yaml, by callback id. */
export const messageShortcuts = ["ask_nova", "remember_this", "summarise_thread"];

function team(id: string, domain: string): Team {
  const botUserId = `U0NOVA${id.slice(1)}`;
  return {
    id,
    domain,
    botUserId,
    botId: `B0NOVA${id.slice(1)}`,
    botToken: `xoxb-${id}-0000000000-nova`,
    scopes: new Set(grantedScopes),
    tokenState: "live",
  };
}

function user(id: string, teamId: string, name: string): User {
  return { id, teamId, name, isRestricted: false, isUltraRestricted: false };
}

const people: User[] = [
  user("U1001", "T1", "kit"),
  user("U1002", "T1", "ada"),
  { ...user("U1003", "T1", "gus"), isRestricted: true },
  { ...user("U1004", "T1", "solo"), isRestricted: true, isUltraRestricted: true },
  { ...user("U9001", "T1", "otherbot"), botId: "B9001" },
  user("U2001", "T2", "eve"),
  user("U2002", "T2", "tom"),
];

export function createWorld(): World {
  const teams = new Map([team("T1", "acme"), team("T2", "globex")].map((one) => [one.id, one]));
  const users = new Map(people.map((one) => [one.id, { ...one }]));
  const channels = new Map<string, Channel>();
  let ids = 0;
  let lastMicros = Date.now() * 1000;
  const bots = new Set<string>();
  for (const { id, botUserId, botId } of teams.values()) {
    bots.add(botUserId);
    users.set(botUserId, { ...user(botUserId, id, "nova"), botId });
  }
  const own = new Set([...teams.values()].map((one) => one.botId));
  const world: World = {
    appId: "A0NOVA",
    appToken: "xapp-1-A0NOVA-0000000000-nova",
    appTokenState: "live",
    signingSecret: "8f742231b10e8888abcd99yyyzzz85a5",
    teams,
    users,
    channels,
    ephemerals: [],
    homes: new Map(),
    openedHomes: new Set(),
    isHomeEnabled: true,
    homePublications: 0,
    views: new Map(),
    shortcuts: new Set(messageShortcuts),
    statuses: [],
    filesUrl: "",
    files: new Map(),
    uploads: new Map(),
    nextTs() {
      lastMicros = Math.max(lastMicros + 1, Date.now() * 1000);
      const digits = String(lastMicros);
      return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    },
    nextId: (prefix) => `${prefix}${String((ids += 1)).padStart(8, "0")}`,
    isBotUser: (userId) => bots.has(userId),
    dmOf(userId, teamId) {
      const id = `D${teamId.slice(1)}${userId.slice(1)}`;
      const known = channels.get(id);
      if (known !== undefined) return known;
      const bot = teams.get(teamId)?.botUserId ?? "";
      return world.addChannel({
        id,
        teamId,
        name: "directmessage",
        type: "im",
        members: new Set([userId, bot]),
      });
    },
    addChannel(given) {
      const channel: Channel = {
        name: given.id.toLowerCase(),
        type: "channel",
        members: new Set(),
        isArchived: false,
        isExtShared: false,
        messages: new Map(),
        threads: new Map(),
        ...given,
      };
      channels.set(channel.id, channel);
      return channel;
    },
    store(message) {
      const channel = channels.get(message.channel);
      if (channel === undefined) throw new Error(`the fake Slack has no channel ${message.channel}`);
      channel.messages.set(message.ts, message);
      if (message.threadTs !== undefined) {
        const replies = channel.threads.get(message.threadTs);
        if (replies === undefined) channel.threads.set(message.threadTs, [message]);
        else replies.push(message);
      }
      return message;
    },
    find: (channelId, ts) => channels.get(channelId)?.messages.get(ts),
    remove(message) {
      const channel = channels.get(message.channel);
      channel?.messages.delete(message.ts);
      const replies = channel?.threads.get(message.threadTs ?? "");
      if (replies !== undefined) replies.splice(replies.indexOf(message), 1);
    },
    posted(channelId) {
      const found: Message[] = [];
      for (const channel of channels.values()) {
        if (channelId !== undefined && channel.id !== channelId) continue;
        for (const message of channel.messages.values()) {
          if (message.botId !== undefined && own.has(message.botId)) found.push(message);
        }
      }
      return found.sort((a, b) => (a.ts < b.ts ? -1 : 1));
    },
  };
  const t1 = ["U1001", "U1002", "U1003", "U9001", "U0NOVA1"];
  world.addChannel({ id: "C1", teamId: "T1", name: "sweeper-parts", members: new Set(t1) });
  world.addChannel({ id: "C2", teamId: "T1", name: "general", members: new Set(t1) });
  world.addChannel({
    id: "G3",
    teamId: "T1",
    name: "secret",
    type: "group",
    members: new Set(["U1001", "U0NOVA1"]),
  });
  world.addChannel({ id: "C8", teamId: "T1", name: "old", isArchived: true, members: new Set(t1) });
  world.addChannel({ id: "C9", teamId: "T1", name: "without-nova", members: new Set(["U1001", "U1002"]) });
  const shared = new Set(["U1001", "U2001", "U0NOVA1"]);
  world.addChannel({ id: "C5", teamId: "T1", name: "shared", isExtShared: true, members: shared });
  const t2 = new Set(["U2001", "U2002", "U0NOVA2"]);
  world.addChannel({ id: "C2001", teamId: "T2", name: "globex-general", members: t2 });
  return world;
}
