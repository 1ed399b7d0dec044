// One-vs-rest linear classifier over hashed n-grams: stage 6 of routing, always there, no dependency, no key.
import { z } from "zod";
import { descend, type DescentSettings, type Rows } from "./descent.ts";
import { featureVersion, type Features } from "./features.ts";
import { mixedOrder } from "./order.ts";
import { pack, unpack } from "./packed.ts";
import { countWords, loadTally, TallyModel, type Tally } from "./tally.ts";
import { countBuckets, createVocabulary, toVector, type Vector, type Vocabulary } from "./vocabulary.ts";

/** A training text; `label` is the index of its class, or `outside` for what no class wants. */
export interface Example {
  readonly features: Features;
  readonly label: number;
}

export const outside = -1;

const cost = 0.5;
// With a looser one the order of the rows decides messages that are near a line.
const defaults: DescentSettings = { tolerance: 0.04, maxRounds: 60 };

/** What is stored: plain values, numbers packed as base64 of little-endian 32-bit words. */
export const ClassifierModel = z.strictObject({
  features: z.literal(featureVersion),
  classes: z.array(z.string()).readonly(),
  /** Whether the last column of the weights tells what no class wants from all that some class does. */
  hasOutside: z.boolean(),
  size: z.number().int(),
  buckets: z.string(),
  documents: z.string(),
  weights: z.string(),
  tally: TallyModel,
});
export type ClassifierModel = z.infer<typeof ClassifierModel>;

export interface Classifier {
  readonly classes: readonly string[];
  readonly labelOf: ReadonlyMap<string, number>;
  readonly hasOutside: boolean;
  readonly vocabulary: Vocabulary;
  /** Row per column, one number per class, one more for `outside` where there is one; the last row is the bias. */
  readonly weights: Float32Array;
  /** Of the same classes, `outside` the last of them where there is one. */
  readonly tally: Tally;
}

function toRows(
  vectors: readonly Vector[],
  { columnCount, cost }: Pick<Heads, "columnCount" | "cost">,
): Rows {
  const diagonal = 1 / (2 * cost);
  const starts = new Int32Array(vectors.length + 1);
  for (const [row, vector] of vectors.entries()) starts[row + 1] = (starts[row] ?? 0) + vector.columns.length;
  const total = starts[vectors.length] ?? 0;
  const rows = { starts, columns: new Int32Array(total), values: new Float32Array(total) };
  const squares = new Float64Array(vectors.length);
  for (const [row, vector] of vectors.entries()) {
    rows.columns.set(vector.columns, starts[row]);
    rows.values.set(vector.values, starts[row]);
    squares[row] = vector.values.reduce((sum, value) => sum + value * value, 1 + diagonal);
  }
  return { ...rows, squares, columnCount, diagonal };
}

/** Binary problems over the same vectors: one per class, each class against all others. */
export interface Heads {
  readonly columnCount: number;
  readonly cost: number;
  readonly classCount: number;
  readonly labels: readonly number[];
  /** As `mixedOrder` gives it. */
  readonly order: Int32Array;
  readonly settings?: DescentSettings;
  readonly solutions?: Solutions;
}

/**
 * One list per head, one number per example: where training begins and where it leaves what it found. The solution for
 * four of five examples, 0 for the fifth, is nearly that for all, and saves most of the work.
 */
export type Solutions = readonly Float64Array[];

/** Row per column, one number per class; the last row is the bias. */
export function trainHeads(vectors: readonly Vector[], heads: Heads): Float32Array {
  const { columnCount, classCount, labels, order, settings = defaults, solutions } = heads;
  const rows = toRows(vectors, heads);
  const weights = new Float32Array((columnCount + 1) * classCount);
  for (let label = 0; label < classCount; label += 1) {
    const signs = Int8Array.from(labels, (own) => (own === label ? 1 : -1));
    const alphas = solutions?.[label] ?? new Float64Array(vectors.length);
    const solved = descend(rows, { ...settings, signs, alphas, order });
    for (let column = 0; column < solved.length; column += 1) {
      weights[column * classCount + label] = solved[column] ?? 0;
    }
  }
  return weights;
}

export interface TrainingInput {
  readonly classes: readonly string[];
  readonly examples: readonly Example[];
  readonly seed: number;
  readonly settings?: DescentSettings;
  readonly solutions?: Solutions;
}

/** Each class against all other examples; examples labelled `outside` are negatives for every class, and a head's own. */
export function trainClassifier(input: TrainingInput): ClassifierModel {
  const { classes, examples, seed, ...rest } = input;
  const texts = examples.map((example) => example.features);
  const use = countBuckets(texts);
  const vocabulary = createVocabulary(use);
  const vectors = texts.map((text) => toVector(vocabulary, text));
  const order = mixedOrder(texts, seed);
  const hasOutside = examples.some(({ label }) => label === outside);
  const labels = examples.map(({ label }) => (label === outside ? classes.length : label));
  const columnCount = use.buckets.length;
  const classCount = classes.length + (hasOutside ? 1 : 0);
  const weights = trainHeads(vectors, { ...rest, order, columnCount, cost, labels, classCount });
  return {
    features: featureVersion,
    classes,
    hasOutside,
    size: use.size,
    buckets: pack(use.buckets),
    documents: pack(use.documents),
    weights: pack(weights),
    tally: countWords(
      texts.map((text, at) => ({ features: text, label: labels[at] ?? 0 })),
      classCount,
    ),
  };
}

export function loadClassifier(model: ClassifierModel): Classifier {
  const buckets = new Uint32Array(unpack(model.buckets));
  const documents = new Uint32Array(unpack(model.documents));
  const vocabulary = createVocabulary({ size: model.size, buckets, documents });
  const labelOf = new Map(model.classes.map((name, label) => [name, label]));
  const weights = new Float32Array(unpack(model.weights));
  const { classes, hasOutside } = model;
  return { classes, labelOf, hasOutside, vocabulary, weights, tally: loadTally(model.tally) };
}
