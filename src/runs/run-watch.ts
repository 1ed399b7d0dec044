// What can be seen of a run from outside itself: its progress post, its end as a message, and a sign of life to wait for.
import type { Orchestrator } from "../orchestrator.ts";
import type { Parts } from "../parts.ts";
import type { RunRow } from "../ports.ts";
import { drawProgress, progressId } from "./progress.ts";
import type { Outbox } from "../rooms/outbox.ts";
import { newsOf } from "./run-news.ts";
import { createRunSweep } from "./run-sweep.ts";
import type { RunSweep } from "./run-sweep.ts";
import { endRun } from "../work/run-end.ts";
import type { RunEnd, RunEnding } from "../work/run-end.ts";

export type RunWatch = {
  /** What ends a run, over the whole journal. */
  readonly ending: RunEnding & Pick<Parts, "journal">;
  readonly endRun: (run: string, end: RunEnd) => Promise<void>;
  /** Resolves at the next sign of life of any run. */
  readonly nextProgress: () => Promise<void>;
  readonly sweeper: RunSweep;
};

export function createRunWatch(
  parts: Pick<Parts, "journal" | "clock" | "durable" | "log">,
  outbox: Outbox,
  hear: Orchestrator["hear"],
): RunWatch {
  const { journal, clock, log } = parts;
  const progress = { resolve: (): void => undefined };
  const ending = {
    journal,
    onProgress: async (run: RunRow) => {
      await outbox.post([outbox.draft(progressId(run.id), run.thread, drawProgress(run, clock.now()))]);
      progress.resolve();
    },
    onEnded: async (run: RunRow) => hear(newsOf(run, clock.now())),
  };
  const end = async (run: string, how: RunEnd): Promise<void> => endRun(ending, run, how);
  const onTrouble = (what: string, thrown: unknown): void =>
    log.error({ what, err: thrown }, "an open run could not be looked at");
  return {
    ending,
    endRun: end,
    sweeper: createRunSweep({ ...parts, endRun: end, onTrouble }),
    nextProgress: async () => new Promise<void>((resolve) => (progress.resolve = resolve)),
  };
}
