// What a failed call to Discord means for a post: later, never, or perhaps. When in doubt it is "unclear", never "sent".
import { DiscordAPIError, RateLimitError } from "discord.js";
import type { Found, Shown } from "../../src/ports.ts";

/** The call was answered with a no that fits none of these: for good. */
const postGone: ReadonlySet<number> = new Set([10008, 30046, 50005, 50083]);
const placeGone: ReadonlySet<number> = new Set([10003, 160005, 50083]);
const minute = 60_000;
const readAgainMs = 5_000;

export type Failed = {
  readonly shown: Exclude<Shown, { kind: "shown" }>;
  /** The bot's token no longer works: nothing at all can be sent. */
  readonly isFatal: boolean;
  /** A limit without a time (a proxy or an address ban): stop calling for this long. */
  readonly pauseMs: number;
  /** The thread can't be written to; its parent channel may still be. */
  readonly isPlaceGone: boolean;
  /** It may be said there, only not as an answer to a message: the history may not be read. */
  readonly isReplyRefused: boolean;
  /** Nova may not write there; who asked from there can still be told in private. */
  readonly isForbidden: boolean;
};

const plain = {
  isFatal: false,
  pauseMs: 0,
  isPlaceGone: false,
  isReplyRefused: false,
  isForbidden: false,
};

export function toFailed(error: unknown, isEdit: boolean): Failed {
  if (error instanceof RateLimitError) {
    // Discord's own answer without a time is its limit on edits of old messages, which never ends for this one.
    if (error.retryAfter === 0 && isEdit && Number.isFinite(error.limit)) {
      const why = "Discord takes no more edits of this old message";
      return { ...plain, shown: { kind: "refused", why, isPostGone: true } };
    }
    const isBare = error.retryAfter === 0;
    const afterMs = isBare ? minute : Math.max(error.retryAfter, error.timeToReset, 1000);
    return {
      ...plain,
      pauseMs: isBare ? minute : 0,
      shown: {
        kind: "later",
        afterMs,
        why: "Discord's rate limit",
        limited: isBare || error.global ? "surface" : "channel",
      },
    };
  }
  if (isTokenGone(error)) {
    const why = "Discord refuses the token; put a new one into DISCORD_TOKEN and restart";
    return { ...plain, isFatal: true, shown: { kind: "later", afterMs: minute, why } };
  }
  if (!(error instanceof DiscordAPIError) || error.status >= 500) {
    return { ...plain, shown: { kind: "unclear", why: wordsOf(error) } };
  }
  const code = Number(error.code);
  if (error.status === 429 && code !== 30046) {
    return { ...plain, shown: { kind: "later", afterMs: minute, why: wordsOf(error) } };
  }
  const why = `Discord said no (${code}): ${error.message}`;
  return {
    ...plain,
    isPlaceGone: placeGone.has(code),
    isReplyRefused: code === 160_002,
    isForbidden: !isEdit && (code === 50001 || code === 50013),
    shown: { kind: "refused", why, isPostGone: isEdit && (postGone.has(code) || placeGone.has(code)) },
  };
}

/** 401 once; afterwards the library has dropped the token and refuses locally. */
function isTokenGone(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.status === 401 || error.code === 40001;
  return error instanceof Error && error.message.startsWith("Expected token to be set");
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** A read that failed says nothing about the post; only a no of Discord's own is for good. */
export function toUnread({ shown }: Failed): Found {
  if (shown.kind === "refused") return { kind: "unsearchable", why: shown.why };
  return { kind: "later", afterMs: shown.kind === "later" ? shown.afterMs : readAgainMs, why: shown.why };
}
