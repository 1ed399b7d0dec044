// The arithmetic under trust, against values that are known in closed form or from tables.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { betaCdf, betaQuantile } from "../../src/trust/beta.ts";

test.each([
  // Beta(a, 1) is x^a, Beta(1, b) is 1 - (1 - x)^b.
  [0.3, 4, 1, 0.3 ** 4],
  [0.3, 1, 4, 1 - 0.7 ** 4],
  // Beta(2, 2) is 3x² - 2x³, and the arcsine law is Beta(1/2, 1/2).
  [0.25, 2, 2, 3 * 0.25 ** 2 - 2 * 0.25 ** 3],
  [0.3, 0.5, 0.5, (2 / Math.PI) * Math.asin(Math.sqrt(0.3))],
  // Beta(10, 2) is 11x¹⁰ - 10x¹¹.
  [0.6, 10, 2, 11 * 0.6 ** 10 - 10 * 0.6 ** 11],
  // Binomial tail: at least 3 of 10 with p = 0.2.
  [0.2, 3, 8, 0.3222004736],
  [0, 2, 3, 0],
  [1, 2, 3, 1],
] as const)("%j: share, a, b and P(share) of Beta(a, b)", (...[x, a, b, value]) => {
  expect(betaCdf(x, a, b)).toBeCloseTo(value, 10);
});

test.each([
  [0.05, 9, 1, 0.05 ** (1 / 9)],
  [0.05, 1, 4, 1 - 0.95 ** (1 / 4)],
  [0.5, 3, 3, 0.5],
  // A table of the Beta distribution.
  [0.05, 2, 3, 0.0976114629],
] as const)("%j: P, a, b and the quantile of Beta(a, b)", (...[p, a, b, value]) => {
  expect(betaQuantile(p, a, b)).toBeCloseTo(value, 8);
});

test("the quantile undoes the distribution, for all evidence that a journal can hold", () => {
  const weight = fc.double({ min: 0.5, max: 1_500, noNaN: true });
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(share, weight, weight, (p, a, b) => {
      expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 6);
    }),
    { seed: 5, numRuns: 200 },
  );
});
