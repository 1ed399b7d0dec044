// What Slack takes: about one post a second in a channel, with short bursts, and some fifty edits a minute in all.
import type { PostLimits } from "../../src/ports.ts";

/** `perSecond`: posts a second in one channel; everything else goes with it. */
export function toLimits(perSecond: number): PostLimits {
  return {
    posts: { burst: Math.max(1, 3 * perSecond), refillMs: 1_000 / perSecond },
    postsPer: "channel",
    edits: { burst: Math.max(1, 20 * perSecond), refillMs: 1_200 / perSecond },
    editsPer: "surface",
    all: null,
  };
}
