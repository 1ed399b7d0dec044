// A second opinion beside the classifier: how often the examples of each agent use each word, pair of words and frame
// around a word.
// Naive Bayes costs nothing to train, and where it agrees with the classifier, both are right far more often.
import { z } from "zod";
import { bucketCount, type Features } from "./features.ts";
import { pack, unpack } from "./packed.ts";

/** Sparse: the counts of word bucket `at` stand from `starts[at]` to `starts[at + 1]`. */
export const TallyModel = z.strictObject({
  buckets: z.string(),
  starts: z.string(),
  labels: z.string(),
  counts: z.string(),
  /** Words per class, one class after the other. */
  totals: z.string(),
});
export type TallyModel = z.infer<typeof TallyModel>;

export interface Tally {
  readonly rowOf: ReadonlyMap<number, number>;
  readonly starts: Uint32Array;
  readonly labels: Uint32Array;
  /** What one use of the word adds to the class, in nats over a class that never uses it. */
  readonly gains: Float64Array;
  /** What a word costs a class that never uses it. */
  readonly absent: Float64Array;
}

// Nearly nothing: what a class has never said speaks loudly against it. Larger ones were worse out of fold.
const smoothing = 0.01;

export interface Counted {
  readonly features: Features;
  /** From 0 to `classCount` - 1. */
  readonly label: number;
}

/** Words and pairs of words, and behind them what stands around each of them. */
function usesOf({ buckets, wordBuckets, frames }: Features): Uint32Array {
  const uses = new Uint32Array(wordBuckets + frames.length);
  uses.set(buckets.subarray(0, wordBuckets));
  uses.set(
    frames.map((frame) => bucketCount + frame),
    wordBuckets,
  );
  return uses;
}

export function countWords(examples: readonly Counted[], classCount: number): TallyModel {
  const totals = new Uint32Array(classCount);
  const length = examples.reduce(
    (sum, { features }) => sum + features.wordBuckets + features.frames.length,
    0,
  );
  // A bucket and a class in one number: sorted, equal ones stand together.
  const uses = new Float64Array(length);
  let at = 0;
  for (const { features, label } of examples) {
    const own = usesOf(features);
    for (const bucket of own) {
      uses[at] = bucket * classCount + label;
      at += 1;
    }
    totals[label] = (totals[label] ?? 0) + own.length;
  }
  return { ...packUses(uses.sort(), classCount), totals: pack(totals) };
}

function packUses(sorted: Float64Array, classCount: number): Omit<TallyModel, "totals"> {
  const buckets: number[] = [];
  const starts: number[] = [];
  const labels: number[] = [];
  const counts: number[] = [];
  for (const [at, use] of sorted.entries()) {
    if (at > 0 && sorted[at - 1] === use) {
      counts.push((counts.pop() ?? 0) + 1);
      continue;
    }
    const bucket = Math.floor(use / classCount);
    if (buckets.at(-1) !== bucket) {
      buckets.push(bucket);
      starts.push(labels.length);
    }
    labels.push(use % classCount);
    counts.push(1);
  }
  const packed = (numbers: readonly number[]): string => pack(Uint32Array.from(numbers));
  return {
    buckets: packed(buckets),
    starts: packed([...starts, labels.length]),
    labels: packed(labels),
    counts: packed(counts),
  };
}

export function loadTally(model: TallyModel): Tally {
  const buckets = new Uint32Array(unpack(model.buckets));
  const totals = new Uint32Array(unpack(model.totals));
  const spread = smoothing * buckets.length;
  return {
    rowOf: new Map(Array.from(buckets, (bucket, row) => [bucket, row])),
    starts: new Uint32Array(unpack(model.starts)),
    labels: new Uint32Array(unpack(model.labels)),
    gains: Float64Array.from(new Uint32Array(unpack(model.counts)), (count) =>
      Math.log(1 + count / smoothing),
    ),
    absent: Float64Array.from(totals, (total) => Math.log(smoothing / (total + spread))),
  };
}

/**
 * How far each class is before all others, in nats per square root of the words: neighbouring words say much the same, so
 * a longer text is not surer by as much as it is longer. 0 for a text of unknown words.
 */
export function leadsOf(tally: Tally, text: Features): Float64Array {
  const { rowOf, starts, labels, gains, absent } = tally;
  const sums = new Float64Array(absent.length);
  let used = 0;
  for (const bucket of usesOf(text)) {
    const row = rowOf.get(bucket);
    if (row === undefined) continue;
    used += 1;
    const end = starts[row + 1] ?? 0;
    for (let at = starts[row] ?? 0; at < end; at += 1) {
      const label = labels[at] ?? 0;
      sums[label] = (sums[label] ?? 0) + (gains[at] ?? 0);
    }
  }
  if (used === 0 || sums.length < 2) return sums;
  const scale = 1 / Math.sqrt(used);
  return leadsAmong(sums.map((sum, label) => (sum + used * (absent[label] ?? 0)) * scale));
}

function leadsAmong(scores: Float64Array): Float64Array {
  const [first = 0, second = 0] = scores.toSorted((a, b) => b - a);
  return scores.map((own) => own - (own === first ? second : first));
}
