// Room 7: how hard the question must be. A rule only ever raises, and what no rule knows is high.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operations } from "../../adapters/erp-embedded/operations.ts";
import { operationStakes } from "../../src/approvals/operation-stakes.ts";
import { stakesOf, stakesRules } from "../../src/approvals/stakes.ts";
import { noOthers } from "../../src/approvals/stakes-case.ts";
import type { StakesCase } from "../../src/approvals/stakes-case.ts";

const highAmountCents = 500_000;
const lines = { highAmountCents };
const order = ["low", "medium", "high"] as const;
const plain: StakesCase = {
  op: "note.add",
  connector: "embedded",
  amountCents: null,
  currency: null,
  isReversible: true,
  isExternal: false,
  records: 1,
  preview: "exact",
  others: noOthers,
  takesBackPosted: false,
  breaksPromise: false,
  touchesBank: false,
  changesTerms: false,
  undoes: null,
};
const others = (amountCents: number): StakesCase["others"] => ({ ...noOthers, count: 3, amountCents });

describe("the stakes of an effect", () => {
  test.each([
    ["nothing special", "low", {}, "low"],
    ["what it declares", "medium", {}, "medium"],
    ["it leaves the house", "low", { isExternal: true }, "medium"],
    ["it can't be undone", "low", { isReversible: false }, "medium"],
    ["a cent below the amount", "low", { amountCents: highAmountCents - 1, currency: "USD" }, "low"],
    ["exactly the amount", "low", { amountCents: highAmountCents, currency: "USD" }, "high"],
    ["money that comes back", "low", { amountCents: -highAmountCents, currency: "USD" }, "high"],
    ["an amount that is none", "low", { amountCents: Number.NaN, currency: "USD" }, "high"],
    ["money without a currency", "low", { amountCents: 1, currency: null }, "high"],
    ["a tool server's tool of the same name", "low", { connector: "mcp" }, "high"],
    ["twenty records", "low", { records: 20 }, "low"],
    ["twenty-one records", "low", { records: 21 }, "high"],
    ["nobody knows how many records", "low", { records: Number.NaN }, "high"],
    ["money that goes out", "low", { op: "bill.pay" }, "high"],
    ["an operation that no line names", "low", { op: "user.grant" }, "high"],
    ["a preview that the ERP computed", "low", { preview: "computed" }, "low"],
    ["a preview that nobody computed", "low", { preview: "declared" }, "high"],
    ["something posted that is taken back", "low", { takesBackPosted: true }, "high"],
    ["bank details that change", "low", { touchesBank: true }, "high"],
    ["terms of payment that change", "low", { changesTerms: true }, "high"],
    ["a promise that is taken back", "low", { breaksPromise: true }, "high"],
    ["a promise of a moment ago", "low", { breaksPromise: true, undoes: "medium" }, "medium"],
    ["a promise of high stakes", "low", { breaksPromise: true, undoes: "high" }, "high"],
    ["any deed of a moment ago", "low", { undoes: "high" }, "low"],
    [
      "a party whose bank details have just changed",
      "low",
      { others: { ...noOthers, hasNewBank: true } },
      "high",
    ],
    ["the first draft for a party", "low", { isNewParty: true, amountCents: 1, currency: "USD" }, "low"],
    [
      "the first that binds a party outside",
      "low",
      { isNewParty: true, isExternal: true, amountCents: 1, currency: "USD" },
      "high",
    ],
    ["a sum that is none", "low", { amountCents: 1, currency: "USD", others: others(Number.NaN) }, "high"],
  ] as const)("A3: for %s", (...[, declared, facts, expected]) => {
    expect(stakesOf(declared, { ...plain, ...facts }, lines)).toBe(expected);
  });

  test("A3: every operation of the embedded ERP has its line, below, at and above the amount", () => {
    for (const op of operations.keys()) {
      const floor = operationStakes[op];
      expect(floor, op).toBeDefined();
      const at = (amountCents: number): string =>
        stakesOf("low", { ...plain, op, amountCents, currency: "USD" }, lines);
      expect([at(highAmountCents - 1), at(highAmountCents), at(highAmountCents + 1)], op).toEqual([
        floor,
        "high",
        "high",
      ]);
    }
  });

  test("A3: whatever part of the sum is the others', it is high from the amount on and not below", () => {
    const step = (around: number): readonly number[] => [around - 1, around, around + 1];
    const owns = [0, 1, 2, ...step(highAmountCents / 2), ...step(highAmountCents)];
    for (const own of owns) {
      for (const more of [0, 1, ...step(highAmountCents - own), ...step(highAmountCents)]) {
        if (more < 0) continue;
        const one = { ...plain, amountCents: own, currency: "USD", others: others(more) };
        const expected = own + more >= highAmountCents ? "high" : "low";
        expect([own, more, stakesOf("low", one, lines)]).toEqual([own, more, expected]);
        expect(stakesOf("low", { ...one, amountCents: -own }, lines)).toBe(expected);
      }
    }
    expect(stakesOf("low", { ...plain, others: others(highAmountCents) }, lines)).toBe("low");
  });

  test.each(Object.keys(stakesRules))("A3: without the rule %s everything is high", (name) => {
    const rules = Object.fromEntries(Object.entries(stakesRules).filter(([key]) => key !== name));
    expect(stakesOf("low", plain, { ...lines, rules })).toBe("high");
  });

  test.each(Object.keys(stakesRules))("A3: a rule %s that throws lets nothing through", (name) => {
    const broken = (): never => {
      throw new Error("broken");
    };
    expect(() => stakesOf("low", plain, { ...lines, rules: { ...stakesRules, [name]: broken } })).toThrow(
      "broken",
    );
  });

  test("A3: are never below what the effect declares, whatever the facts", () => {
    const anyCase = fc.record({
      op: fc.constantFrom(...operations.keys(), "anything"),
      connector: fc.constantFrom("embedded", "mcp"),
      amountCents: fc.option(fc.integer({ min: 0, max: 10_000_000 })),
      currency: fc.option(fc.constantFrom("USD", "EUR")),
      isReversible: fc.boolean(),
      isExternal: fc.boolean(),
      records: fc.integer({ min: 0, max: 100 }),
      preview: fc.constantFrom("exact", "computed", "declared"),
      others: fc.record({
        count: fc.nat(20),
        amountCents: fc.nat(10_000_000),
        hasNewBank: fc.boolean(),
      }),
      takesBackPosted: fc.boolean(),
      breaksPromise: fc.boolean(),
      touchesBank: fc.boolean(),
      changesTerms: fc.boolean(),
      undoes: fc.option(fc.constantFrom(...order), { nil: null }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...order), anyCase, (declared, one) => {
        const stakes = stakesOf(declared, one, lines);
        expect(order.indexOf(stakes)).toBeGreaterThanOrEqual(order.indexOf(declared));
      }),
      { seed: 7 },
    );
  });
});
