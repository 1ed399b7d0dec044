// The measurement of all agents in words: whose answers they are first, then a line for each agent, then what went wrong.
import type { AgentEvidence, AgentsReport, ModelName } from "./agents-report.ts";

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

/** The answers of anything but a language model are listed as what they are. */
const headingsOf = ({ kind }: ModelName): readonly string[] => [
  "agent",
  kind === "language model" ? "evals" : `evals, ${kind}`,
  "left out",
  "routed",
  "contract",
  "readers",
];

export function agentsTable({ agents, model }: Pick<AgentsReport, "agents" | "model">): string {
  const headings = headingsOf(model);
  const rows = [...agents.map((row) => [row.id, ...cells([row])]), ["all", ...cells(agents)]];
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

function cells(agents: readonly AgentEvidence[]): readonly string[] {
  const passed = sum(agents, (row) => row.passed);
  const tried = passed + sum(agents, ({ failed, unmeasured }) => failed + unmeasured);
  const left = sum(agents, (row) => row.skipped);
  const reached = sum(agents, ({ routing }) => routing.reached);
  const asked = sum(agents, ({ routing }) => routing.asked);
  const asks = reached + asked + sum(agents, ({ routing }) => routing.elsewhere.length);
  return [
    tried === 0 ? "-" : `${passed} of ${tried}`,
    left === 0 ? "" : String(left),
    `${reached}${asked === 0 ? "" : ` + ${asked} asked`} of ${asks}`,
    checked(agents, "contract"),
    checked(agents, "readers"),
  ];
}

function checked(agents: readonly AgentEvidence[], part: "contract" | "readers"): string {
  const all = sum(agents, (row) => row[part].checked);
  const wrong = sum(agents, (row) => row[part].problems.length);
  return all === 0 ? "-" : `${Math.max(0, all - wrong)} of ${all}`;
}

/** One line each: which eval of whom, and why. */
export const missLines = ({ agents }: Pick<AgentsReport, "agents">): readonly string[] =>
  agents.flatMap(({ id, misses, routing, contract, readers }) => [
    ...misses.map(({ ask, outcome, why }) => `${outcome.toUpperCase()} ${id}: "${ask}": ${why}`),
    ...routing.elsewhere.map(({ ask, to }) => `ELSEWHERE ${id}: "${ask}" goes to ${to}`),
    ...[...contract.problems, ...readers.problems].map((problem) => `BROKEN ${id}: ${problem}`),
  ]);
