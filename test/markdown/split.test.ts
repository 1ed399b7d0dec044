// Long answers: every part is Markdown that stands alone, and nothing is cut that could stay whole.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fits as fitsDiscord } from "../../adapters/discord/cards.ts";
import { fitsOneMessage as fitsSlack } from "../../adapters/slack/cards.ts";
import type { Block } from "../../src/markdown/document.ts";
import { parseMarkdown } from "../../src/markdown/parse.ts";
import { toPlainText, toWords } from "../../src/markdown/plain.ts";
import { splitText } from "../../src/surfaces/split-text.ts";
import { hostilePieces } from "../support/hostile-texts.ts";

const within =
  (limit: number) =>
  (text: string): boolean =>
    text.length <= limit;
const kindsOf = (part: string): readonly string[] => parseMarkdown(part).map(({ kind }) => kind);

test("a fence goes on in its language, whatever fence it is", () => {
  const code = Array.from({ length: 60 }, (_, at) => `const line${at} = "~~~ \`\`\`";`).join("\n");
  const parts = splitText(`First:\n\n\`\`\`\`tsx\n${code}\n\`\`\`\`\n\nLast.`, within(300));
  const blocks = parts.flatMap((part) => parseMarkdown(part));
  const codes = blocks.filter((block): block is Extract<Block, { kind: "code" }> => block.kind === "code");
  expect(new Set(codes.map(({ language }) => language))).toEqual(new Set(["tsx"]));
  expect(codes.map(({ text }) => text).join("\n")).toBe(code);
  expect(blocks.filter(({ kind }) => kind !== "code").map((block) => toPlainText([block]))).toEqual([
    "First:",
    "Last.",
  ]);
});

test("a table goes on as a table with its names, and no row is cut", () => {
  const rows = Array.from(
    { length: 80 },
    (_, at) => `| SO-${1_000 + at} | Customer ${at} Ltd. And sons | ${at * 10} |`,
  );
  const parts = splitText(
    `Orders:\n\n| Order | Customer | EUR |\n|---|---|--:|\n${rows.join("\n")}\n\nThat is all.`,
    within(400),
  );
  expect(parts.length).toBeGreaterThan(5);
  const tables = parts.flatMap((part) => parseMarkdown(part)).filter((block) => block.kind === "table");
  expect(new Set(tables.map(({ header }) => header.map(toWords).join()))).toEqual(
    new Set(["Order,Customer,EUR"]),
  );
  const shown = tables.flatMap((table) => table.rows.map((row) => `| ${row.map(toWords).join(" | ")} |`));
  expect(shown).toEqual(rows);
});

test("items, headings and sentences stay whole", () => {
  const items = Array.from(
    { length: 40 },
    (_, at) => `- **Item ${at}** says this. And that, at some length\n  - and more`,
  );
  for (const part of splitText(items.join("\n"), within(250))) {
    expect(part.startsWith("- **Item")).toBe(true);
    expect(part.trimEnd().endsWith("and more")).toBe(true);
  }
  const sections = Array.from(
    { length: 20 },
    (_, at) => `## Part ${at}\n\nSome words about it, a line or two of them.`,
  );
  for (const part of splitText(sections.join("\n\n"), within(180))) {
    expect(kindsOf(part)[0]).toBe("heading");
    expect(kindsOf(part).at(-1)).toBe("paragraph");
  }
  const sentences = Array.from({ length: 60 }, (_, at) => `This is sentence ${at}, v1.2 of it.`).join(" ");
  for (const part of splitText(sentences, within(200)).slice(0, -1)) expect(part).toMatch(/of it\. $/u);
});

test("code, links and emphasis within a line stay whole", () => {
  const words = Array.from(
    { length: 60 },
    (_, at) => `see [page ${at} of it](https://example.org/${at}), **bold words ${at}** and \`code ${at} x\``,
  );
  const whole = words.join(" ");
  for (let limit = 150; limit < 170; limit += 1) {
    for (const part of splitText(whole, within(limit))) {
      const marks = part.replaceAll(/\[[^\]]*\]\([^)]*\)|\*\*[^*]+\*\*|`[^`]+`/gu, "");
      expect(marks).not.toMatch(/[[\]()*`]/u);
    }
  }
});

test("no character is cut, however many code points it has", () => {
  const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
  const count = (text: string): number => [...segmenter.segment(text)].length;
  const characters = fc.constantFrom("👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "👍🏽", "é", "नि", "한", "漢", "🧹", "a", "\r\n");
  fc.assert(
    fc.property(
      fc.array(characters, { minLength: 30, maxLength: 200 }),
      fc.integer({ min: 40, max: 90 }),
      (list, limit) => {
        const text = list.join("");
        const parts = splitText(text, within(limit));
        expect(parts.join("")).toBe(text);
        expect(parts.reduce((sum, part) => sum + count(part), 0)).toBe(count(text));
      },
    ),
    { seed: 5, numRuns: 200 },
  );
});

test("letters at the beginning of a part do not become a quote, a heading or a list", () => {
  const text = "<&> - 1. # > ".repeat(600);
  for (const part of splitText(text, within(500))) expect(kindsOf(part)).toEqual(["paragraph"]);
});

test.each([
  ["Discord", fitsDiscord],
  ["Slack", fitsSlack],
])("every part of any text fits %s, and every letter is in one of them", (_name, fits) => {
  const text = fc
    .array(fc.constantFrom(...hostilePieces), { maxLength: 60 })
    .map((pieces) => pieces.join(""));
  const letters = (part: string): string => part.replaceAll(/[^\p{L}\p{N}]/gu, "");
  fc.assert(
    fc.property(text, (whole) => {
      const parts = splitText(whole, fits);
      for (const part of parts) expect(fits(part)).toBe(true);
      // What a cut says again (a table's names, a fence) comes on top; nothing may be missing.
      let at = 0;
      const all = parts.map(letters).join("");
      for (const letter of letters(whole)) {
        at = all.indexOf(letter, at) + 1;
        expect(at).toBeGreaterThan(0);
      }
    }),
    { seed: 3, numRuns: 100 },
  );
});

test("a long text is measured a few dozen times over, however many parts it has", () => {
  const lines = Array.from(
    { length: 3_000 },
    (_, at) => `${at}. **Line** ${at} of a long report, with \`code\` and | pipes |`,
  );
  const text = lines.join("\n");
  let measured = 0;
  const parts = splitText(text, (part) => {
    measured += part.length;
    return part.length <= 1_800;
  });
  expect(parts.length).toBeGreaterThan(90);
  expect(parts.join("")).toBe(text);
  expect(measured).toBeLessThan(text.length * 40);
});
