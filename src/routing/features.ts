// Text to hashed word and character n-grams: the first step of routing, pure and free of dependencies.
// Changing anything here changes every trained weight: raise `featureVersion` with it.

import { conceptsOf } from "./concepts.ts";

export const featureVersion = "w1-2.c2-5.concepts1-2.frames.fnv1a.18.5";

const bucketBits = 18;
export const bucketCount = 1 << bucketBits;
/** Words, then characters: each block has its own buckets. */
export const blockCount = 2;
const bucketMask = bucketCount - 1;
const hashOffset = 0x811c9dc5;
const hashPrime = 0x01000193;
const longestGram = 5;
const space = 32;

// A pasted document would cost milliseconds per message; requests stand at its beginning or its end.
const headLength = 3000;
const tailLength = 1000;

/** Sorted buckets with their counts; the first `wordBuckets` entries are the word block, the rest characters. */
export interface Features {
  readonly buckets: Uint32Array;
  readonly counts: Uint32Array;
  readonly wordBuckets: number;
  /** Bucket of each single word in order, so that a caller can tell which words training has seen. */
  readonly words: readonly number[];
  /** Buckets of what stands around a word, whatever the word is ("is the _ in"), and of the first and the last one. */
  readonly frames: Uint32Array;
}

const mentions: readonly (readonly [RegExp, string])[] = [
  [/<(?:https?:\/\/|mailto:)[^>]*>/g, " linktoken "],
  [/(?:https?:\/\/|www\.)\S+/g, " linktoken "],
  [/[\w.+-]+@[\w-]+\.[\w.]*\w/g, " mailtoken "],
  [/<#[^>\s]+>/g, " channeltoken "],
  [/<a?:\w+:\d+>/g, " emojitoken "],
  [/<[@!/][^>\s]+>/g, " persontoken "],
  // Numbers of other ERPs in the form that agents' examples have.
  [/\bsal-ord-\d{4}-\d+/g, "so-1007"],
  [/\bs\d{5,9}\b/g, "so-1007"],
  [/\bacc-sinv-(\d{4})-\d+/g, "inv-$1-0004"],
  [/\binv\/(\d{4})\/\d+/g, "inv-$1-0004"],
];

const mayHoldMention = /[<@]|:\/\/|www\.|sal-ord-|acc-sinv-|inv\/|s\d{5}/;

/** The text as it is read: cut to a bounded length, NFKC, lower case, mentions and links as fixed tokens. */
export function normalise(text: string): string {
  const bounded =
    text.length > headLength + tailLength ? `${text.slice(0, headLength)} ${text.slice(-tailLength)}` : text;
  const lower = bounded.normalize("NFKC").toLowerCase();
  if (!mayHoldMention.test(lower)) return lower;
  return mentions.reduce((rest, [pattern, token]) => rest.replace(pattern, token), lower);
}

export function wordsOf(normalised: string): readonly string[] {
  return normalised.match(/[\p{L}\p{N}']+/gu) ?? [];
}

// FNV-1a over UTF-16 units, so that a longer n-gram continues the hash of the shorter one.
function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, hashPrime);
}

function hashText(hash: number, text: string): number {
  let result = hash;
  for (let at = 0; at < text.length; at += 1) result = hashUnit(result, text.charCodeAt(at));
  return result;
}

function toBucket(hash: number): number {
  return (hash ^ (hash >>> bucketBits)) & bucketMask;
}

function pushCharacterGrams(chunk: string, into: number[]): void {
  const padded = ` ${chunk} `;
  for (let start = 0; start < padded.length - 1; start += 1) {
    const end = Math.min(padded.length, start + longestGram);
    let hash = hashUnit(hashOffset, padded.charCodeAt(start));
    for (let at = start + 1; at < end; at += 1) {
      hash = hashUnit(hash, padded.charCodeAt(at));
      into.push(bucketCount + toBucket(hash));
    }
  }
}

function pushWordGrams(words: readonly string[], into: number[]): number[] {
  const hashes = words.map((word) => hashText(hashOffset, word));
  for (const hash of hashes) into.push(toBucket(hash));
  for (let at = 1; at < words.length; at += 1) {
    into.push(toBucket(hashText(hashUnit(hashes[at - 1] ?? hashOffset, space), words[at] ?? "")));
  }
  return hashes.map(toBucket);
}

/** Of a normalised word by itself. */
export function wordBucketOf(word: string): number {
  return toBucket(hashText(hashOffset, word));
}

const conceptOffset = hashText(hashOffset, "concept ");
// Quoted words are somebody else's: they say what is handled, and not what is asked for.
const quoted = /"[^"]*"?|“[^”]*”?|„[^“”"]*[“”"]?|```[^`]*(?:```)?/g;
// What a message is about stands in its first few; a pasted text would fill the block with pairs.
const mostConcepts = 10;

/** What stands before a colon, where that says something: what follows it is what the request is about. */
function ownWords(normalised: string): readonly string[] {
  const own = normalised.replace(quoted, " ");
  const [head = ""] = own.split(/:\s/, 1);
  const before = wordsOf(head);
  return conceptsOf(before).length > 0 ? before : wordsOf(own);
}

/** What the words stand for, and its neighbours in pairs ("supplier contact"), among the words themselves. */
function pushConcepts(own: readonly string[], into: number[]): void {
  const concepts = [...new Set(conceptsOf(own))].slice(0, mostConcepts);
  for (const [at, concept] of concepts.entries()) {
    into.push(toBucket(hashText(conceptOffset, concept)));
    if (at > 0) into.push(toBucket(hashText(conceptOffset, `${concepts[at - 1] ?? ""} ${concept}`)));
  }
}

const frameOffset = hashText(hashOffset, "frame ");

/** What a request says of a thing is often the same, whether or not the thing was ever heard of. */
function framesOf(words: readonly string[]): Uint32Array {
  const [first = "", last = ""] = [words[0], words.at(-1)];
  const frames = [`${first} ^`, `^ ${last}`];
  for (let at = 0; at < words.length; at += 1) {
    frames.push(`${words[at - 1] ?? "^"} _ ${words[at + 1] ?? "^"}`);
  }
  return Uint32Array.from(new Set(frames.map((frame) => toBucket(hashText(frameOffset, frame)))));
}

/** Counts of word 1-2-grams with their concepts, and of character 2-5-grams per bucket: two blocks in one sorted list. */
export function features(text: string): Features {
  // A number says by its form what it is (an order's, an amount's), so every digit counts as the same one.
  const normalised = normalise(text).replaceAll(/\d/g, "0");
  const grams: number[] = [];
  const spoken = wordsOf(normalised);
  const words = pushWordGrams(spoken, grams);
  const own = ownWords(normalised);
  pushConcepts(own, grams);
  for (const chunk of normalised.split(/\s+/)) if (chunk !== "") pushCharacterGrams(chunk, grams);
  const sorted = Uint32Array.from(grams).sort();
  const buckets = new Uint32Array(sorted.length);
  const counts = new Uint32Array(sorted.length);
  let used = 0;
  let wordBuckets = 0;
  for (const bucket of sorted) {
    if (used > 0 && buckets[used - 1] === bucket) counts[used - 1] = (counts[used - 1] ?? 0) + 1;
    else {
      buckets[used] = bucket;
      counts[used] = 1;
      used += 1;
      if (bucket < bucketCount) wordBuckets = used;
    }
  }
  const frames = framesOf(spoken);
  return { buckets: buckets.subarray(0, used), counts: counts.subarray(0, used), wordBuckets, words, frames };
}
