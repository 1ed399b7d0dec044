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
