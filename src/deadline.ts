// A deadline on the given clock, as an AbortSignal.
import type { Clock } from "./ports.ts";

export function deadline(
  clock: Clock,
  afterMs: number,
): { readonly signal: AbortSignal; readonly clear: () => void } {
  const abort = new AbortController();
  const clear = clock.after(afterMs, () => abort.abort(new Error(`over the deadline of ${afterMs} ms`)));
  return { signal: abort.signal, clear };
}

/** Runs `task` under a deadline that ends with it. */
export async function withDeadline<T>(
  clock: Clock,
  afterMs: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = deadline(clock, afterMs);
  try {
    return await task(limit.signal);
  } finally {
    limit.clear();
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
