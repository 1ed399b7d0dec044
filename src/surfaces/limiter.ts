// Rate limits: a plain token bucket decides first and costs nothing; bottleneck is entered only when that is empty,
// because a schedule() costs about 5 ms and a timer even when idle.
import Bottleneck from "bottleneck";
import type { Clock, Limiter } from "../ports.ts";

export type Limit = {
  /** Calls allowed at once, per key. */
  readonly burst: number;
  /** One more call every so many milliseconds, per key. */
  readonly refillMs: number;
};
type Bucket = { tokens: number; refilledAt: number; queue: Bottleneck | null };

export function createLimiter(limit: Limit, clock: Clock): Limiter {
  const buckets = new Map<string, Bucket>();
  return {
    run: async (key, task) => {
      const bucket = buckets.get(key) ?? { tokens: limit.burst, refilledAt: clock.now(), queue: null };
      buckets.set(key, bucket);
      refill(bucket, limit, clock.now());
      if (bucket.tokens >= 1 && bucket.queue === null) {
        bucket.tokens -= 1;
        return task();
      }
      bucket.queue ??= createQueue(limit, () => {
        bucket.queue = null;
        bucket.tokens = 0;
        bucket.refilledAt = clock.now();
      });
      return bucket.queue.schedule(task);
    },
  };
}

function refill(bucket: Bucket, limit: Limit, now: number): void {
  const earned = Math.floor((now - bucket.refilledAt) / limit.refillMs);
  if (earned <= 0) return;
  bucket.tokens = Math.min(limit.burst, bucket.tokens + earned);
  bucket.refilledAt += earned * limit.refillMs;
}

/** Spaces what waits; when the queue has run dry the bucket takes over again. */
function createQueue(limit: Limit, onDry: () => void): Bottleneck {
  const queue = new Bottleneck({ minTime: limit.refillMs });
  // Not stopped: a stopped queue refuses what comes in the same instant. An idle one holds no timer.
  queue.once("idle", onDry);
  return queue;
}
