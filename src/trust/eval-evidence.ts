// What `npm run eval` found out about agents, as evidence: only of the model that is in use, and never of a script. A new
// report counts while Nova runs.
import { statSync } from "node:fs";
import { agentsReportFile, loadAgentsReport } from "../eval/agents-report.ts";
import type { Clock } from "../ports.ts";
import type { EvalResult } from "./measure.ts";

/** From the report that the eval keeps under this NOVA_HOME. None, or one that can't be read, is no evidence. */
export function loadEvalResults(home: string, modelId: string): readonly EvalResult[] {
  const rows = loadAgentsReport(home)?.agents ?? [];
  return rows
    .filter(({ model }) => model.id === modelId && model.kind !== "script")
    .map(({ id, passed, failed, at }) => ({ agent: id, passed, failed, at }));
}

/** Answers come far oftener than evals are run. */
const lookMs = 5_000;

/** The same as it stands now: whether the file is another one is looked at every few seconds at most. */
export function watchEvalResults(
  home: string,
  modelId: string,
  clock: Pick<Clock, "now">,
): () => readonly EvalResult[] {
  let lookedAt: number | null = null;
  let stamp: string | null = null;
  let results: readonly EvalResult[] = [];
  return () => {
    const now = clock.now();
    if (lookedAt !== null && Math.abs(now - lookedAt) < lookMs) return results;
    lookedAt = now;
    const found = stampOf(agentsReportFile(home));
    if (found !== stamp) results = loadEvalResults(home, modelId);
    stamp = found;
    return results;
  };
}

/** It is replaced whole, so these tell one report from the next; a file that is not there has none. */
function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
}
