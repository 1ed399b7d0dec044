// What a fit of a cut's weights says, as a person reads it: they stand beside those in the code, with what each are worth
// on messages, and as lines that can be pasted.
import { boundaryWeights } from "../routing/boundary.ts";
import {
  areaUnderCurve,
  fitBoundary,
  heldOutNats,
  natsOf,
  type Sample,
  type Weights,
} from "./boundary-fit.ts";
import type { BoundaryRow, Source } from "./boundary-rows.ts";

interface BoundaryRows {
  readonly fitting: readonly BoundaryRow[];
  readonly test: readonly BoundaryRow[];
}

export interface BoundaryReport {
  readonly lines: readonly string[];
  /** Names of the weights that differ by more than a rounding. */
  readonly differing: readonly string[];
}

/** What people wrote counts for more than what was put together, and a set that is missed for more than a question. */
const weightOf: Readonly<Record<Source, number>> = {
  handle: 1,
  join: 0.3,
  "written one": 2,
  "written several": 3,
  "frozen one": 2,
  "frozen several": 4,
};
const folds = 5;
// Weights are written to the hundredth; the last digit may fall either way.
const rounding = 0.011;

const toSample = ({ source, text, evidence, isTwo }: BoundaryRow): Sample => ({
  evidence,
  isTwo,
  weight: weightOf[source],
  group: text,
});

const rounded = (weight: number): number => Math.round(weight * 100) / 100;
const isFrozen = ({ source }: BoundaryRow): boolean => source.startsWith("frozen");
const shownArea = (area: number | null): string => (area === null ? "-" : area.toFixed(3)).padStart(12);

function areaOf(rows: readonly BoundaryRow[], natsAt: (at: number) => number): number | null {
  const judged = rows.flatMap((row, at) => (isFrozen(row) ? [{ nats: natsAt(at), isTwo: row.isTwo }] : []));
  return areaUnderCurve(judged);
}

function areaWith(rows: readonly BoundaryRow[], weights: Weights): number | null {
  const nats = rows.map((row) => natsOf(weights, row));
  return areaOf(rows, (at) => nats[at] ?? 0);
}

function countLines(rows: readonly BoundaryRow[]): readonly string[] {
  const sources = [...new Set(rows.map(({ source }) => source))];
  return sources.map((source) => {
    const all = rows.filter((row) => row.source === source);
    const two = all.filter(({ isTwo }) => isTwo).length;
    return `${source.padEnd(26)}${String(all.length).padStart(12)}${String(two).padStart(18)}`;
  });
}

function weightLines(fitted: Weights, inCode: Weights): readonly string[] {
  const shown = (weight: number | undefined): string => (weight?.toFixed(2) ?? "-").padStart(12);
  return [...fitted].map(
    ([name, weight]) =>
      `${name.padEnd(26)}${shown(inCode.get(name))}${shown(weight)}${differs(inCode, name, weight) ? "  differs" : ""}`,
  );
}

const differs = (inCode: Weights, name: string, weight: number): boolean =>
  Math.abs(weight - (inCode.get(name) ?? 0)) > rounding;

/** `fitting` holds nothing of the test half; `test` is only judged by. The same seed gives the same report. */
export function reportBoundary(given: BoundaryRows, seed: number): BoundaryReport {
  const { fitting, test } = given;
  const samples = fitting.map(toSample);
  const inCode: Weights = new Map(Object.entries(boundaryWeights));
  const fitted: Weights = new Map([...fitBoundary(samples)].map(([name, weight]) => [name, rounded(weight)]));
  const held = heldOutNats(samples, { folds, seed });
  const heading = (words: string, columns: readonly string[]): string =>
    `${words.padEnd(26)}${columns.map((column) => column.padStart(12)).join("")}`;
  return {
    differing: [...fitted].filter(([name, weight]) => differs(inCode, name, weight)).map(([name]) => name),
    lines: [
      heading("Cuts fitted on", ["cuts", "two requests".padStart(18)]),
      ...countLines(fitting),
      "",
      heading("Weight", ["in the code", "fitted"]),
      ...weightLines(fitted, inCode),
      "",
      heading("AUC on frozen messages", ["in the code", "fitted"]),
      `${"development".padEnd(26)}${shownArea(areaWith(fitting, inCode))}${shownArea(areaOf(fitting, (at) => held[at] ?? 0))}  fitted: cross-validated; those in the code have seen it`,
      `${"test".padEnd(26)}${shownArea(areaWith(test, inCode))}${shownArea(areaWith(test, fitted))}`,
      "",
      "const boundaryWeights = {",
      ...[...fitted].map(([name, weight]) => `  ${name}: ${weight},`),
      "} as const;",
    ],
  };
}
