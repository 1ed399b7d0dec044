// What can be seen of a run from outside itself: its progress post, its end as a message, and a sign of life to wait for.
import type { Orchestrator } from "./orchestrator.ts";
import type { Parts } from "./parts.ts";
import type { RunRow } from "./ports.ts";
import { drawProgress, progressId } from "./progress.ts";
import type { Outbox } from "./rooms/outbox.ts";
import { newsOf } from "./run-news.ts";
import { endRun } from "./work/run-end.ts";
import type { RunEnd, RunEnding } from "./work/run-end.ts";

export type RunWatch = {
  /** What ends a run, over the whole journal. */
  readonly ending: RunEnding & Pick<Parts, "journal">;
  readonly endRun: (run: string, end: RunEnd) => Promise<void>;
  /** Resolves at the next sign of life of any run. */
  readonly nextProgress: () => Promise<void>;
};

export function createRunWatch(
  { journal, clock }: Pick<Parts, "journal" | "clock">,
  outbox: Outbox,
  hear: Orchestrator["hear"],
): RunWatch {
  const progress = { resolve: (): void => undefined };
  const ending = {
    journal,
    onProgress: async (run: RunRow) => {
      await outbox.post([outbox.draft(progressId(run.id), run.thread, drawProgress(run, clock.now()))]);
      progress.resolve();
    },
    onEnded: async (run: RunRow) => hear(newsOf(run, clock.now())),
  };
  return {
    ending,
    endRun: async (run, end) => endRun(ending, run, end),
    nextProgress: async () => new Promise<void>((resolve) => (progress.resolve = resolve)),
  };
}
