// Threads that a conversation moves to. Discord gives a thread the id of the message it starts from, so it is known before
// it exists; it is opened when the first post in it, or the line that points to it, is about to be shown. Where Discord
// won't have one the conversation stays in its channel, and nothing is said about it.
import { ChannelType, DiscordAPIError, PermissionFlagsBits, RateLimitError, Routes } from "discord.js";
import type { Client } from "discord.js";
import type { ThreadId } from "../../src/ids.ts";
import type { Message } from "../../src/message.ts";
import type { ChatAdapter, Clock, Delivery, Shown } from "../../src/ports.ts";
import type { Opens } from "../../src/post.ts";
import { toPlatformId } from "./inbound.ts";
import type { Outbound } from "./outbound.ts";
import { toFailed } from "./outcomes.ts";
import type { Failed } from "./outcomes.ts";
import { withDeadline } from "./payload.ts";

export type ThreadsParts = {
  readonly client: Client;
  readonly clock: Clock;
  readonly onFailed: (failed: Failed) => void;
};
export type Threads = Required<Pick<ChatAdapter, "threadFor" | "linkTo">> & {
  /** Sees to it that a post's thread is open before the post is shown. */
  readonly around: (outbound: Outbound) => Outbound;
};
type Opened = "open" | "refused";
type Tracks = {
  readonly opened: Map<ThreadId, Promise<Opened>>;
  readonly refusedUntilMs: Map<string, number>;
};

const threadExists = 160_004;
/** A day without a word: Discord puts the thread away, and a word wakes it. */
const archiveAfterMinutes = 1_440;
/** A channel that would have none is left in peace for a while. */
const refusedForMs = 600_000;
const remembered = 500;
const needed = PermissionFlagsBits.CreatePublicThreads | PermissionFlagsBits.SendMessagesInThreads;

export function createThreads(parts: ThreadsParts): Threads {
  const tracks: Tracks = { opened: new Map(), refusedUntilMs: new Map() };
  const linkTo = (thread: ThreadId, platformId: string): string => {
    const [, parent = ""] = thread.split(":");
    const channel = parts.client.channels.cache.get(parent);
    const guild = channel === undefined || channel.isDMBased() ? "@me" : channel.guildId;
    return `https://discord.com/channels/${guild}/${platformId}`;
  };
  return {
    linkTo,
    threadFor: (message) => threadFor(parts, tracks, message),
    around: (outbound) => ({
      show: async (delivery) => {
        const { opens } = delivery.post;
        if (opens === undefined) return outbound.show(delivery);
        try {
          const opened = await open(parts, tracks, opens);
          const link = linkTo(opens.thread, channelOf(opens.thread));
          return await showMoved(outbound, delivery, { opens, opened, link });
        } catch (error) {
          return notOpened(parts, error);
        }
      },
      find: async (delivery) => {
        const found = await outbound.find(delivery);
        const isElsewhere = found.kind === "unsearchable" && delivery.thread === delivery.post.opens?.thread;
        // Without its thread it can only have gone to the channel.
        return isElsewhere ? outbound.find({ ...delivery, thread: channelThread(delivery.thread) }) : found;
      },
    }),
  };
}

function threadFor({ client, clock }: ThreadsParts, tracks: Tracks, message: Message): ThreadId | null {
  const [, id] = /^d:m:(\d+)$/u.exec(message.id) ?? [];
  const parent = message.channel.slice("discord:".length);
  if (id === undefined || message.direct || message.thread !== `discord:${parent}:${parent}`) return null;
  if ((tracks.refusedUntilMs.get(parent) ?? 0) > clock.now()) return null;
  const channel = client.channels.cache.get(parent);
  if (channel?.type !== ChannelType.GuildText) return null;
  const me = channel.guild.members.me;
  return me !== null && channel.permissionsFor(me).has(needed) ? `discord:${parent}:${id}` : null;
}

type Move = { readonly opens: Opens; readonly opened: Opened; readonly link: string };

async function showMoved(
  outbound: Outbound,
  delivery: Delivery,
  { opens, opened, link }: Move,
): Promise<Shown> {
  const { post, thread } = delivery;
  if (thread === opens.thread) {
    return opened === "open"
      ? outbound.show({ ...delivery, inReplyTo: null })
      : outbound.show({ ...delivery, thread: channelThread(thread) });
  }
  if (opened === "open")
    return outbound.show({ ...delivery, post: { ...post, text: `${post.text}\n${link}` } });
  // It would point nowhere: what the channel saw of the answer makes way for it, and otherwise there is nothing to say.
  if (delivery.shownAs !== null) return outbound.show({ ...delivery, post: { ...post, text: "My answer:" } });
  return { kind: "shown", platformId: toPlatformId(parentOf(opens.thread), channelOf(opens.thread)) };
}

/** Asked once per thread: its first post and the line that points to it come at the same time. */
async function open(parts: ThreadsParts, tracks: Tracks, opens: Opens): Promise<Opened> {
  const known = tracks.opened.get(opens.thread);
  if (known !== undefined) return known;
  const opening = start(parts, tracks, opens);
  tracks.opened.set(opens.thread, opening);
  const [oldest] = tracks.opened.keys();
  if (tracks.opened.size > remembered && oldest !== undefined) tracks.opened.delete(oldest);
  // Nobody knows: the next try asks again.
  opening.catch(() => tracks.opened.delete(opens.thread));
  return opening;
}

async function start({ client, clock }: ThreadsParts, tracks: Tracks, opens: Opens): Promise<Opened> {
  const parent = parentOf(opens.thread);
  const body = { name: opens.name, auto_archive_duration: archiveAfterMinutes };
  try {
    const route = Routes.threads(parent, channelOf(opens.thread));
    await withDeadline(clock, client.rest.post(route, { body }));
    return "open";
  } catch (error) {
    if (!isFinal(error)) throw error;
    if (Number(error.code) === threadExists) return "open";
    tracks.refusedUntilMs.set(parent, clock.now() + refusedForMs);
    return "refused";
  }
}

/** Discord said no, and would say so again. */
function isFinal(error: unknown): error is DiscordAPIError {
  return (
    error instanceof DiscordAPIError && error.status < 500 && error.status !== 401 && error.status !== 429
  );
}

/** A limit is waited for; anything else is simply asked again, because a thread that exists says so. */
function notOpened({ onFailed }: ThreadsParts, error: unknown): Shown {
  const failed = toFailed(error, false);
  onFailed(failed);
  if (failed.shown.kind === "later" || error instanceof RateLimitError) return failed.shown;
  return {
    kind: "later",
    afterMs: 2_000,
    why: failed.shown.kind === "refused" ? failed.shown.why : String(error),
  };
}

const parentOf = (thread: ThreadId): string => thread.split(":")[1] ?? "";
const channelOf = (thread: ThreadId): string => thread.split(":")[2] ?? "";
const channelThread = (thread: ThreadId): ThreadId => `discord:${parentOf(thread)}:${parentOf(thread)}`;
