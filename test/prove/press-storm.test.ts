// A short, seeded slice of the storm of presses; the whole of it is `npm run test:approvals`.
import { expect, test } from "vitest";
import { storm } from "./press-storm.ts";

const seed = 4_001;

test.each(["key", "search", "none"] as const)(
  `A4 A5 A7 A8 A9 A13 A20 A22 A23 of 60 presses of every kind (seed ${seed}) only right ones pay, each once and as shown, at a till that knows ids by: %s`,
  { timeout: 60_000 },
  async (mode) => {
    const { presses, paid, violations, ignored } = await storm(60, seed, mode);
    expect({ violations, ignored }).toEqual({ violations: [], ignored: [] });
    expect(presses).toBeGreaterThanOrEqual(60);
    expect(paid).toBeGreaterThan(1);
  },
);
