// Between Nova's ids and Slack's: `slack:T1/C1:1712.5` is channel C1 of workspace T1, thread 1712.5.
// A conversation without a thread (a direct message, a slash command's channel) repeats its channel as thread.
import type { AccountId, ChannelId, ThreadId } from "../../src/ids.ts";

export type Place = {
  readonly team: string;
  readonly channel: string;
  /** Null: the channel itself. */
  readonly threadTs: string | null;
};

const threadShape = /^slack:([^/:]+)\/([^/:]+):(.+)$/;
const tsShape = /^\d+\.\d+$/;

/** Null: not a thread of Slack's. */
export function placeOf(thread: ThreadId): Place | null {
  const [, team, channel, rest] = threadShape.exec(thread) ?? [];
  if (team === undefined || channel === undefined || rest === undefined) return null;
  return { team, channel, threadTs: tsShape.test(rest) ? rest : null };
}

export function threadIdOf({ team, channel, threadTs }: Place): ThreadId {
  return `slack:${team}/${channel}:${threadTs ?? channel}`;
}

export function channelIdOf(team: string, channel: string): ChannelId {
  return `slack:${team}/${channel}`;
}

export function accountIdOf(team: string, user: string): AccountId {
  return `slack:${team}/${user}`;
}

/** The Slack user behind an account of Slack's, else null. */
export function userOf(account: AccountId): string | null {
  return /^slack:[^/:]+\/([^/:]+)$/.exec(account)?.[1] ?? null;
}

/** The workspace of an account of Slack's, else null. */
export function teamOf(account: AccountId): string | null {
  return /^slack:([^/:]+)\//.exec(account)?.[1] ?? null;
}

/** A post's platform id: a timestamp alone is unique only within its channel. */
export function platformIdOf(channel: string, ts: string): string {
  return `${channel}:${ts}`;
}

export function tsOf(platformId: string): string {
  return platformId.slice(platformId.indexOf(":") + 1);
}

export function isDirect(channel: string): boolean {
  return channel.startsWith("D");
}
