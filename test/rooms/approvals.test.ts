// Room 7: how hard the question must be. A rule only ever raises.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RiskFacts } from "../../src/ports.ts";
import { stakesOf } from "../../src/stakes.ts";

const highCents = 500_000;
const order = ["low", "medium", "high"] as const;
const plain: RiskFacts = {
  amountCents: null,
  currency: null,
  isReversible: true,
  isExternal: false,
  records: 1,
};

describe("the stakes of an effect", () => {
  test.each([
    ["nothing special", "low", {}, "low"],
    ["what it declares", "medium", {}, "medium"],
    ["it leaves the house", "low", { isExternal: true }, "medium"],
    ["it can't be undone", "low", { isReversible: false }, "high"],
    ["a cent below the amount", "low", { amountCents: highCents - 1, currency: "USD" }, "low"],
    ["exactly the amount", "low", { amountCents: highCents, currency: "USD" }, "high"],
    ["money without a currency", "low", { amountCents: 1, currency: null }, "high"],
    ["twenty records", "low", { records: 20 }, "low"],
    ["twenty-one records", "low", { records: 21 }, "high"],
  ] as const)("for %s", (...[, declared, facts, expected]) => {
    expect(stakesOf(declared, { ...plain, ...facts }, highCents)).toBe(expected);
  });

  test("are never below what the effect declares, whatever the facts", () => {
    const anyRisk = fc.record({
      amountCents: fc.option(fc.integer({ min: 0, max: 10_000_000 })),
      currency: fc.option(fc.constantFrom("USD", "EUR")),
      isReversible: fc.boolean(),
      isExternal: fc.boolean(),
      records: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...order), anyRisk, (declared, risk) => {
        const stakes = stakesOf(declared, risk, highCents);
        expect(order.indexOf(stakes)).toBeGreaterThanOrEqual(order.indexOf(declared));
      }),
      { seed: 7 },
    );
  });
});
