// Waiting that ends: for silence on a stream, for a pause between two tries, for a signal. Timers come from the
// clock that is given, so that tests own them.
import type { Clock } from "../../src/ports.ts";

export type Watchdog = {
  readonly touch: () => void;
  readonly hasBarked: () => boolean;
  readonly stop: () => void;
};

/** Barks once when nothing touched it for `idleMs`. One timer at a time; a touch only notes the time. */
export function createWatchdog(clock: Clock, idleMs: number, bark: () => void): Watchdog {
  let touchedAt = clock.now();
  let hasBarked = false;
  let cancel = (): void => undefined;
  const watch = (delayMs: number): void => {
    cancel = clock.after(delayMs, () => {
      const leftMs = touchedAt + idleMs - clock.now();
      if (leftMs > 0) return watch(leftMs);
      hasBarked = true;
      bark();
    });
  };
  watch(idleMs);
  return {
    touch: () => {
      touchedAt = clock.now();
    },
    hasBarked: () => hasBarked,
    stop: () => cancel(),
  };
}

/** Resolves after `delayMs`, or at once when the signal aborts. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      cancel();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.after(delayMs, done);
    signal.addEventListener("abort", done, { once: true });
  });
}

/** The task's own outcome, or `onAbort` as soon as the signal aborts: a queue in between can't hold a turn back. */
export function orAborted<T>(task: Promise<T>, signal: AbortSignal, onAbort: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(onAbort());
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    task.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};
