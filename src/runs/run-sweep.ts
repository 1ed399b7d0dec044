// Runs that the journal calls open and the engine does not: nobody would ever say how they ended. They are closed as
// failed, and said; one that the engine never heard of is started.
import { canonicalHash } from "../canonical.ts";
import { NovaFailure } from "../failures.ts";
import type { Clock, Durable, Journal, RunRow } from "../ports.ts";
import { isOpenRun } from "./progress.ts";
import { runProposalIds } from "../work/run-effect.ts";
import type { RunEnd } from "../work/run-end.ts";

export type RunSweepDeps = {
  readonly journal: Pick<Journal, "run" | "runs" | "fail" | "settle" | "keepNote">;
  readonly durable: Pick<Durable, "standing" | "launch">;
  readonly clock: Clock;
  readonly endRun: (run: string, end: RunEnd) => Promise<void>;
  readonly onTrouble: (what: string, thrown: unknown) => void;
};
export type RunSweep = {
  /** The look at an open run: true when the engine goes on with it, or just began to. */
  readonly check: (run: RunRow) => Promise<boolean>;
  /** Every open run; at most once a minute unless it is urgent. True while any is open. */
  readonly sweep: (urgency?: "urgent") => Promise<boolean>;
};

const everyMs = 60_000;
/** Where the journal finds when open runs were looked at last. */
const sweptNote = "runs.swept";

export function createRunSweep(deps: RunSweepDeps): RunSweep {
  let sweptAt = Number.NEGATIVE_INFINITY;
  const check = async (run: RunRow): Promise<boolean> => checkRun(deps, run);
  return {
    check,
    sweep: async (urgency) => {
      const open = await deps.journal.runs({ open: true, limit: Number.MAX_SAFE_INTEGER });
      const now = deps.clock.now();
      if (open.length === 0 || (urgency === undefined && now - sweptAt < everyMs)) return open.length > 0;
      sweptAt = now;
      // The engine starts a moment after the journal: a young run is given its time.
      const isYoung = ({ state, startedAt }: RunRow): boolean => state === "new" && now - startedAt < everyMs;
      for (const run of open.filter((row) => !isYoung(row)))
        await check(run).catch((thrown: unknown) => deps.onTrouble("a run's standing", thrown));
      await deps.journal.keepNote(sweptNote, String(now));
      return true;
    },
  };
}

async function checkRun({ journal, durable, clock, endRun }: RunSweepDeps, run: RunRow): Promise<boolean> {
  const standing = await durable.standing(run.id);
  if (standing === "open") return true;
  if (standing === "missing" && run.state === "new") {
    await durable.launch({ id: run.id, job: run.agent, input: run.input });
    return true;
  }
  // It may have ended properly since it was listed.
  const now = await journal.run(run.id);
  if (now === null || !isOpenRun(now)) return false;
  const why = standing === "over" ? "its engine gave it up without an outcome" : "its engine lost it";
  const { kind, forPerson } = new NovaFailure("run.failed", why);
  const id = `f-${canonicalHash(["run died", run.id]).slice(0, 10)}`;
  const operator = `run ${run.id} (${run.agent}): ${why}`;
  await journal.fail({
    id,
    turn: null,
    thread: run.thread,
    kind,
    person: forPerson,
    operator,
    at: clock.now(),
  });
  for (const { name } of now.steps.filter(({ state }) => state === "waiting")) {
    const withdrawn = { from: ["proposed", "pending", "approved"], to: "cancelled", detail: why } as const;
    for (const id of runProposalIds(run.id, name)) await journal.settle(id, withdrawn);
  }
  await endRun(run.id, { state: "failed", detail: why });
  return false;
}
