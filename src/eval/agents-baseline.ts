// What was reached before, as it is committed: per model, because one model's answers say nothing of another's. Getting worse
// is named; getting better is nobody's fault and becomes the baseline only when somebody keeps it.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { BootError } from "../boot-error.ts";
import type { AgentEvidence, AgentsReport } from "./agents-report.ts";

const count = z.number().int().nonnegative();
const Reached = z.strictObject({
  passed: count,
  /** Asks of evals that did not hold even then. */
  failed: z.array(z.string()),
  /** Of the evals' asks: how many found this agent, and which did not. */
  routed: count,
  elsewhere: z.array(z.string()),
});
const AgentsBaseline = z.record(z.string(), z.record(z.string(), Reached));
/** By the model's id, then by the agent's. */
export type AgentsBaseline = z.infer<typeof AgentsBaseline>;
type Reached = z.infer<typeof Reached>;

export type Comparison = {
  /** One sentence each: what got worse. */
  readonly regressions: readonly string[];
  /** One sentence each: what could not be compared. */
  readonly notes: readonly string[];
};

/** Throws a BootError when there is a file that is none. */
export function loadAgentsBaseline(file: string): AgentsBaseline {
  if (!existsSync(file)) return {};
  try {
    return AgentsBaseline.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new BootError(`${file} is no baseline; restore it, or remove it and keep a new one with --keep.`);
  }
}

/** Other models stay as they were, and so do agents that were not run; what could not be measured is not kept. */
export function keepAgentsBaseline(file: string, before: AgentsBaseline, now: AgentsReport): void {
  const measured = now.agents.filter(({ unmeasured }) => unmeasured === 0);
  const own = {
    ...before[now.model.id],
    ...Object.fromEntries(measured.map((row) => [row.id, toReached(row)])),
  };
  const sorted = Object.fromEntries(Object.entries(own).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify({ ...before, [now.model.id]: sorted }, null, 2)}\n`);
}

const toReached = ({ passed, misses, routing }: AgentEvidence): Reached => ({
  passed,
  failed: misses.map(({ ask }) => ask),
  routed: routing.reached + routing.asked,
  elsewhere: routing.elsewhere.map(({ ask }) => ask),
});

/** `isWhole`: every agent was run, so one that is missing is gone. */
export function comparedWith(before: AgentsBaseline, now: AgentsReport, isWhole: boolean): Comparison {
  const known = before[now.model.id];
  const broken = now.agents.flatMap(brokenIn);
  if (known === undefined) {
    const note = `There is no baseline of "${now.model.id}" yet, so nothing is compared; --keep writes one.`;
    return { regressions: broken, notes: [note] };
  }
  const pairs = now.agents.flatMap((row) => {
    const was = known[row.id];
    return was === undefined ? [] : [{ row, was }];
  });
  const present = new Set(now.agents.map(({ id }) => id));
  const gone = isWhole ? Object.keys(known).filter((id) => !present.has(id)) : [];
  const fresh = now.agents.filter(({ id }) => known[id] === undefined);
  return {
    regressions: [
      ...broken,
      ...pairs.flatMap(({ row, was }) => worseAnswers(row, was)),
      ...worseRouting(pairs),
    ],
    notes: [
      ...fresh.map(({ id }) => `${id} is not in the baseline yet; --keep puts it there.`),
      ...gone.map((id) => `${id} is in the baseline and no agent any more.`),
    ],
  };
}

/** Neither needs a model, so there is no excuse for either. */
const brokenIn = ({ id, contract, readers }: AgentEvidence): readonly string[] =>
  [...contract.problems, ...readers.problems].map((problem) => `${id}: ${problem}`);

type Pair = { readonly row: AgentEvidence; readonly was: Reached };

/**
 * The offline model gives the same answer each time, so each eval is held to. A language model's answers vary: there an agent
 * is worse when fewer of its evals hold. Evals that nobody could answer count for neither.
 */
function worseAnswers(row: AgentEvidence, was: Reached): readonly string[] {
  const { id, passed, unmeasured, misses, model } = row;
  const lost = misses.filter(({ ask, outcome }) => outcome === "failed" && !was.failed.includes(ask));
  const isFewer = passed + unmeasured < was.passed;
  if (model.kind === "language model" && !isFewer) return [];
  const named = lost.map(({ ask, why }) => `${id}: "${ask}" held and does not any more (${why}).`);
  if (named.length > 0 || !isFewer) return named;
  return [
    `${id}: ${was.passed} evals held, now there are ${passed}; none failed, so some are gone or left out.`,
  ];
}

/** The router is one for all, and an example more for one agent moves others: one ask of a hundred may change. */
const routedSlack = 0.01;

function worseRouting(pairs: readonly Pair[]): readonly string[] {
  const before = pairs.reduce((sum, { was }) => sum + was.routed, 0);
  const now = pairs.reduce((sum, { row }) => sum + row.routing.reached + row.routing.asked, 0);
  if (before - now <= Math.ceil(before * routedSlack)) return [];
  return pairs.flatMap(({ row, was }) =>
    row.routing.elsewhere
      .filter(({ ask }) => !was.elsewhere.includes(ask))
      .map(({ ask, to }) => `${row.id}: "${ask}" found it and goes to ${to} now.`),
  );
}
