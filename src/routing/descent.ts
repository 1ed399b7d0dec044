// Dual coordinate descent for one binary L2-regularised squared-hinge problem, with shrinking
// (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", 2008, algorithm 3).
import { shuffle, type Random } from "./random.ts";

/** Training rows in compressed form; `squares` holds each row's squared length with its bias and 1/(2C) added. */
export interface Rows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly squares: Float64Array;
  readonly columnCount: number;
  readonly diagonal: number;
}

export interface DescentSettings {
  readonly tolerance: number;
  readonly maxRounds: number;
}

function marginOf(rows: Rows, weights: Float64Array, row: number): number {
  const end = rows.starts[row + 1] ?? 0;
  let sum = weights[rows.columnCount] ?? 0;
  for (let at = rows.starts[row] ?? 0; at < end; at += 1) {
    sum += (weights[rows.columns[at] ?? 0] ?? 0) * (rows.values[at] ?? 0);
  }
  return sum;
}

interface Step {
  readonly row: number;
  readonly step: number;
}

function applyStep(rows: Rows, weights: Float64Array, { row, step }: Step): void {
  const end = rows.starts[row + 1] ?? 0;
  for (let at = rows.starts[row] ?? 0; at < end; at += 1) {
    const column = rows.columns[at] ?? 0;
    weights[column] = (weights[column] ?? 0) + step * (rows.values[at] ?? 0);
  }
  weights[rows.columnCount] = (weights[rows.columnCount] ?? 0) + step;
}

interface Sweep {
  readonly rows: Rows;
  readonly signs: Int8Array;
  readonly weights: Float64Array;
  readonly alphas: Float64Array;
  readonly order: Int32Array;
}

interface Active {
  readonly count: number;
  readonly worst: number;
  readonly highest: number;
}

/** One pass over the active rows; rows that are surely right leave the active part of `order`. */
function sweep({ rows, signs, weights, alphas, order }: Sweep, active: Active): Active {
  let { count } = active;
  let worst = 0;
  let highest = 0;
  for (let at = 0; at < count; at += 1) {
    const row = order[at] ?? 0;
    const sign = signs[row] ?? 1;
    const alpha = alphas[row] ?? 0;
    const gradient = sign * marginOf(rows, weights, row) - 1 + rows.diagonal * alpha;
    if (alpha === 0 && gradient > active.highest) {
      count -= 1;
      order[at] = order[count] ?? 0;
      order[count] = row;
      at -= 1;
      continue;
    }
    const projected = alpha === 0 ? Math.min(gradient, 0) : gradient;
    highest = Math.max(highest, projected);
    worst = Math.max(worst, Math.abs(projected));
    if (Math.abs(projected) < 1e-12) continue;
    const next = Math.max(alpha - gradient / (rows.squares[row] ?? 1), 0);
    alphas[row] = next;
    applyStep(rows, weights, { row, step: (next - alpha) * sign });
  }
  return { count, worst, highest: highest > 0 ? highest : Number.POSITIVE_INFINITY };
}

export interface Problem extends DescentSettings {
  readonly signs: Int8Array;
  readonly random: Random;
}

/** Weights per column, the bias last. Converged when no row's gradient is further off than the tolerance. */
export function descend(rows: Rows, { signs, random, tolerance, maxRounds }: Problem): Float64Array {
  const total = signs.length;
  const weights = new Float64Array(rows.columnCount + 1);
  const state: Sweep = {
    rows,
    signs,
    weights,
    alphas: new Float64Array(total),
    order: Int32Array.from(signs.keys()),
  };
  const everything = { count: total, worst: 0, highest: Number.POSITIVE_INFINITY };
  let active: Active = everything;
  for (let round = 0; round < maxRounds; round += 1) {
    shuffle(state.order, active.count, random);
    const wasWhole = active.count === total;
    active = sweep(state, active);
    if (active.worst > tolerance) continue;
    if (wasWhole) break;
    active = everything;
  }
  return weights;
}
