// Room 8: a long text is cut into parts that each fit, with nothing lost and nothing cut in the middle of a character.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toMessages } from "../../src/replies/long-answer.ts";
import type { Measure } from "../../src/replies/long-answer.ts";
import { say } from "../../src/post.ts";
import { splitText } from "../../src/surfaces/split-text.ts";

const within =
  (limit: number) =>
  (text: string): boolean =>
    text.length <= limit;
const measure = (limit: number): Measure => ({ fits: within(limit), whispersFiles: false });
const isWhole = (text: string): boolean =>
  !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/u.test(text);

test("a text that fits is one part, and one character more makes two", () => {
  expect(splitText("a".repeat(2_000), within(2_000))).toEqual(["a".repeat(2_000)]);
  expect(splitText("a".repeat(2_001), within(2_000)).map(({ length }) => length > 0)).toEqual([true, true]);
});

test("any text comes back whole, in parts that fit", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.lorem(),
    fc.constantFrom("\n\n", "\n", "🧹", "漢字", " "),
  );
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("").replaceAll("`", "'"));
  fc.assert(
    fc.property(text, fc.integer({ min: 12, max: 200 }), (whole, limit) => {
      const parts = splitText(whole, within(limit));
      expect(parts.join("")).toBe(whole);
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
    }),
    { seed: 11, numRuns: 300 },
  );
});

test("an emoji at the cut stays in one piece", () => {
  for (let before = 90; before <= 110; before += 1) {
    const parts = splitText(`${"x".repeat(before)}${"🧹".repeat(40)}`, within(100));
    expect(parts.every(isWhole)).toBe(true);
    expect(parts.every(within(100))).toBe(true);
  }
});

test("a fence that is open at the cut is closed there and opened again in the next part", () => {
  const code = Array.from({ length: 40 }, (_, at) => `const line${at} = ${at};`).join("\n");
  const parts = splitText(`Look:\n\`\`\`ts\n${code}\n\`\`\`\nThat was it.`, within(200));
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) {
    expect(part.length).toBeLessThanOrEqual(200);
    expect((part.match(/```/gu) ?? []).length % 2).toBe(0);
  }
  expect(parts.slice(1, -1).every((part) => part.startsWith("```ts\n"))).toBe(true);
  for (let at = 0; at < 40; at += 1) expect(parts.join("\n")).toContain(`const line${at} = ${at};`);
});

test("any long text goes out whole: as up to three messages, or as its beginning with all of it beside it", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.lorem(),
    fc.constantFrom("\n\n", "```\n", "🧹", "漢字"),
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 200 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, fc.integer({ min: 250, max: 2_000 }), (whole, limit) => {
      const messages = toMessages(say(whole, { footer: "who" }), measure(limit));
      for (const message of messages) expect(message.text.length).toBeLessThanOrEqual(limit);
      expect(messages.length).toBeLessThanOrEqual(3);
      expect(messages.map(({ footer }) => footer)).toEqual([...messages.slice(1).map(() => null), "who"]);
      const [first] = messages;
      if (first?.file === undefined && !whole.includes("```")) {
        expect(messages.map((message) => message.text).join("")).toBe(whole);
      }
      if (first?.file !== undefined) {
        expect(first.file.text).toBe(whole);
        expect(first.text).toMatch(
          /This is only the beginning: the whole text, [\d,]+ words?, is in the attached file\.$/u,
        );
      }
    }),
    { seed: 12, numRuns: 300 },
  );
});

test("what is for one person's eyes stays messages, which can be shown to one", () => {
  const said = say("y".repeat(5_000), { only: "discord:1001" });
  const messages = toMessages(said, measure(1_000));
  expect(messages.every(({ file, only }) => file === undefined && only === "discord:1001")).toBe(true);
  expect(messages.map(({ text }) => text).join("")).toBe("y".repeat(5_000));
  const [whispered, ...more] = toMessages(said, { ...measure(1_000), whispersFiles: true });
  expect([whispered?.only, whispered?.file?.text, more]).toEqual(["discord:1001", said.text, []]);
});

test("one line of 30,000 characters ends", () => {
  const parts = splitText("y".repeat(30_000), within(2_000));
  expect(parts.length).toBeLessThanOrEqual(16);
  expect(parts.join("")).toBe("y".repeat(30_000));
});
