// A short, seeded slice of the storm of presses; the whole of it is `npm run test:approvals`.
import { expect, test } from "vitest";
import { storm } from "./press-storm.ts";

const seed = 4_001;

test(`A4 A7 A8 A9 A22 A23 of 300 presses of every kind (seed ${seed}) only right ones pay, each once and as shown`, async () => {
  const { presses, paid, crashes, violations, ignored } = await storm(300, seed);
  expect({ violations, ignored }).toEqual({ violations: [], ignored: [] });
  expect(presses).toBeGreaterThanOrEqual(300);
  expect(paid).toBeGreaterThan(5);
  expect(crashes).toBeGreaterThan(0);
});
