// Words that stand for the same thing share features, so that an agent's examples teach the words they do not hold.
import { expect, test } from "vitest";
import { conceptsOf } from "../../src/routing/concepts.ts";
import { features, normalise, wordsOf } from "../../src/routing/features.ts";
import { lexicon } from "../../src/routing/lexicon.ts";

const conceptsIn = (text: string): readonly string[] => conceptsOf(wordsOf(normalise(text)));

test.each([
  ["wie viele Bürsten sind vorrätig", "how many brooms are left"],
  ["who owes us money", "unpaid and outstanding"],
  ["tl;dr", "Zusammenfassung"],
])("%j says something that %j says, too", (one, other) => {
  expect(conceptsIn(one).filter((concept) => conceptsIn(other).includes(concept))).not.toEqual([]);
});

test("phrases count beside the words, and words of no business stand for nothing", () => {
  expect(conceptsIn("the payment terms of")).toEqual(["payment", "terms", "terms"]);
  expect(conceptsIn("what is on its way")).toContain("incoming");
  expect(conceptsIn("zebras quietly paint")).toEqual([]);
});

test("a synonym shares a feature with what it stands for, a stranger and a quoted one do not", () => {
  const wordsAlone = (text: string): readonly number[] => {
    const { buckets, wordBuckets } = features(text);
    return [...buckets.subarray(0, wordBuckets)];
  };
  const known = new Set(wordsAlone("which vendor has nozzles"));
  const shared = (text: string): number => wordsAlone(text).filter((bucket) => known.has(bucket)).length;
  expect(shared("Lieferant")).toBe(1);
  expect(shared("leuchtend")).toBe(0);
  expect(shared('"Lieferant"')).toBe(0);
});

test("every line of the lexicon names its concept once, with words in lower case", () => {
  const lines = lexicon.trim().split("\n");
  const names = lines.map((line) => line.slice(0, line.indexOf(":")));
  expect(new Set(names).size).toBe(names.length);
  expect(lines.length).toBeGreaterThan(80);
  for (const line of lines) expect(line).toBe(line.toLowerCase());
});
