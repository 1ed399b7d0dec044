// Where things live, as strings that say it: an id names its surface, so it can't be mistaken for another's.
import { z } from "zod";

/** Where a message can come from. `nova` is Nova itself: timers, alarms, news of a run. */
export const Surface = z.enum(["discord", "slack", "terminal", "web", "nova"]);
export type Surface = z.infer<typeof Surface>;

/** `adapter:channel:thread`, e.g. `slack:T1/C1:1712.5`. A direct message's thread is its channel. */
export const ThreadId = z.templateLiteral([Surface, ":", z.string().min(1), ":", z.string().min(1)]);
export type ThreadId = z.infer<typeof ThreadId>;
/** `adapter:channel`, e.g. `discord:2001`, `slack:T1/C1`. */
export const ChannelId = z.templateLiteral([Surface, ":", z.string().min(1)]);
export type ChannelId = z.infer<typeof ChannelId>;
/** `adapter:user`, e.g. `discord:1001`, `slack:T1/U1001`, `terminal:me`. */
export const AccountId = z.templateLiteral([Surface, ":", z.string().min(1)]);
export type AccountId = z.infer<typeof AccountId>;
/** Branded: it comes from the channel binding in the config, never from a model. */
export const ProjectId = z.string().min(1).brand<"ProjectId">();
export type ProjectId = z.infer<typeof ProjectId>;

/** Outbox id of the first post that answers a turn; while it is written, a preview may stand for it. */
export const firstPostId = (turn: string): string => `${turn}:0`;

/** The direct messages with an account, before anybody knows which channel that is: its surface finds out when it shows something there. */
export function directOf(account: AccountId): ThreadId {
  const at = Math.max(account.indexOf(":"), account.indexOf("/")) + 1;
  const user = `@${account.slice(at)}`;
  return ThreadId.parse(`${account.slice(0, at)}${user}:${user}`);
}
/** Whose direct messages these are; null: a thread that goes by its own id. */
export function directWith(thread: ThreadId): AccountId | null {
  const [, place, user] = /^(.+[:/])@(.+):@\2$/u.exec(thread) ?? [];
  return place === undefined || user === undefined ? null : AccountId.parse(`${place}${user}`);
}

/** The channel a thread lives in: its id without the last part. */
export function channelOf(thread: ThreadId): ChannelId {
  return ChannelId.parse(thread.slice(0, thread.lastIndexOf(":")));
}
