// Words and sentence vectors together ("two heads"): a lexical head, a joint head over words and vector, and the nearest
// examples. The label is chosen by one score and abstained from by another, which is worth points of detection.
import { trainHeads, type Classifier } from "./classifier.ts";
import { features, type Features } from "./features.ts";
import { mixedOrder } from "./order.ts";
import { marginsOf } from "./scoring.ts";
import { toVector, unseenShare, type Vector, type Vocabulary } from "./vocabulary.ts";

const vectorWeight = 2.5;
const jointCost = 1;
const nearestCount = 5;
const labelBy = { joint: 0.6, nearest: 1.5 };
const abstainBy = { heads: 0.3, nearest: 1.5 };

/** A text that was counted and embedded; `label` is the index of its class. */
export interface EmbeddedExample {
  readonly features: Features;
  readonly vector: Float32Array;
  readonly label: number;
}

export interface Fusion {
  readonly lexical: Classifier;
  readonly joint: Float32Array;
  /** Vectors of the examples of each class. */
  readonly examples: readonly (readonly Float32Array[])[];
}

export interface FusedScore {
  readonly label: number;
  /** What abstaining goes by, and what is calibrated. */
  readonly abstain: number;
  /** Of the label's score to the next one's. */
  readonly distance: number;
  readonly unseen: number;
  readonly words: number;
}

/** The vector's coordinates are columns of their own behind those of the vocabulary. */
function joined(vocabulary: Vocabulary, counted: Features, vector: Float32Array): Vector {
  const lexical = toVector(vocabulary, counted);
  const offset = vocabulary.idf.length;
  const columns = new Int32Array(lexical.columns.length + vector.length);
  const values = new Float64Array(columns.length);
  columns.set(lexical.columns);
  values.set(lexical.values);
  for (const [at, value] of vector.entries()) {
    columns[lexical.columns.length + at] = offset + at;
    values[lexical.columns.length + at] = vectorWeight * value;
  }
  return { columns, values };
}

/** `lexical` was trained on the same examples. */
export function trainFusion(lexical: Classifier, examples: readonly EmbeddedExample[], seed: number): Fusion {
  const { vocabulary, classes } = lexical;
  const dimensions = examples[0]?.vector.length ?? 0;
  const joint = trainHeads(
    examples.map(({ features: counted, vector }) => joined(vocabulary, counted, vector)),
    {
      columnCount: vocabulary.idf.length + dimensions,
      cost: jointCost,
      classCount: classes.length,
      labels: examples.map(({ label }) => label),
      order: mixedOrder(
        examples.map((example) => example.features),
        seed,
      ),
    },
  );
  const byClass = classes.map((_, label) =>
    examples.filter((example) => example.label === label).map(({ vector }) => vector),
  );
  return { lexical, joint, examples: byClass };
}

function cosine(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}

/** Mean of the largest cosines between the vector and the examples of one class; zero for a class without examples. */
function nearness(vector: Float32Array, examples: readonly Float32Array[]): number {
  const cosines = Float64Array.from(examples, (example) => cosine(vector, example)).sort();
  const nearest = cosines.subarray(Math.max(0, cosines.length - nearestCount));
  return nearest.length === 0 ? 0 : nearest.reduce((sum, value) => sum + value, 0) / nearest.length;
}

export function scoreFused(fusion: Fusion, text: string | Features, vector: Float32Array): FusedScore {
  const counted = typeof text === "string" ? features(text) : text;
  const { lexical, joint, examples } = fusion;
  const { vocabulary, classes } = lexical;
  const alone = marginsOf(lexical.weights, toVector(vocabulary, counted), classes.length);
  const together = marginsOf(joint, joined(vocabulary, counted, vector), classes.length);
  const near = examples.map((each) => nearness(vector, each));
  const scores = near.map(
    (nearest, label) => labelBy.joint * (together[label] ?? 0) + labelBy.nearest * nearest,
  );
  const best = Math.max(...scores);
  const label = scores.indexOf(best);
  const second = Math.max(...scores.filter((_, other) => other !== label));
  const heads = (together[label] ?? 0) + (alone[label] ?? 0);
  return {
    label,
    abstain: abstainBy.heads * heads + abstainBy.nearest * (near[label] ?? 0),
    distance: Number.isFinite(second) ? best - second : 1,
    unseen: unseenShare(vocabulary, counted),
    words: counted.words.length,
  };
}
