// A clock that moves only when a test moves it.
import type { Clock } from "../../src/ports.ts";

export type HandClock = Clock & { readonly advance: (byMs: number) => void; readonly waiting: () => number };

export function createHandClock(startMs = Date.UTC(2026, 0, 5, 9, 30)): HandClock {
  let now = startMs;
  let nextId = 0;
  const due = new Map<number, { readonly at: number; readonly call: () => void }>();
  return {
    now: () => now,
    after: (delayMs, call) => {
      nextId += 1;
      const id = nextId;
      due.set(id, { at: now + delayMs, call });
      return () => due.delete(id);
    },
    waiting: () => due.size,
    advance: (byMs) => {
      const until = now + byMs;
      for (;;) {
        const [first] = [...due].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at);
        if (first === undefined) break;
        const [id, { at, call }] = first;
        due.delete(id);
        now = at;
        call();
      }
      now = until;
    },
  };
}
