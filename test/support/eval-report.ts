// A report of the agents' evals as `npm run eval` keeps it, for tests of those who read it.
import type { AgentEvidence, AgentsReport, ModelName } from "../../src/eval/agents-report.ts";

export const claude: ModelName = { id: "claude-haiku-5-5", kind: "language model" };

export const evalRow = (id: string, changes: Partial<AgentEvidence> = {}): AgentEvidence => ({
  id,
  at: 1_000,
  model: claude,
  passed: 6,
  failed: 0,
  unmeasured: 0,
  skipped: 0,
  repaired: 0,
  misses: [],
  routing: { reached: 6, asked: 0, elsewhere: [] },
  contract: { checked: 0, problems: [] },
  readers: { checked: 0, problems: [] },
  ...changes,
});

export const reportOf = (agents: readonly AgentEvidence[]): AgentsReport => ({
  version: 1,
  at: 1_000,
  model: claude,
  dollars: 0,
  agents: [...agents],
});
