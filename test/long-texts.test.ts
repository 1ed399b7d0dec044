// What a model says may be long and made to be slow to read: judging it takes time for its length, not for its square.
import { expect, test } from "vitest";
import sales from "../agents/erp/sales.ts";
import { claimedDeed } from "../src/replies/claims.ts";
import { figuresIn } from "../src/replies/figures-in.ts";

const long = 300_000;

// Read by the square of their length, each of these takes minutes; the runner's own limit is the judge.
test.each([
  ["one word", "a".repeat(long)],
  ["blank lines", "\n".repeat(long)],
  ["words without an end", "we have ".repeat(long / 8)],
  ["the first person", "i ".repeat(long / 2)],
])("%s before the end of a text hides neither a claim nor a figure", (_name, text) => {
  const speaking = { card: sales, arm: "fulfilled" } as const;
  expect(claimedDeed(speaking, text, [])).toBeNull();
  expect(claimedDeed(speaking, `${text}. I have shipped it.`, [])).toBe("I have shipped it");
  expect(figuresIn(`${text} 7`).map(({ text: figure }) => figure)).toContain("7");
});
