// Turns counts into weighted, normalised vectors by what training saw: the tf-idf half of the features.
import { blockCount, bucketCount, type Features } from "./features.ts";

/** Buckets seen in training, each with its column and its idf. */
export interface Vocabulary {
  readonly size: number;
  /** The column of every bucket there is; -1 for those that training never saw. */
  readonly columns: Int32Array;
  readonly idf: Float64Array;
}

/** Seen columns only, but scaled by a norm in which unseen buckets took part. */
export interface Vector {
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Ascending buckets and the number of training texts that hold each of them. */
export interface BucketUse {
  readonly size: number;
  readonly buckets: Uint32Array;
  readonly documents: Uint32Array;
}

const unseen = -1;
const allBuckets = blockCount * bucketCount;

export function countBuckets(texts: readonly Features[]): BucketUse {
  const use = new Uint32Array(allBuckets);
  for (const text of texts) for (const bucket of text.buckets) use[bucket] = (use[bucket] ?? 0) + 1;
  const seen: number[] = [];
  for (const [bucket, documents] of use.entries()) if (documents > 0) seen.push(bucket);
  const buckets = Uint32Array.from(seen);
  return { size: texts.length, buckets, documents: buckets.map((bucket) => use[bucket] ?? 0) };
}

function idfOf(size: number, documents: number): number {
  return Math.log((1 + size) / (1 + documents)) + 1;
}

export function createVocabulary(use: BucketUse): Vocabulary {
  const columns = new Int32Array(allBuckets).fill(unseen);
  for (const [column, bucket] of use.buckets.entries()) columns[bucket] = column;
  const idf = Float64Array.from(use.documents, (documents) => idfOf(use.size, documents));
  return { size: use.size, columns, idf };
}

/**
 * L2 norm per block. A bucket never seen in training has the highest idf and stays in the norm: dropping it first
 * would make strange messages look as near as familiar ones.
 */
export function toVector(vocabulary: Vocabulary, text: Features): Vector {
  const { buckets, counts, wordBuckets } = text;
  const unseenIdf = idfOf(vocabulary.size, 0);
  const columns = new Int32Array(buckets.length);
  const values = new Float64Array(buckets.length);
  let used = 0;
  for (const [from, to] of [
    [0, wordBuckets],
    [wordBuckets, buckets.length],
  ] as const) {
    const first = used;
    let square = 0;
    for (let at = from; at < to; at += 1) {
      const count = counts[at] ?? 0;
      const tf = count === 1 ? 1 : 1 + Math.log(count);
      const column = vocabulary.columns[buckets[at] ?? 0] ?? unseen;
      const weight = tf * (column === unseen ? unseenIdf : (vocabulary.idf[column] ?? 0));
      square += weight * weight;
      if (column === unseen) continue;
      columns[used] = column;
      values[used] = weight;
      used += 1;
    }
    const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
    for (let at = first; at < used; at += 1) values[at] = (values[at] ?? 0) * scale;
  }
  return { columns: columns.subarray(0, used), values: values.subarray(0, used) };
}

/** Share of the words of a text that training never saw; 1 for a text without words. */
export function unseenShare(vocabulary: Vocabulary, text: Features): number {
  if (text.words.length === 0) return 1;
  return text.words.filter((word) => !isSeen(vocabulary, word)).length / text.words.length;
}

export function isSeen(vocabulary: Vocabulary, bucket: number): boolean {
  return (vocabulary.columns[bucket] ?? unseen) !== unseen;
}

const commonShare = 0.001;

/** Whether one training text in a thousand holds it. */
export function isCommon(vocabulary: Vocabulary, bucket: number): boolean {
  const column = vocabulary.columns[bucket] ?? unseen;
  const { size, idf } = vocabulary;
  return column !== unseen && (idf[column] ?? 0) <= idfOf(size, size * commonShare);
}
