// In which order training looks at its texts, and which fold each falls into: by what they say, so that one agent more
// moves no other agent's texts, and with them no routes.
import type { Features } from "./features.ts";

/** A number that depends on the text and the seed alone, and not on what else is trained. */
export function keyOf({ buckets }: Features, seed: number): number {
  let key = seed + 1;
  for (const bucket of buckets) key = Math.imul(key ^ bucket, 0x01000193);
  // The last mixing of murmur3: without it, two seeds order texts much alike.
  key = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  key = Math.imul(key ^ (key >>> 13), 0xc2b2ae35);
  return (key ^ (key >>> 16)) >>> 0;
}

/** The texts in an order that mixes their classes, and that a text more or less leaves as it is. */
export function mixedOrder(texts: readonly Features[], seed: number): Int32Array {
  const keys = texts.map((text) => keyOf(text, seed));
  return Int32Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
}
