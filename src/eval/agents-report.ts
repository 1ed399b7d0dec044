// What `eval` found out about each agent, as it is kept in `evals.json` under NOVA_HOME: written by one run, read by the
// next one and by whoever weighs how far an agent is to be trusted. A file that can't be read is no evidence, never good one.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Model } from "../ports.ts";

/** Only "language model" says anything about answers that people would get from a language model. */
const ModelKind = z.enum(["language model", "offline model", "script"]);
const ModelName = z.strictObject({ id: z.string().min(1), kind: ModelKind });
const count = z.number().int().nonnegative();

const EvalMiss = z.strictObject({
  ask: z.string(),
  /** `failed`: wrong, refused or outside the contract. `unmeasured`: the model could not be asked; says nothing about the agent. */
  outcome: z.enum(["failed", "unmeasured"]),
  why: z.string(),
});
const Routed = z.strictObject({
  /** Of the evals' asks: went to this agent unasked, or it stood among the buttons; the rest is in `elsewhere`. */
  reached: count,
  asked: count,
  elsewhere: z.array(z.strictObject({ ask: z.string(), to: z.string() })),
});
/** Sentences on what is wrong, of so many that were checked; empty: all is well. */
const Checks = z.strictObject({ checked: count, problems: z.array(z.string()) });

const AgentEvidence = z.strictObject({
  id: z.string().min(1),
  /** Epoch ms of the run, and whom it measured: rows of several runs stand in one file. */
  at: count,
  model: ModelName,
  passed: count,
  failed: count,
  /** The model was down, late or over the budget: neither passed nor failed. */
  unmeasured: count,
  /** Left out, because they need a language model and there was none. */
  skipped: count,
  /** Of those that passed: how many took the contract's one repair. */
  repaired: count,
  misses: z.array(EvalMiss),
  routing: Routed,
  contract: Checks,
  readers: Checks,
});
const AgentsReport = z.strictObject({
  version: z.literal(1),
  /** Epoch ms, model and whole cost in US dollars of the last run; each agent's row has its own. */
  at: count,
  model: ModelName,
  dollars: z.number().nonnegative(),
  /** One row per agent and model, sorted by id: whoever asks for one agent takes the row of the model that is in use. */
  agents: z.array(AgentEvidence),
});
export type EvalMiss = z.infer<typeof EvalMiss>;
export type Routed = z.infer<typeof Routed>;
export type Checks = z.infer<typeof Checks>;
export type ModelName = z.infer<typeof ModelName>;
export type AgentEvidence = z.infer<typeof AgentEvidence>;
export type AgentsReport = z.infer<typeof AgentsReport>;

/** A model that is neither a language model nor the offline one says what somebody wrote for it. */
export function modelNameOf({ id, isLanguageModel }: Pick<Model, "id" | "isLanguageModel">): ModelName {
  if (isLanguageModel) return { id, kind: "language model" };
  return { id, kind: id === "offline" ? "offline model" : "script" };
}

export const agentsReportFile = (home: string): string => join(home, "evals.json");

/** The last report under this NOVA_HOME; null: none yet, or one that can't be read. */
export function loadAgentsReport(home: string): AgentsReport | null {
  const file = agentsReportFile(home);
  if (!existsSync(file)) return null;
  try {
    return AgentsReport.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

/** Whole or not at all: who reads it at the same time sees the one before. Returns the file's path. */
export function keepAgentsReport(home: string, report: AgentsReport): string {
  const file = agentsReportFile(home);
  mkdirSync(home, { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(report, null, 2)}\n`);
  renameSync(`${file}.new`, file);
  return file;
}

const rowOf = ({ id, model }: AgentEvidence): string => `${id} ${model.kind} ${model.id}`;

/** What this run measured beside what earlier ones did: who was left out this time, or measured with another model, keeps their row. */
export function joinedWith(before: AgentsReport | null, now: AgentsReport): AgentsReport {
  const fresh = new Set(now.agents.map(rowOf));
  const older = before?.agents.filter((row) => !fresh.has(rowOf(row))) ?? [];
  return { ...now, agents: [...now.agents, ...older].toSorted((a, b) => (rowOf(a) < rowOf(b) ? -1 : 1)) };
}
