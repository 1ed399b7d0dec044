// How long a decision takes: each message several times, the middle of its times, so that what else runs on the machine
// does not count as Nova's.
import { decideRoute } from "../routing/decide.ts";
import type { RouteInput } from "../routing/route.ts";

const rounds = 3;

/** The 95th percentile over the messages, in milliseconds. */
export function decisionP95Ms(inputs: readonly RouteInput[]): number {
  const passes = Array.from({ length: rounds }, () =>
    inputs.map((input) => {
      const started = performance.now();
      decideRoute(input);
      return performance.now() - started;
    }),
  );
  const middles = inputs.map((_, at) =>
    quantile(
      passes.map((pass) => pass[at] ?? 0),
      0.5,
    ),
  );
  return quantile(middles, 0.95);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
