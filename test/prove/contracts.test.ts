// A seeded slice of the contract breaker: every agent of the roster, a few ways each; all of them is `npm run test:contracts`.
import { expect, test } from "vitest";
import { createChance } from "../support/chance.ts";
import { casesFor } from "./contract-cases.ts";
import { openContractHouse, ownRoster, takers } from "./contract-house.ts";

const seed = 5_003;
const perAgent = 5;

test(`a model that breaks its contract never passes it off (seed ${seed})`, { timeout: 60_000 }, async () => {
  const chance = createChance(seed);
  const roster = await ownRoster();
  const others = takers(roster);
  const cases = roster.entries
    .flatMap(({ id, card }) => {
      if (card.kind !== "agent") return [];
      const all = casesFor({ id, card }, { others, wrongPerField: 1 });
      return Array.from({ length: perAgent }, () => chance.pick(all));
    })
    .map((one, number) => ({ ...one, number }));
  const house = await openContractHouse();
  try {
    expect(await house.problemsOf(cases)).toEqual([]);
    for (const one of cases.filter(({ ends }) => ends.kind === "failure" && ends.isJudged).slice(0, 3))
      expect(await house.press(one, "Retry")).toEqual([]);
    expect(cases.length).toBeGreaterThanOrEqual(perAgent * 25);
  } finally {
    await house.nova.close();
  }
});
