// How somebody decides, in figures: the share of yeses and the middle of the times.
import { expect, test } from "vitest";
import { decisionFigures, decisionWords } from "../../src/approvals/decision-figures.ts";
import type { Decision } from "../../src/ports.ts";

const cast = (
  person: string,
  seconds: number | null,
  decision: Decision["decision"] = "approve",
): Decision => ({
  person,
  decision,
  at: 1_000_000,
  shownAt: seconds === null ? null : 1_000_000 - seconds * 1_000,
});
const wordsOf = (decisions: readonly Decision[]): readonly string[] =>
  decisionFigures(decisions).map(decisionWords);

test("A29: each person's approve rate and median time, whoever decided most first", () => {
  const kit = [cast("Kit", 2), cast("Kit", 90), cast("Kit", 3, "reject")];
  expect(wordsOf([cast("Ada", 60), ...kit])).toEqual([
    "Kit: 3 decided, 67 % approved, in 3.0 s (median)",
    "Ada: 1 decided, 100 % approved, in 60 s (median)",
  ]);
});

test("A29: of an even number the mean of the two in the middle; a card that was never shown counts for no time", () => {
  expect(wordsOf([cast("Kit", 10), cast("Kit", 20), cast("Kit", null)])).toEqual([
    "Kit: 3 decided, 100 % approved, in 15 s (median)",
  ]);
  expect(wordsOf([cast("Kit", null)])).toEqual(["Kit: 1 decided, 100 % approved"]);
  expect(wordsOf([cast("Kit", -5)])).toEqual(["Kit: 1 decided, 100 % approved, in 0.0 s (median)"]);
  expect(wordsOf([])).toEqual([]);
});

test("A29: long times in minutes and hours", () => {
  expect(wordsOf([cast("Kit", 600)])[0]).toContain("in 10 min");
  expect(wordsOf([cast("Kit", 36_000)])[0]).toContain("in 10 h");
});
