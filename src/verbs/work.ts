// Verbs about work in progress: what waits, what runs, what failed. All from the journal.
import { decisionFigures, decisionWords } from "../approvals/decision-figures.ts";
import { channelOf } from "../ids.ts";
import type { ProjectId, ThreadId } from "../ids.ts";
import type { Draft } from "../message.ts";
import { ageInWords } from "../memory/staleness.ts";
import { isWaitingToRun, namedIn } from "../proposal.ts";
import type { Proposal } from "../proposal.ts";
import type { FailureRow, RunRow } from "../ports.ts";
import { stateWords } from "../cards/state-words.ts";
import type { Task } from "../work/work.ts";
import { scopeOf } from "./scope.ts";
import { lines } from "./verb.ts";
import type { Verb, VerbDeps } from "./verb.ts";

function proposalLine(proposal: Proposal): string {
  const { id, prepared, requester } = proposal;
  const stands = isWaitingToRun(proposal)
    ? stateWords(proposal)
    : `waits for ${namedIn(proposal).join(" or ")}`;
  return `- \`${id}\` ${prepared.summary} (asked by ${requester}, ${stands})`;
}
const runLine = (run: RunRow): string =>
  `- \`${run.id}\` ${run.agent}: ${run.state}${run.steps.length === 0 ? "" : `, step "${run.steps.at(-1)?.name ?? ""}"`}`;
const failureLine = (failure: FailureRow, now: number): string =>
  `- ${failure.kind}, ${ageInWords(failure.at, now)}: ${failure.person}${failure.turn === null ? "" : ` (turn ${failure.turn})`}`;

/** How far back is looked for what belongs to a place. */
const reach = 1_000;

async function waiting({ journal }: VerbDeps, task: Task<"verb">): Promise<readonly Proposal[]> {
  const all = await journal.proposals({
    ...(task.project === null ? {} : { project: task.project.id }),
    states: ["proposed", "pending", "approved", "unknown"],
  });
  const isOpen = (proposal: Proposal): boolean => proposal.state !== "approved" || isWaitingToRun(proposal);
  return all.filter((proposal) => isOpen(proposal) && scopeOf(task)(proposal));
}

async function runsHere(
  { journal }: VerbDeps,
  task: Task<"verb">,
  open: boolean,
): Promise<readonly RunRow[]> {
  return (await journal.runs({ open, limit: reach })).filter(scopeOf(task)).slice(0, 10);
}

/** A failure belongs to the project of its thread's channel; one without a thread is Nova's own. */
async function failuresHere(
  deps: VerbDeps,
  task: Task<"verb">,
  limit: number,
): Promise<readonly FailureRow[]> {
  const isHere = scopeOf(task);
  const projectOf = (thread: ThreadId | null): ProjectId | null =>
    thread === null ? null : (deps.directory.projectOf(channelOf(thread))?.id ?? null);
  return (await deps.journal.failures(reach))
    .filter(({ thread }) => isHere({ thread, project: projectOf(thread), requester: null }))
    .slice(0, limit);
}

const habitsSinceMs = 30 * 86_400_000;

/** How people decide: the owner sees everybody's figures, everybody else their own. */
async function habits({ journal, clock }: VerbDeps, { person }: Task<"verb">): Promise<readonly string[]> {
  const figures = decisionFigures(await journal.decisions(clock.now() - habitsSinceMs));
  const shown = figures.filter((one) => person.class === "owner" || one.person === person.name);
  return shown.length === 0
    ? []
    : ["**Decided in the last 30 days**", ...shown.map((one) => `- ${decisionWords(one)}`)];
}

export const approvalsVerb: Verb = {
  name: "approvals",
  summary: "What waits for a decision",
  usage: "approvals",
  isTerminalOnly: false,
  isForEveryone: false,
  run: async (task, deps) => {
    const proposals = await waiting(deps, task);
    const rows =
      proposals.length === 0 ? ["Nothing waits for an approval here."] : proposals.map(proposalLine);
    return lines(task, ...rows, ...(await habits(deps, task)));
  },
};

export const runsVerb: Verb = {
  name: "runs",
  summary: "Pipelines that run or ran",
  usage: "runs",
  isTerminalOnly: false,
  isForEveryone: false,
  run: async (task, deps) => {
    const runs = await runsHere(deps, task, false);
    return runs.length === 0
      ? lines(task, "No pipeline has run here yet; `run pipeline` starts one.")
      : lines(task, ...runs.map(runLine));
  },
};

export const failuresVerb: Verb = {
  name: "failures",
  summary: "What failed lately",
  usage: "failures",
  isTerminalOnly: false,
  isForEveryone: false,
  run: async (task, deps) => {
    const failures = await failuresHere(deps, task, 10);
    return failures.length === 0
      ? lines(task, "No failures here.")
      : lines(task, ...failures.map((failure) => failureLine(failure, deps.clock.now())));
  },
};

async function overview(task: Task<"verb">, deps: VerbDeps): Promise<Draft> {
  const [proposals, runs, failures] = await Promise.all([
    waiting(deps, task),
    runsHere(deps, task, true),
    failuresHere(deps, task, 5),
  ]);
  const facts = task.project === null ? [] : await deps.memoryOf(task.project.id).all(5);
  const section = (title: string, rows: readonly string[]): readonly string[] => [
    `**${title}**`,
    ...(rows.length === 0 ? ["- none"] : rows),
  ];
  return lines(
    task,
    ...section("Waiting for a decision", proposals.map(proposalLine)),
    ...section("Running pipelines", runs.map(runLine)),
    ...section(
      "Recent failures",
      failures.map((failure) => failureLine(failure, deps.clock.now())),
    ),
    ...(task.project === null
      ? []
      : section(
          `Known of ${task.project.name}`,
          facts.map(
            ({ text, at }) => `- ${text}${at === null ? "" : ` (${ageInWords(at, deps.clock.now())})`}`,
          ),
        )),
  );
}

export const briefVerb: Verb = {
  name: "brief",
  summary: "What waits for you now",
  usage: "brief",
  isTerminalOnly: false,
  isForEveryone: false,
  run: overview,
};
