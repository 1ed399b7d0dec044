// A pipeline while it runs: its declared steps over durable ones. Every step is seen in the progress post; an effect
// step proposes, waits for the person, and reads from the journal what became of it.
import { z } from "zod";
import type { AgentCard, PipelineCard, ReplySchema, Step } from "../agent.ts";
import { keepContract } from "../replies/contract.ts";
import { isOpenRun } from "../runs/progress.ts";
import { stepMarks } from "../runs/step-marks.ts";
import type { Reader } from "../effects.ts";
import { NovaFailure } from "../failures.ts";
import type { Directory } from "../people.ts";
import type { Clock, DurableJob, DurableStep, Journal, RunRow, RunStep } from "../ports.ts";
import type { Roster } from "../roster.ts";
import type { AgentResult } from "./agent-loop.ts";
import { runErrand } from "./agent.ts";
import type { AgentWorkDeps } from "./agent.ts";
import type { ExecuteApproved } from "./execution.ts";
import { effectInRun } from "./run-effect.ts";
import type { ProposeForRun } from "./run-effect.ts";
import { endRun } from "./run-end.ts";
import type { RunEnding } from "./run-end.ts";
import { inWords } from "./run-failure.ts";
import { standingOf } from "./run-standing.ts";
import { createTargets } from "./targets.ts";
import type { Verify } from "./verification.ts";

export type RunDeps = AgentWorkDeps &
  RunEnding & {
    readonly journal: Journal;
    readonly roster: Roster;
    readonly directory: Directory;
    readonly clock: Clock;
    readonly execute: ExecuteApproved;
    readonly propose: ProposeForRun;
    readonly verify: Verify;
  };
/** Writes one step into the run's row and its progress post. */
export type MarkStep = (step: Omit<RunStep, "at">, state?: RunRow["state"]) => Promise<void>;
const stepDeadlineMs = 120_000;

/** One durable job per pipeline agent. A run of a version that no longer exists stays visible as such. */
export function createRunJobs(deps: RunDeps): readonly DurableJob[] {
  return deps.roster.entries.flatMap(({ id, card }) =>
    card.kind === "pipeline" ? [toJob(deps, id, card)] : [],
  );
}

function toJob(deps: RunDeps, id: string, card: PipelineCard): DurableJob {
  return {
    name: id,
    version: card.version,
    run: async (runId, input, durable) => {
      const row = await deps.journal.run(runId);
      if (row === null) throw new NovaFailure("run.failed", `run ${runId} is not in the journal`);
      if (!isOpenRun(row)) return sayAgain(deps, row);
      await deps.onProgress(await deps.journal.advance(runId, { state: "running" }));
      const { answer } = await card.run(input, stepsOf(deps, row, inWords(deps, row, durable)));
      const marks = stepMarks(await deps.journal.run(runId));
      await endRun(deps, runId, { state: "done", detail: [answer, ...marks].join("\n\n") });
    },
    failed: async (runId, why) => endRun(deps, runId, { state: "failed", detail: why }),
  };
}

/** A crash came between its end and the news of it, or between a person's stop and the engine's: nothing more is done. */
async function sayAgain(deps: RunDeps, { id, state, detail }: RunRow): Promise<void> {
  if (state === "done" || state === "failed") await endRun(deps, id, { state, detail });
}

function stepsOf(deps: RunDeps, row: RunRow, durable: DurableStep): Step {
  const targets = createTargets(wordsIn(row.input));
  const mark: MarkStep = async (step, state = "running") =>
    deps.onProgress(await deps.journal.advance(row.id, { state, step: { ...step, at: deps.clock.now() } }));
  const once = async (
    name: string,
    task: (signal: AbortSignal) => Promise<StepEnd>,
  ): Promise<z.core.util.JSONType> =>
    durable.once(name, stepDeadlineMs, async (signal) => {
      await mark({ name, state: "running", detail: "" });
      const { value, mark: detail } = await task(signal);
      await mark({ name, state: "done", detail });
      return value;
    });
  return {
    agent: async (name, card, text) =>
      card.reply.parse(await once(name, async (signal) => askInRun(deps, row, { name, card, text, signal }))),
    read: async (name, reader, input) => {
      const result = await once(name, async () => unmarked(await readInRun(deps, row, { reader, input })));
      // What is asked here the pipeline's own code asks, so all of it was looked for.
      targets.shown(reader, {}, result);
      return result;
    },
    effect: async (name, effect, input) =>
      effectInRun(deps, { row, durable, mark, targets }, { name, effect, input }),
  };
}

/** Whatever a run was launched with, as text. */
function wordsIn(value: unknown): readonly string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(wordsIn) : [];
}

/** `mark`: how far its text is to be believed; empty: nothing speaks against it. */
type StepEnd = { readonly value: z.core.util.JSONType; readonly mark: string };
const unmarked = (value: z.core.util.JSONType): StepEnd => ({ value, mark: "" });

type AgentStep<R extends ReplySchema> = {
  readonly name: string;
  readonly card: AgentCard<R>;
  readonly text: string;
  readonly signal: AbortSignal;
};

/** The contract holds between pipeline and agent too: one repair, then the step fails. */
async function askInRun<R extends ReplySchema>(
  deps: RunDeps,
  row: RunRow,
  step: AgentStep<R>,
): Promise<StepEnd> {
  const { card, text, signal } = step;
  const id = deps.roster.idOf(card);
  const { person, project } = standingOf(deps, row);
  const pack = { items: [], history: [], tokens: 0, dropped: [] };
  const origin = `${row.id}:${step.name}`;
  const bill = { person: person.name, turn: origin, run: row.id, thread: row.thread, project: row.project };
  const first = await runErrand(deps, {
    id,
    card,
    text,
    place: row.thread,
    pack,
    person,
    project,
    origin,
    bill,
    signal,
    onText: null,
  });
  const redo = async (words: string): Promise<AgentResult> => first.redo(words, signal);
  const { kept, sound } = await keepContract(first, {
    card,
    agents: [],
    asked: text,
    items: [],
    redo,
    judge: deps.judge,
  });
  if (kept.kind !== "fulfilled") {
    throw new NovaFailure("run.failed", `${step.name}: ${kept.kind === "needs" ? kept.question : kept.why}`);
  }
  const answer = { agent: id, asked: text, reply: kept.value, items: [], bill, within: signal };
  const verified = await deps.verify({ ...sound, ...answer, project: row.project });
  return { value: z.json().parse(kept.value), mark: verified === null ? "" : `${id} ${verified.words}` };
}

async function readInRun(
  deps: RunDeps,
  row: RunRow,
  look: { readonly reader: Reader; readonly input: unknown },
): Promise<z.core.util.JSONType> {
  const { project } = standingOf(deps, row);
  const erp = project?.erp == null ? null : (deps.erps.get(project.erp) ?? null);
  const memory = project === null ? null : deps.memoryOf(project.id);
  return z.json().parse(await look.reader.read(look.input, { erp, memory, now: deps.clock.now() }));
}
