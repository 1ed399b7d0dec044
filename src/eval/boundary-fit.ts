// The weights of a cut from cuts of which it is known what they are: a logistic regression, and how well it tells two
// requests from one.
import { createRandom, shuffle } from "./random.ts";

export interface Sample {
  /** What was seen, by name; the same names in every sample. */
  readonly evidence: readonly (readonly [name: string, value: number])[];
  readonly isTwo: boolean;
  /** How many samples it counts as. */
  readonly weight: number;
  /** Samples of one group never stand on both sides of a fold. */
  readonly group: string;
}

export type Weights = ReadonlyMap<string, number>;

interface Column {
  readonly name: string;
  readonly ridge: number;
  /** Of each sample that has it: its place and its value. */
  readonly entries: readonly (readonly [at: number, value: number])[];
}

const bias = "bias";
// Light enough to change no figure, present so that what was seen on one side only does not go to infinity.
const ridge = 1;
const biasRidge = 1e-6;
const mostRounds = 2_000;
const settled = 1e-6;
// A single step further than this would overshoot.
const longestStep = 1;

function columnsOf(samples: readonly Sample[]): readonly Column[] {
  const columns = new Map<string, [number, number][]>([[bias, samples.map((_, at) => [at, 1])]]);
  for (const [at, { evidence }] of samples.entries())
    for (const [name, value] of evidence) {
      const entries = columns.get(name) ?? [];
      if (value !== 0) entries.push([at, value]);
      columns.set(name, entries);
    }
  return [...columns].map(([name, entries]) => ({ name, entries, ridge: name === bias ? biasRidge : ridge }));
}

/** One Newton step of one weight, the others as they stand. */
function stepOf(samples: readonly Sample[], nats: Float64Array, column: Column & { weight: number }): number {
  let slope = -column.ridge * column.weight;
  let curvature = column.ridge;
  for (const [at, value] of column.entries) {
    const sample = samples[at];
    if (sample === undefined) continue;
    const chance = 1 / (1 + Math.exp(-(nats[at] ?? 0)));
    slope += sample.weight * ((sample.isTwo ? 1 : 0) - chance) * value;
    curvature += sample.weight * chance * (1 - chance) * value * value;
  }
  return Math.min(Math.max(slope / curvature, -longestStep), longestStep);
}

/** Ridge logistic regression, weight by weight until none moves; `bias` is its constant. */
export function fitBoundary(samples: readonly Sample[]): Weights {
  const columns = columnsOf(samples);
  const weights = new Map(columns.map(({ name }) => [name, 0]));
  const nats = new Float64Array(samples.length);
  for (let round = 0, moved = Infinity; round < mostRounds && moved > settled; round += 1) {
    moved = 0;
    for (const column of columns) {
      const weight = weights.get(column.name) ?? 0;
      const step = stepOf(samples, nats, { ...column, weight });
      weights.set(column.name, weight + step);
      for (const [at, value] of column.entries) nats[at] = (nats[at] ?? 0) + step * value;
      moved = Math.max(moved, Math.abs(step));
    }
  }
  return weights;
}

export function natsOf(weights: Weights, { evidence }: Pick<Sample, "evidence">): number {
  return evidence.reduce(
    (sum, [name, value]) => sum + (weights.get(name) ?? 0) * value,
    weights.get(bias) ?? 0,
  );
}

/** Each sample's nats by weights that were fitted without its group; the same seed gives the same folds. */
export function heldOutNats(
  samples: readonly Sample[],
  { folds, seed }: { readonly folds: number; readonly seed: number },
): readonly number[] {
  const groups = [...new Set(samples.map(({ group }) => group))];
  const order = Int32Array.from(groups.keys());
  shuffle(order, order.length, createRandom(seed));
  const foldOf = new Map(groups.map((group, at) => [group, (order[at] ?? 0) % folds]));
  const fitted = Array.from({ length: folds }, (_, fold) =>
    fitBoundary(samples.filter(({ group }) => foldOf.get(group) !== fold)),
  );
  return samples.map((sample) => natsOf(fitted[foldOf.get(sample.group) ?? 0] ?? new Map(), sample));
}

/** How often two requests get more nats than one; half of a tie. Null without one of each. */
export function areaUnderCurve(
  judged: readonly { readonly nats: number; readonly isTwo: boolean }[],
): number | null {
  const two = judged.filter(({ isTwo }) => isTwo);
  const one = judged.filter(({ isTwo }) => !isTwo);
  if (two.length === 0 || one.length === 0) return null;
  const beats = (nats: number, other: number): number => (nats > other ? 1 : nats === other ? 0.5 : 0);
  const won = two.reduce(
    (sum, { nats }) => sum + one.reduce((wins, other) => wins + beats(nats, other.nats), 0),
    0,
  );
  return won / (two.length * one.length);
}
