// What `npm run eval` found out about agents, as evidence: only of the model that is in use, and never of a script.
import { loadAgentsReport } from "../eval/agents-report.ts";
import type { EvalResult } from "./measure.ts";

/** From the report that the eval keeps under this NOVA_HOME. None, or one that can't be read, is no evidence. */
export function loadEvalResults(home: string, modelId: string): readonly EvalResult[] {
  const rows = loadAgentsReport(home)?.agents ?? [];
  return rows
    .filter(({ model }) => model.id === modelId && model.kind !== "script")
    .map(({ id, passed, failed, at }) => ({ agent: id, passed, failed, at }));
}
