// A deadline on the given clock, as an AbortSignal.
import type { Clock } from "./ports.ts";

export type Limit = {
  readonly clock: Clock;
  readonly afterMs: number;
  /** What ends it earlier; a controller of one's own is far lighter than a composite signal. */
  readonly within?: AbortSignal;
};

export function deadline({ clock, afterMs, within }: Limit): {
  readonly signal: AbortSignal;
  readonly clear: () => void;
} {
  const abort = new AbortController();
  const forward = (): void => abort.abort(within?.reason);
  if (within?.aborted === true) forward();
  within?.addEventListener("abort", forward, { once: true });
  const cancel = clock.after(afterMs, () => abort.abort(new Error(`over the deadline of ${afterMs} ms`)));
  return {
    signal: abort.signal,
    clear: () => {
      cancel();
      within?.removeEventListener("abort", forward);
    },
  };
}

/** Runs `task` under a deadline that ends with it. */
export async function withDeadline<T>(limit: Limit, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, clear } = deadline(limit);
  try {
    return await task(signal);
  } finally {
    clear();
  }
}

/** For work that takes no signal: it is left behind when its time is over, and its caller hears so at once. */
export async function raceSignal<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const over = Promise.withResolvers<never>();
  const onAbort = (): void => over.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Waits on the given clock, or until the signal. */
export async function pause(clock: Clock, forMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const cancel = clock.after(forMs, resolve);
    signal.addEventListener("abort", () => (cancel(), resolve()), { once: true });
  });
}
