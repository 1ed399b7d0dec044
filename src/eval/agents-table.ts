// The measurement of all agents in words: whose answers they are first, then a line for each agent, then what went wrong.
import type { AgentEvidence, AgentsReport, ModelName } from "./agents-report.ts";
import { oneLine } from "./trial.ts";

/** Said before anything else and again at the end, so that nobody takes an extract for an answer. */
export function modelWords(model: ModelName, skipped: number): string {
  const left =
    skipped === 0
      ? ""
      : `; ${skipped === 1 ? "1 eval needs one and is" : `${skipped} evals need one and are`} left out`;
  switch (model.kind) {
    case "language model":
      return `Measured: the language model ${model.id}.`;
    case "offline model":
      return `NO LANGUAGE MODEL was measured: without ANTHROPIC_API_KEY these are the answers of the offline model, which extracts and does not write${left}.`;
    case "script":
      return `NO LANGUAGE MODEL was measured: these answers were written beforehand (${model.id})${left}.`;
    default:
      return model.kind satisfies never;
  }
}

export const skippedIn = ({ agents }: Pick<AgentsReport, "agents">): number =>
  sum(agents, ({ skipped }) => skipped);

const sum = (agents: readonly AgentEvidence[], of: (row: AgentEvidence) => number): number =>
  agents.reduce((total, row) => total + of(row), 0);

type Wording = {
  /** The answers of anything but a language model are listed as what they are. */
  readonly evals: (kind: ModelName["kind"]) => string;
  readonly leftOut: string;
  readonly share: (part: string, of: number) => string;
  readonly asked: (reached: number, asked: number) => string;
};
const wide: Wording = {
  evals: (kind) => (kind === "language model" ? "evals" : `evals, ${kind}`),
  leftOut: "left out",
  share: (part, of) => `${part} of ${of}`,
  asked: (reached, asked) => `${reached} + ${asked} asked`,
};
/** For a terminal that the other one would wrap in. */
const narrow: Wording = {
  evals: (kind) => (kind === "language model" ? "evals" : (kind.split(" ")[0] ?? "")),
  leftOut: "left",
  share: (part, of) => `${part}/${of}`,
  asked: (reached, asked) => `${reached}+${asked}`,
};

/** Within so many columns where it can be; `null`: nobody's terminal is in the way. */
export function agentsTable(
  report: Pick<AgentsReport, "agents" | "model">,
  columns: number | null = null,
): string {
  const table = drawn(report, wide);
  const fits = columns === null || table.split("\n").every((line) => line.length <= columns);
  return fits ? table : drawn(report, narrow);
}

function drawn({ agents, model }: Pick<AgentsReport, "agents" | "model">, wording: Wording): string {
  const headings = ["agent", wording.evals(model.kind), wording.leftOut, "routed", "contract", "readers"];
  const rows = [
    ...agents.map((row) => [row.id, ...cells([row], wording)]),
    ["all", ...cells(agents, wording)],
  ];
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...rows.map((row) => (row[at] ?? "").length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [line(headings), rule, ...rows.map(line)].join("\n");
}

function cells(agents: readonly AgentEvidence[], { share, asked: withAsked }: Wording): readonly string[] {
  const passed = sum(agents, (row) => row.passed);
  const tried = passed + sum(agents, ({ failed, unmeasured }) => failed + unmeasured);
  const left = sum(agents, (row) => row.skipped);
  const reached = sum(agents, ({ routing }) => routing.reached);
  const asked = sum(agents, ({ routing }) => routing.asked);
  const asks = reached + asked + sum(agents, ({ routing }) => routing.elsewhere.length);
  return [
    tried === 0 ? "-" : share(String(passed), tried),
    left === 0 ? "" : String(left),
    share(asked === 0 ? String(reached) : withAsked(reached, asked), asks),
    checked(agents, "contract", share),
    checked(agents, "readers", share),
  ];
}

function checked(
  agents: readonly AgentEvidence[],
  part: "contract" | "readers",
  share: Wording["share"],
): string {
  const all = sum(agents, (row) => row[part].checked);
  const wrong = sum(agents, (row) => row[part].problems.length);
  return all === 0 ? "-" : share(String(Math.max(0, all - wrong)), all);
}

/** One line each: which eval of whom, and why. */
export const missLines = ({ agents }: Pick<AgentsReport, "agents">): readonly string[] =>
  agents.flatMap(({ id, misses, routing, contract, readers }) => [
    ...misses.map(({ ask, outcome, why }) => `${outcome.toUpperCase()} ${id}: "${oneLine(ask)}": ${why}`),
    ...routing.elsewhere.map(({ ask, to }) => `ELSEWHERE ${id}: "${oneLine(ask)}" goes to ${to}`),
    ...[...contract.problems, ...readers.problems].map((problem) => `BROKEN ${id}: ${problem}`),
  ]);
