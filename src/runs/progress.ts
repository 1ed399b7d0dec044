// Draws a run's progress: one post per run, changed in place, always from the journal's row.
import type { RunRow, RunStep } from "../ports.ts";
import { say } from "../post.ts";
import type { Said } from "../post.ts";

export const progressId = (run: string): string => `${run}:progress`;
const marks: Readonly<Record<RunStep["state"], string>> = {
  done: "✓",
  running: "…",
  waiting: "⏸",
  failed: "✗",
};
const states: Readonly<Record<RunRow["state"], string>> = {
  new: "starting",
  running: "running",
  waiting: "waiting for an approval",
  done: "done",
  failed: "failed",
  stopped: "stopped",
};

export const isOpenRun = ({ state }: Pick<RunRow, "state">): boolean =>
  state === "new" || state === "running" || state === "waiting";

export function drawProgress(
  run: Pick<RunRow, "id" | "agent" | "state" | "steps" | "startedAt">,
  now: number,
): Said {
  const steps = run.steps.map(
    ({ name, state, detail }) => `${marks[state]} ${name}${detail === "" ? "" : `: ${detail}`}`,
  );
  return say([`**${run.agent}** · ${states[run.state]}`, ...steps].join("\n"), {
    kind: "progress",
    footer: `run ${run.id} · ${elapsed(now - run.startedAt)}`,
    offers: isOpenRun(run)
      ? [{ label: "Stop", style: "danger", asks: null, action: { kind: "stop", run: run.id } }]
      : [],
  });
}

function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
