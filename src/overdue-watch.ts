// What nobody will look at any more, or should have been looked at long ago: a fault of Nova's own, said once per row where
// failures are listed, so that nothing vanishes silently.
import { canonicalHash } from "./canonical.ts";
import { NovaFailure } from "./failures.ts";
import type { Clock, Journal } from "./ports.ts";

export type OverdueWatchDeps = {
  readonly journal: Pick<Journal, "overdue" | "fail">;
  readonly clock: Clock;
  readonly onTrouble: (what: string, thrown: unknown) => void;
};

/** Nothing is late that is taken up with the round after the next. */
const slackMs = 120_000;
const everyMs = 60_000;

/** The look: at most once a minute, however often it is called. */
export function createOverdueWatch({ journal, clock, onTrouble }: OverdueWatchDeps): () => Promise<void> {
  const told = new Set<string>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = clock.now();
    if (at - lookedAt < everyMs) return;
    lookedAt = at;
    for (const { kind, id, state, wakeAt } of await journal.overdue(slackMs)) {
      const failureId = `f-${canonicalHash(["overdue", kind, id, state]).slice(0, 10)}`;
      if (told.has(failureId)) continue;
      told.add(failureId);
      const since = wakeAt === null ? "nothing will wake it" : `due ${new Date(wakeAt).toISOString()}`;
      const failure = new NovaFailure("row.overdue", `The ${kind} ${id} is ${state}, and ${since}.`);
      const { kind: failed, forPerson: person, detail: operator } = failure;
      await journal.fail({ id: failureId, turn: null, thread: null, kind: failed, person, operator, at });
      onTrouble("a row was left lying", failure);
    }
  };
}
