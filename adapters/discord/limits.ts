// What Discord takes: five posts and five edits in five seconds in each channel or thread, and fifty calls a second in
// all. Its own headers have the last word; the library waits for them.
import type { PostLimits } from "../../src/ports.ts";

/** `perSecond`: posts a second in one channel; everything else goes with it. */
export function toLimits(perSecond: number): PostLimits {
  const perChannel = { burst: Math.max(1, 5 * perSecond), refillMs: 1_000 / perSecond };
  return {
    posts: perChannel,
    postsPer: "thread",
    edits: perChannel,
    editsPer: "thread",
    // Some room is left for reads, typing and what is written out of turn.
    all: { burst: Math.max(1, 40 * perSecond), refillMs: 25 / perSecond },
  };
}
