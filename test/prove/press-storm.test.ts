// A short, seeded slice of the storm of presses; the whole of it is `npm run test:approvals`.
import { expect, test } from "vitest";
import { storm } from "./press-storm.ts";

const seed = 4_001;

test(
  `A4 A7 A8 A9 A20 A22 A23 of 150 presses of every kind (seed ${seed}) only right ones pay, each once and as shown`,
  { timeout: 60_000 },
  async () => {
    const { presses, paid, violations, ignored } = await storm(150, seed);
    expect({ violations, ignored }).toEqual({ violations: [], ignored: [] });
    expect(presses).toBeGreaterThanOrEqual(150);
    expect(paid).toBeGreaterThan(3);
  },
);
