// One fault for each control of an approval, and of what a model may cost, planted in a copy of the sources: a test must
// notice each of them. Two at a time, each with the cheapest tests that can.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyHouse } from "./faulty-house.ts";
import type { FaultyHouse, Noticed } from "./faulty-house.ts";
import { faults } from "./faults.ts";

type Trial = (house: FaultyHouse) => Promise<Noticed>;
const withFault = faults.map((fault): readonly [string, Trial] => [
  fault.fault,
  async (house) => house.try(fault),
]);
const without = [...Map.groupBy(faults, ({ noticedBy }) => noticedBy)].map(
  ([testFile, those]): readonly [string, Trial] => [
    testFile,
    async (house) =>
      house.runSound(
        testFile,
        those.map(({ named }) => named),
      ),
  ],
);

describe("a fault in a control", () => {
  const found = new Map<string, Noticed>();
  const houses: FaultyHouse[] = [];

  beforeAll(async () => {
    houses.push(copyHouse(), copyHouse());
    const left = [...withFault, ...without];
    const tryAll = async (house: FaultyHouse): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift())
        found.set(next[0], await next[1](house));
    };
    await Promise.all(houses.map(tryAll));
  }, 900_000);
  afterAll(() => houses.forEach((house) => house.close()));

  test.each(withFault)("is noticed: %s", (name) => {
    const { failed = 0, words = "was not tried" } = found.get(name) ?? {};
    expect(failed, words).toBeGreaterThan(0);
  });

  test.each(without)("is why they fail: without one %s passes in such a copy", (name) => {
    const { failed, ran = 0, words = "was not tried" } = found.get(name) ?? {};
    expect(failed, words).toBe(0);
    expect(ran, words).toBeGreaterThan(0);
  });
});
