// How a run ends, whoever ends it: its row, its progress post, its open proposals, and news in its thread, said once.
import type { Durable, Journal, RunRow } from "../ports.ts";
import { runProposalIds } from "./run-effect.ts";

export type RunEnding = {
  readonly journal: Pick<Journal, "run" | "advance" | "settle">;
  /** Brings the progress post up to date. */
  readonly onProgress: (run: RunRow) => Promise<void>;
  /** The run ended; said in its thread as a message of Nova's own. */
  readonly onEnded: (run: RunRow) => Promise<void>;
};
export type RunEnd = { readonly state: "done" | "failed"; readonly detail: string };

export async function endRun(deps: RunEnding, runId: string, end: RunEnd): Promise<void> {
  const before = await deps.journal.run(runId);
  const broken = end.state === "failed" ? before?.steps.find(({ state }) => state === "running") : undefined;
  const row = await deps.journal.advance(runId, {
    ...end,
    ...(broken === undefined ? {} : { step: { ...broken, state: "failed" as const } }),
  });
  await deps.onProgress(row);
  // Another end than this one: a person stopped it meanwhile, and was told.
  if (row.state === end.state) await deps.onEnded(row);
}

export type RunStopping = Pick<RunEnding, "journal" | "onProgress"> & {
  readonly durable: Pick<Durable, "cancel">;
  /** Its cards show something else now: bring them up to date. */
  readonly onMoved: () => void;
};

/** What waits for a decision is withdrawn with it: a card must never offer what nobody would execute. */
export async function stopRun(deps: RunStopping, run: RunRow, by: string): Promise<void> {
  const detail = `stopped by ${by}`;
  const row = await deps.journal.advance(run.id, { state: "stopped", detail });
  for (const step of row.steps) {
    if (step.state !== "waiting") continue;
    const withdrawn = { from: ["proposed", "pending", "approved"], to: "cancelled", detail } as const;
    for (const id of runProposalIds(run.id, step.name)) await deps.journal.settle(id, withdrawn);
  }
  await deps.durable.cancel(run.id);
  await deps.onProgress(row);
  deps.onMoved();
}
