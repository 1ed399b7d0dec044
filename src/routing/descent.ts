// Dual coordinate descent for one binary L2-regularised squared-hinge problem, with shrinking
// (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", 2008, algorithm 3).

/** Training rows in compressed form; `squares` holds each row's squared length with its bias and 1/(2C) added. */
export interface Rows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
  readonly squares: Float64Array;
  readonly columnCount: number;
  readonly diagonal: number;
}

export interface DescentSettings {
  readonly tolerance: number;
  readonly maxRounds: number;
}

function marginOf(rows: Rows, weights: Float32Array, row: number): number {
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

function applyStep(rows: Rows, weights: Float32Array, { row, step }: Step): void {
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
  readonly weights: Float32Array;
  readonly alphas: Float64Array;
  /** The active rows in the order in which they are looked at, in its first part. */
  readonly active: Int32Array;
  readonly tolerance: number;
}

interface Passed {
  /** How many rows stay active. */
  readonly count: number;
  readonly worst: number;
}

// A row this far on its own side is left alone until the others have settled; then every row is looked at again.
const farEnough = 0.1;
// A smaller step costs as much as a large one and moves no decision: half of the work of training were such steps.
const worthStepping = 0.5;
// Where no row of all was further off than this many tolerances, only those that moved are looked at again.
const nearly = 4;

/** One pass over the first `total` active rows; what is surely right leaves them, what stays keeps its order. */
function sweep({ rows, signs, weights, alphas, active, tolerance }: Sweep, total: number): Passed {
  let count = 0;
  let worst = 0;
  for (let at = 0; at < total; at += 1) {
    const row = active[at] ?? 0;
    const sign = signs[row] ?? 1;
    const alpha = alphas[row] ?? 0;
    const gradient = sign * marginOf(rows, weights, row) - 1 + rows.diagonal * alpha;
    if (alpha === 0 && gradient > farEnough) continue;
    active[count] = row;
    count += 1;
    const distance = alpha === 0 ? Math.max(-gradient, 0) : Math.abs(gradient);
    worst = Math.max(worst, distance);
    if (distance < worthStepping * tolerance) continue;
    const next = Math.max(alpha - gradient / (rows.squares[row] ?? 1), 0);
    alphas[row] = next;
    applyStep(rows, weights, { row, step: (next - alpha) * sign });
  }
  return { count, worst };
}

export interface Problem extends DescentSettings {
  readonly signs: Int8Array;
  /**
   * The rows as they are looked at, mixed well. Always the same one: a row more or less then moves the solution by no
   * more than what that row says.
   */
  readonly order: Int32Array;
  /**
   * Where to begin, and where the solution is left: one number per row, all 0 for a start from nothing. The solution
   * for some of the rows is nearly that for all of them.
   */
  readonly alphas: Float64Array;
}

/** Weights per column, the bias last. Converged when no row's gradient is further off than the tolerance. */
export function descend(rows: Rows, { signs, order, alphas, tolerance, maxRounds }: Problem): Float32Array {
  const weights = new Float32Array(rows.columnCount + 1);
  for (const [row, alpha] of alphas.entries()) {
    if (alpha !== 0) applyStep(rows, weights, { row, step: alpha * (signs[row] ?? 1) });
  }
  const state: Sweep = { rows, signs, weights, alphas, active: order.slice(), tolerance };
  let active = order.length;
  let isNearlySettled = false;
  for (let round = 0; round < maxRounds; round += 1) {
    const isWhole = active === order.length;
    const { count, worst } = sweep(state, active);
    active = count;
    if (isWhole) isNearlySettled = worst <= nearly * tolerance;
    if (worst > tolerance) continue;
    if (isWhole || isNearlySettled) break;
    state.active.set(order);
    active = order.length;
  }
  return weights;
}
