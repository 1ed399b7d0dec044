// What a trained classifier makes of one text: margins, the second opinion's leads, and of one class the evidence that a
// probability is drawn from.
import type { Evidence } from "./calibration.ts";
import type { Classifier } from "./classifier.ts";
import { features, type Features } from "./features.ts";
import { leadsOf } from "./tally.ts";
import { toVector, unseenShare, type Vector } from "./vocabulary.ts";

export interface Scores {
  /** Signed margin per class, in the order of `classes`. */
  readonly margins: Float64Array;
  /** By the word counts, how far each class is before the others; in the same order. */
  readonly leads: Float64Array;
  /** The margin of being nobody's; 0 where nothing of that kind was trained. */
  readonly outside: number;
  readonly unseen: number;
  readonly words: number;
}

/** One pass over the columns of a vector: the signed margin of each class. */
export function marginsOf(weights: Float32Array, vector: Vector, width: number): Float64Array {
  const bias = weights.length - width;
  const margins = Float64Array.from(weights.subarray(bias));
  for (let at = 0; at < vector.columns.length; at += 1) {
    const row = (vector.columns[at] ?? 0) * width;
    const value = vector.values[at] ?? 0;
    for (let label = 0; label < width; label += 1) {
      margins[label] = (margins[label] ?? 0) + value * (weights[row + label] ?? 0);
    }
  }
  return margins;
}

export function score(classifier: Classifier, text: string | Features): Scores {
  const counted = typeof text === "string" ? features(text) : text;
  const { vocabulary, weights, classes, hasOutside, tally } = classifier;
  const width = classes.length + (hasOutside ? 1 : 0);
  const all = marginsOf(weights, toVector(vocabulary, counted), width);
  return {
    margins: all.subarray(0, classes.length),
    leads: leadsOf(tally, counted).subarray(0, classes.length),
    outside: all[classes.length] ?? 0,
    unseen: unseenShare(vocabulary, counted),
    words: counted.words.length,
  };
}

/** The class with the highest margin; the lower index wins a tie. */
export function bestOf(margins: Float64Array): number {
  let label = 0;
  for (const [index, margin] of margins.entries()) if (margin > (margins[label] ?? 0)) label = index;
  return label;
}

/** What speaks for that class: its distance is to the best of the others. */
export function evidenceOf({ margins, leads, outside, unseen, words }: Scores, label: number): Evidence {
  const best = margins[label] ?? 0;
  let second = Number.NEGATIVE_INFINITY;
  for (const [index, margin] of margins.entries()) if (index !== label) second = Math.max(second, margin);
  const distance = Number.isFinite(second) ? best - second : 1;
  return { best, distance, lead: leads[label] ?? 0, outside, unseen, words };
}
