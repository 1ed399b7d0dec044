// A step that failed, in two voices: the person reads which step and why in plain words, the operator's part goes to the
// journal. What the engine keeps of an error is shown to a person in the end, so it must be fit for that.
import { canonicalHash } from "../canonical.ts";
import { NovaFailure, toFailure } from "../failures.ts";
import type { Clock, DurableStep, Journal, RunRow } from "../ports.ts";

type Deps = { readonly journal: Pick<Journal, "fail">; readonly clock: Clock };

export function inWords(deps: Deps, run: RunRow, durable: DurableStep): DurableStep {
  return {
    ...durable,
    once: async (name, deadlineMs, task) =>
      durable.once(name, deadlineMs, async (signal) => {
        try {
          return await task(signal);
        } catch (thrown) {
          const failure = toFailure(thrown);
          await deps.journal.fail(rowOf(deps, run, { name, failure }));
          throw new NovaFailure("run.failed", `${name}: ${failure.detail}`, {
            forPerson: `the step "${name}" failed: ${failure.forPerson}`,
            cause: thrown,
          });
        }
      }),
  };
}

/** One row per step, however often it is tried. */
function rowOf(
  { clock }: Deps,
  run: RunRow,
  { name, failure }: { readonly name: string; readonly failure: NovaFailure },
): Parameters<Journal["fail"]>[0] {
  return {
    id: `f-${canonicalHash(["run", run.id, name]).slice(0, 10)}`,
    turn: null,
    thread: run.thread,
    kind: failure.kind,
    person: failure.forPerson,
    operator: `run ${run.id}, step "${name}": ${failure.detail}`,
    at: clock.now(),
  };
}
