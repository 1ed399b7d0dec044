// The second opinion: counts of words, and how far they put one class before the others.
import { expect, test } from "vitest";
import { calibrate, fitCalibrator } from "../../src/routing/calibration.ts";
import { features } from "../../src/routing/features.ts";
import { countWords, leadsOf, loadTally } from "../../src/routing/tally.ts";

const [stock, prices, nobody] = [0, 1, 2];
const counted = (text: string, label: number) => ({ features: features(text), label });
const tally = loadTally(
  countWords(
    [
      counted("how many brushes are left", stock),
      counted("how many filters are left", stock),
      counted("what does the brush cost", prices),
      counted("what does the pump cost", prices),
      counted("what does a flight cost", nobody),
    ],
    3,
  ),
);
const leads = (text: string): readonly number[] => [...leadsOf(tally, features(text))];

test("puts the class first that uses the words, and by how much the others are behind", () => {
  const [stockLead = 0, priceLead = 0, nobodysLead = 0] = leads("how many pumps are left");
  expect(stockLead).toBeGreaterThan(0);
  expect(priceLead).toBeLessThan(0);
  expect(nobodysLead).toBeLessThan(0);
});

test("a word that only strangers say speaks against everybody else", () => {
  expect(leads("what does a flight cost")[prices]).toBeLessThan(0);
  expect(leads("what does the pump cost")[prices]).toBeGreaterThan(0);
});

test("says nothing of words that it has not counted", () => {
  expect(leads("zebras gallop")).toEqual([0, 0, 0]);
  expect(leads("")).toEqual([0, 0, 0]);
});

test("an unknown noun takes nothing from what is known about the words around it", () => {
  expect(leads("how many brushes are left")[stock]).toBeGreaterThan(0);
  expect(leads("how many gears are left")[stock]).toBeGreaterThan(0);
});

test("a longer lead never makes a class less likely", () => {
  const known = { best: 0.5, distance: 0.5, unseen: 0, words: 4, outside: -1 };
  const rows = [0, 1, 2, 3, 4, 5].flatMap((lead) =>
    [true, true, lead > 2].map((isRight) => ({ ...known, lead, isRight, inScope: true })),
  );
  const model = fitCalibrator(rows);
  expect(calibrate(model, { ...known, lead: 5 })).toBeGreaterThan(calibrate(model, { ...known, lead: 0 }));
  const turned = fitCalibrator(rows.map((row) => ({ ...row, lead: -row.lead })));
  expect(calibrate(turned, { ...known, lead: 5 })).toBeGreaterThanOrEqual(
    calibrate(turned, { ...known, lead: 0 }),
  );
});
