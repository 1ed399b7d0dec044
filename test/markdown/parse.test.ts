// The one reader of Markdown: what it understands, what it leaves as letters, and that nothing makes it slow.
import { describe, expect, test } from "vitest";
import { labelOf, parseAddress } from "../../src/markdown/address.ts";
import type { Block, Spans } from "../../src/markdown/document.ts";
import { parseMarkdown } from "../../src/markdown/parse.ts";
import { toPlainText } from "../../src/markdown/plain.ts";
import { toVisible } from "../../src/markdown/visible.ts";

const only = (markdown: string): Block => {
  const [block, ...more] = parseMarkdown(markdown);
  if (block === undefined || more.length > 0) throw new Error(`not one block: ${JSON.stringify(markdown)}`);
  return block;
};
/** Spans as a short notation: **strong**, *emphasis*, ~strike~, `code`, [label](url). */
const short = (spans: Spans): string =>
  spans
    .map((span) => {
      if (span.kind === "text") return span.text;
      if (span.kind === "code") return `\`${span.text}\``;
      if (span.kind === "link") return `[${labelOf(span)}](${span.url})`;
      const mark = { strong: "**", emphasis: "*", strike: "~" }[span.kind];
      return mark + short(span.spans) + mark;
    })
    .join("");
const spansOf = (markdown: string): string => {
  const block = only(markdown);
  return block.kind === "paragraph" ? short(block.spans) : `not words: ${block.kind}`;
};

describe("words", () => {
  test.each([
    ["**bold**, *it*, _it_, __bold__, ~~gone~~", "**bold**, *it*, *it*, **bold**, ~gone~"],
    ["***both*** and **bold *inside* it**", "***both*** and **bold *inside* it**"],
    ["2*3*4 and snake_case_name and a * b * c", "2*3*4 and snake_case_name and a * b * c"],
    ["**never closed and *this", "**never closed and *this"],
    ["`a **b** c` and ``two ` ticks``", "`a **b** c` and `two ` ticks`"],
    [String.raw`\*not\* \[a\](b) \\`, String.raw`*not* [a](b) \ `.trim()],
    ["one\ntwo", "one\ntwo"],
    ["<b>bold</b> <script>alert(1)</script>", "<b>bold</b> <script>alert(1)</script>"],
  ])("%s", (markdown, expected) => {
    expect(spansOf(markdown)).toBe(expected);
  });

  test.each([
    ["[docs](https://example.org/a)", "[docs (example.org)](https://example.org/a)"],
    ["[example.org](https://example.org/a)", "[example.org](https://example.org/a)"],
    ["see https://example.org/a_(b).", "see [https://example.org/a_%28b%29](https://example.org/a_%28b%29)."],
    ["<https://example.org>", "[https://example.org](https://example.org)"],
    ["![a cat](https://example.org/cat.png)", "[a cat (example.org)](https://example.org/cat.png)"],
    ["[google.com](https://evil.example)", "google.com ([https://evil.example](https://evil.example))"],
    [
      "[https://bank.example](https://evil.example)",
      "https://bank.example ([https://evil.example](https://evil.example))",
    ],
    [
      "[you@bank.example](https://evil.example)",
      "you@bank.example ([https://evil.example](https://evil.example))",
    ],
    ["[ok](https://xn--80ak6aa92e.com)", "[ok (xn--80ak6aa92e.com)](https://xn--80ak6aa92e.com)"],
    ["[ok](https://аррӏе.com)", "[ok (xn--80ak6aa92e.com)](https://xn--80ak6aa92e.com)"],
    ["[x](javascript:alert(1))", "[x](javascript:alert(1))"],
    ["[x](data:text/html,hi)", "[x](data:text/html,hi)"],
    ["[x](https://bank.example@evil.example)", "[x](https://bank.example@evil.example)"],
    [
      "[a](https://e.example)[b](https://e.example)",
      "[a (e.example)](https://e.example)[b (e.example)](https://e.example)",
    ],
  ])("link %s", (markdown, expected) => {
    expect(spansOf(markdown)).toBe(expected);
  });

  test("no address keeps a mark that some surface would read", () => {
    for (const mark of ["|", "`", "*", "~", "<", ">", "(", ")", "[", "]", "'", '"', "\\", "^", "{"]) {
      const address = parseAddress(`https://example.org/?q=a${mark}b#c${mark}d`);
      expect(address?.url ?? "").toMatch(/^https:\/\/example\.org\/[\w/?=#%]*$/u);
    }
  });
});

describe("blocks", () => {
  test.each([
    ["# Title #", { kind: "heading", level: 1, spans: [{ kind: "text", text: "Title" }] }],
    ["---", { kind: "rule" }],
    ["```TS extra\na\n```", { kind: "code", language: "ts", text: "a" }],
    ["```\nnever closed", { kind: "code", language: null, text: "never closed" }],
    ["~~~py\n```\n~~~", { kind: "code", language: "py", text: "```" }],
    ["````\n```\n````", { kind: "code", language: null, text: "```" }],
    ['```a b"c<d\nx\n```', { kind: "code", language: "a", text: "x" }],
  ])("%j", (markdown, expected) => {
    expect(only(markdown)).toEqual(expected);
  });

  test("a list nests by indent, ticks its boxes, and holds what is indented under it", () => {
    const list = only(
      "1. one\n   - [x] under\n     * deeper\n2. two\n   ```sh\n   ls\n   ```\n3. three\n   goes on",
    );
    expect(list.kind === "list" && list.items.map((item) => item.map(({ kind }) => kind))).toEqual([
      ["paragraph", "list"],
      ["paragraph", "code"],
      ["paragraph"],
    ]);
    expect(toPlainText([list])).toBe("1. one\n  • ☑ under\n    • deeper\n2. two\n  ls\n3. three\n  goes on");
  });

  test("a table keeps every cell: too few are filled up, too many stand together", () => {
    const table = only("| a | b |\n|:-:|--:|\n| 1 |\n| 1 | 2 | 3 \\| 4 |\n| **x**<br>y | `z` |");
    if (table.kind !== "table") throw new Error(table.kind);
    expect(table.align).toEqual(["center", "right"]);
    expect(table.rows.map((row) => row.map(short))).toEqual([
      ["1", ""],
      ["1", "2 | 3 | 4"],
      ["**x** · y", "`z`"],
    ]);
  });

  test("pipes without a row of dashes are words", () => {
    expect(spansOf("a | b\nc | d")).toBe("a | b\nc | d");
  });

  test("a quote holds blocks", () => {
    const quote = only("> said\n> - one\n>> deeper");
    expect(quote.kind === "quote" && quote.blocks.map(({ kind }) => kind)).toEqual([
      "paragraph",
      "list",
      "quote",
    ]);
  });
});

describe("characters", () => {
  test.each([
    ["right-to-left override", "a\u202Eb", "a⟨U+202E⟩b"],
    ["isolates", "\u2066a\u2069", "⟨U+2066⟩a⟨U+2069⟩"],
    ["zero-width space in a word", "@every\u200Bone", "@everyone"],
    ["joiner in a latin word", "@every\u200Done", "@everyone"],
    ["soft hyphen and byte order mark", "a\u00ADb\uFEFFc", "abc"],
    ["escape and NUL", "\u001B[2J\u0000", "⟨U+001B⟩[2J⟨U+0000⟩"],
    ["tags that spell words nobody sees", "a\u{E0041}\u{E0042}", "a⟨U+E0041⟩⟨U+E0042⟩"],
    ["half a pair", "a\uD83E", "a⟨U+D83E⟩"],
    ["line ends of every kind", "a\r\nb\rc\u2028d", "a\nb\nc\nd"],
    ["marks piled on a letter", `e${"\u0301".repeat(50)}`, `e${"\u0301".repeat(8)}`],
    ["a family, a flag and Scotland", "👨‍👩‍👧 🇩🇪 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️", "👨‍👩‍👧 🇩🇪 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️"],
    ["Persian and Hindi", "می‌خواهم क्‍ष", "می‌خواهم क्‍ष"],
  ])("%s", (_name, text, expected) => {
    expect(toVisible(text)).toBe(expected);
    expect(toVisible(toVisible(text))).toBe(expected);
  });
});

test.each([
  ["stars", "*a ".repeat(20_000)],
  ["brackets", "[".repeat(60_000)],
  ["links never closed", "[a](".repeat(15_000)],
  ["spaces behind a heading", `# ${" ".repeat(60_000)}x`],
  ["fences", "```\n".repeat(15_000)],
  ["blank lines in an item", `- a\n${"\n".repeat(60_000)}`],
  ["ticks", "`` ` ".repeat(12_000)],
  ["quotes in quotes", "> ".repeat(20_000)],
  ["addresses", "https://".repeat(8_000)],
  ["a fence that is none", `\`\`\`${"a".repeat(60_000)}\``],
  ["tables", "|a|\n|-|\n".repeat(7_000)],
  ["joiners", "\u200d".repeat(60_000)],
])("64 KB of %s are read in a moment", (_name, text) => {
  const began = performance.now();
  expect(parseMarkdown(text).length).toBeGreaterThanOrEqual(0);
  expect(performance.now() - began).toBeLessThan(8_000);
});
