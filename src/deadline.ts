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
