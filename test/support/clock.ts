// A clock that only moves when a test says so. What falls due is called in the order of its time.
import type { Clock } from "../../src/ports/world.ts";

export type TestClock = Clock & {
  /** Moves the time and calls, in order, what falls due on the way. */
  advance(ms: number): void;
};

export function createTestClock(startMs = Date.UTC(2026, 0, 5, 9, 0, 0)): TestClock {
  let nowMs = startMs;
  let timers: { readonly at: number; readonly call: () => void }[] = [];
  return {
    now: () => nowMs,
    after: (delayMs, call) => {
      const timer = { at: nowMs + delayMs, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (ms) => {
      const end = nowMs + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((left, right) => left.at - right.at);
        if (next === undefined) break;
        timers = timers.filter((other) => other !== next);
        nowMs = Math.max(nowMs, next.at);
        next.call();
      }
      nowMs = end;
    },
  };
}
