// Where a probability is high enough to route without asking: one line for readers, chat and language, one for
// everything that can propose a change or start a run.
import { z } from "zod";

/**
 * `lowError`, `highError`: tolerated share of wrong automatic routes.
 * `enoughRows`: how many out-of-fold rows must stand at or above a line that is drawn by the raw share of errors,
 * because the upper bound needs more rows than the roster has examples; null refuses such a line.
 */
export interface LineSettings {
  readonly lowError: number;
  readonly highError: number;
  readonly enoughRows: number | null;
}

/** What `findLine` needs to know of its rows: each text stands in them `repeats` times, and counts once. */
export interface LineRequest {
  readonly error: number;
  readonly enoughRows: number | null;
  readonly repeats: number;
}

/** `basis` says how the line was found; an unreachable line is null: by address and button only. */
export const Line = z.strictObject({
  line: z.number().min(0).max(1).nullable(),
  basis: z.enum(["upper bound", "share", "unreachable"]),
  /** Texts at or above the line, and those of them that went wrong; means over the repeats. */
  rows: z.number().min(0),
  wrong: z.number().min(0),
});
export type Line = z.infer<typeof Line>;

export interface JudgedRow {
  readonly probability: number;
  readonly isRight: boolean;
}

// One-sided 95 %: only too many errors are a danger.
const zScore = 1.645;

/** Upper end of the Wilson interval for `wrong` of `total`. */
export function wilsonUpper(wrong: number, total: number): number {
  if (total === 0) return 1;
  const share = wrong / total;
  const square = zScore * zScore;
  const spread = zScore * Math.sqrt((share * (1 - share)) / total + square / (4 * total * total));
  return (share + square / (2 * total) + spread) / (1 + square / total);
}

interface Cut {
  readonly line: number;
  readonly rows: number;
  readonly wrong: number;
}

/** Every probability that occurs, highest first, with what stands at or above it. */
function cutsOf(rows: readonly JudgedRow[], repeats: number): readonly Cut[] {
  const sorted = rows.toSorted((a, b) => b.probability - a.probability);
  const cuts: Cut[] = [];
  let wrong = 0;
  for (const [at, row] of sorted.entries()) {
    if (!row.isRight) wrong += 1;
    if (sorted[at + 1]?.probability === row.probability) continue;
    cuts.push({ line: row.probability, rows: (at + 1) / repeats, wrong: wrong / repeats });
  }
  return cuts;
}

/**
 * The smallest probability at which the Wilson upper bound of the error is tolerated. Where no probability is
 * (a tolerated 1 % needs 268 rows without one error), the smallest at which the raw share of errors is tolerated
 * and at least `enoughRows` rows stand: weaker evidence, named in `basis`, and never on fewer rows.
 */
export function findLine(rows: readonly JudgedRow[], { error, enoughRows, repeats }: LineRequest): Line {
  const cuts = cutsOf(rows, repeats);
  const bounded = cuts.findLast((cut) => wilsonUpper(cut.wrong, cut.rows) <= error);
  if (bounded !== undefined) return { ...bounded, basis: "upper bound" };
  const shared =
    enoughRows === null
      ? undefined
      : cuts.findLast((cut) => cut.rows >= enoughRows && cut.wrong / cut.rows <= error);
  if (shared !== undefined) return { ...shared, basis: "share" };
  return { line: null, basis: "unreachable", rows: 0, wrong: 0 };
}
