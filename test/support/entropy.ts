// Chance that repeats: the same seed gives the same bytes in the same order.
import { createHash } from "node:crypto";
import type { Entropy } from "../../src/ports/world.ts";

export function createTestEntropy(seed: string): Entropy {
  let drawn = 0;
  return (bytes) => {
    let hex = "";
    while (hex.length < bytes * 2) {
      hex += createHash("sha256").update(`${seed}:${drawn}`).digest("hex");
      drawn += 1;
    }
    return hex.slice(0, bytes * 2);
  };
}
