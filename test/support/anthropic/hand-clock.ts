// A clock for waits of two kinds: short ones (pauses between tries) pass by themselves and are noted, long ones
// (silence on a stream) pass only when the test says so.
import type { Clock } from "../../../src/ports.ts";

export type HandClock = Clock & {
  /** Short waits so far, in milliseconds. */
  readonly pauses: readonly number[];
  /** Moves on and fires what is due by then. */
  advance(ms: number): void;
  /** Waits that have not ended. */
  open(): number;
};

export function createHandClock({ passesUpToMs }: { readonly passesUpToMs: number }): HandClock {
  let now = Date.parse("2026-03-02T10:00:00Z");
  const waits = new Set<{ readonly at: number; readonly call: () => void }>();
  const pauses: number[] = [];
  const fire = (untilMs: number): void => {
    const due = [...waits].filter(({ at }) => at <= untilMs).sort((left, right) => left.at - right.at);
    now = Math.max(now, untilMs);
    for (const wait of due) if (waits.delete(wait)) wait.call();
  };
  return {
    pauses,
    now: () => now,
    after: (delayMs, call) => {
      const wait = { at: now + delayMs, call };
      waits.add(wait);
      if (delayMs <= passesUpToMs) {
        pauses.push(delayMs);
        setImmediate(() => (waits.has(wait) ? fire(wait.at) : undefined));
      }
      return () => void waits.delete(wait);
    },
    advance: (ms) => fire(now + ms),
    open: () => waits.size,
  };
}
