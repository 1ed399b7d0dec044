// What Discord remembers: people, guilds, channels and messages. It outlives every connection of the product,
// so a test can kill and restart Nova against the same world.
import type { FakeFile } from "./attachments.ts";
import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from "discord-api-types/v10";

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

export interface FakeUser {
  readonly id: string;
  readonly name: string;
  readonly kind: "person" | "bot" | "webhook";
  /** Sending to this person's DM is refused with 50007. */
  refusesDms: boolean;
  /** Let in for one voice channel only: the platform flags it wherever it names the member. */
  isGuest?: boolean;
}

export interface FakeGuild {
  readonly id: string;
  readonly name: string;
  readonly memberIds: string[];
}

export interface FakeChannel {
  readonly id: string;
  readonly kind: "text" | "dm" | "thread";
  readonly name: string;
  readonly guildId: string | null;
  /** A thread's text channel. */
  readonly parentId: string | null;
  /** A DM's person. */
  readonly recipientId: string | null;
  /** What the bot may do here. */
  botMay: "write" | "read" | "nothing";
  /** Rights that the channel takes from the bot, as permission bits. */
  denied: bigint;
  /** People who are members of the guild and don't see this channel. */
  hiddenFrom?: readonly string[];
  /** What happens to who starts a thread here: it opens, the permission is missing, or there are too many. */
  threads: "open" | "denied" | "full";
  archived: boolean;
  locked: boolean;
  deleted: boolean;
}

export interface FakeMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly createdAtMs: number;
  readonly nonce: string | null;
  readonly referenceId: string | null;
  /** Only this person sees it (flag 64). */
  readonly visibleTo: string | null;
  content: string;
  embeds: readonly APIEmbed[];
  components: readonly Row[];
  /** Names of the files that came with it, with their text. */
  files: readonly FakeFile[];
  /** Who was really notified: user ids, `role:<id>`, `everyone`, `here`. */
  pinged: readonly string[];
  editedAtMs: number | null;
  /** Earlier contents, oldest first. */
  readonly versions: string[];
  deleted: boolean;
  /** Who put which emoji under it. */
  readonly reactions: Map<string, Set<string>>;
  /** Shown as "thinking...". */
  loading: boolean;
}

export type NewMessage = Pick<FakeMessage, "channelId" | "authorId" | "content"> &
  Partial<
    Pick<
      FakeMessage,
      "nonce" | "referenceId" | "visibleTo" | "embeds" | "components" | "files" | "pinged" | "loading"
    >
  >;

export interface World {
  readonly users: ReadonlyMap<string, FakeUser>;
  readonly guilds: ReadonlyMap<string, FakeGuild>;
  readonly channels: ReadonlyMap<string, FakeChannel>;
  readonly messages: ReadonlyMap<string, FakeMessage>;
  readonly bot: FakeUser;
  /** Where files are handed out, without a slash at the end. */
  filesUrl: string;
  /** Ids grow with time, as snowflakes do. */
  nextId(): string;
  user(id: string): FakeUser;
  channel(id: string): FakeChannel;
  message(id: string): FakeMessage;
  /** Live messages of a channel, oldest first; ephemeral ones included. */
  history(channelId: string): FakeMessage[];
  dm(userId: string): FakeChannel;
  addChannel(channel: Pick<FakeChannel, "kind" | "name"> & Partial<FakeChannel>): FakeChannel;
  addMessage(message: NewMessage): FakeMessage;
}

const EPOCH_MS = 1_420_070_400_000n;

/** Ids that tests may name. Kit, Maya and Ola are people; the stranger is in no configuration. */
export const ids = {
  bot: "9001",
  application: "9001",
  kit: "1001",
  maya: "1002",
  stranger: "1003",
  otherBot: "1004",
  webhook: "1005",
  ola: "1006",
  guild: "3001",
  otherGuild: "3002",
  parts: "2001",
  general: "2002",
  elsewhere: "2003",
  hidden: "2004",
} as const;

function seedUsers(): Map<string, FakeUser> {
  const user = (id: string, name: string, kind: FakeUser["kind"] = "person"): [string, FakeUser] => [
    id,
    { id, name, kind, refusesDms: false },
  ];
  return new Map([
    user(ids.bot, "nova", "bot"),
    user(ids.kit, "kit"),
    user(ids.maya, "maya"),
    user(ids.ola, "ola"),
    user(ids.stranger, "stranger"),
    user(ids.otherBot, "otherbot", "bot"),
    user(ids.webhook, "hook", "webhook"),
  ]);
}

function seedGuilds(): Map<string, FakeGuild> {
  const people = [ids.bot, ids.kit, ids.maya, ids.ola, ids.stranger, ids.otherBot];
  return new Map([
    [ids.guild, { id: ids.guild, name: "Workshop", memberIds: [...people] }],
    [ids.otherGuild, { id: ids.otherGuild, name: "Elsewhere", memberIds: [...people] }],
  ]);
}

export function createWorld(): World {
  const users = seedUsers();
  const guilds = seedGuilds();
  const channels = new Map<string, FakeChannel>();
  const messages = new Map<string, FakeMessage>();
  let lastId = 0n;

  const nextId = () => {
    const fromTime = (BigInt(Date.now()) - EPOCH_MS) << 22n;
    lastId = fromTime > lastId ? fromTime : lastId + 1n;
    return lastId.toString();
  };
  const addChannel: World["addChannel"] = (given) => {
    const channel: FakeChannel = {
      guildId: null,
      parentId: null,
      recipientId: null,
      botMay: "write",
      denied: 0n,
      threads: "open",
      archived: false,
      locked: false,
      deleted: false,
      ...given,
      id: given.id ?? nextId(),
    };
    channels.set(channel.id, channel);
    return channel;
  };
  addChannel({ id: ids.parts, kind: "text", name: "sweeper-parts", guildId: ids.guild });
  addChannel({ id: ids.general, kind: "text", name: "general", guildId: ids.guild });
  addChannel({ id: ids.hidden, kind: "text", name: "hidden", guildId: ids.guild, botMay: "nothing" });
  addChannel({ id: ids.elsewhere, kind: "text", name: "elsewhere", guildId: ids.otherGuild });

  const bot = found(users, ids.bot);
  return {
    users,
    guilds,
    channels,
    messages,
    bot,
    filesUrl: "",
    nextId,
    user: (id) => found(users, id),
    channel: (id) => found(channels, id),
    message: (id) => found(messages, id),
    history: (channelId) => [...messages.values()].filter((m) => m.channelId === channelId && !m.deleted),
    dm(userId) {
      const open = [...channels.values()].find((c) => c.recipientId === userId);
      return open ?? addChannel({ kind: "dm", name: "", recipientId: found(users, userId).id });
    },
    addChannel,
    addMessage(given) {
      const message: FakeMessage = {
        nonce: null,
        referenceId: null,
        visibleTo: null,
        embeds: [],
        components: [],
        files: [],
        pinged: [],
        loading: false,
        editedAtMs: null,
        versions: [],
        deleted: false,
        reactions: new Map(),
        ...given,
        id: nextId(),
        createdAtMs: Date.now(),
      };
      messages.set(message.id, message);
      return message;
    },
  };
}

function found<T>(map: ReadonlyMap<string, T>, id: string): T {
  const value = map.get(id);
  if (value === undefined) throw new Error(`The fake's world has nothing with the id ${id}.`);
  return value;
}
