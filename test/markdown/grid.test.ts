// Tables where there are none: aligned columns while they fit, one entry per row otherwise.
import { expect, test } from "vitest";
import { toDiscord } from "../../adapters/discord/markup.ts";
import { toLines } from "../../adapters/terminal/outbound.ts";
import { columnsOf } from "../../src/markdown/columns.ts";

const narrow = "| SKU | Free |\n|---|---|\n| BR-20 | 240 |\n| 漢字 | 5 |";
const wide =
  "| Invoice | Customer | Amount |\n|---|---|---|\n| SI-1 | Brightside Cleaning and Facility Ltd | EUR 420.00 |\n| SI-2 | | EUR 1,260.00 |";
const plain = (columns: number) => ({ columns, paint: (_tone: string, words: string) => words });

test("Discord shows a narrow table aligned, its numbers to the right", () => {
  expect(toDiscord(narrow)).toBe("```\nSKU    Free\n─────  ────\nBR-20   240\n漢字      5\n```");
});

test("Discord shows a wide table as one line per row that a phone can wrap, and skips what is empty", () => {
  expect(toDiscord(wide)).toBe(
    "- **SI-1** · Customer: Brightside Cleaning and Facility Ltd · Amount: EUR 420.00\n- **SI-2** · Amount: EUR 1,260.00",
  );
});

test("Discord keeps the links of a table: they are no letters of one width", () => {
  expect(toDiscord("| a | b |\n|-|-|\n| [x](https://a.example) | 1 |")).toBe(
    "- **[x (a.example)](<https://a.example>)** · b: 1",
  );
});

test("the terminal shows columns while there is room, and entries in a narrow window", () => {
  expect(toLines(wide, plain(78))).toEqual(
    [
      "Invoice  Customer                              Amount",
      "───────  ────────────────────────────────────  ────────────",
      "SI-1     Brightside Cleaning and Facility Ltd  EUR 420.00",
      "SI-2                                           EUR 1,260.00",
    ].map((line, at) =>
      at === 0 ? line.replace("Amount", "      Amount") : line.replace("EUR 420.00", "  EUR 420.00"),
    ),
  );
  for (const columns of [24, 30, 36]) {
    const lines = toLines(wide, plain(columns));
    expect(lines[0]).toMatch(/^• SI-1 · Customer:/u);
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
  }
});

test("in the terminal the widest column gives way before the table does", () => {
  expect(toLines(wide, plain(46))).toEqual([
    "Invoice  Customer                       Amount",
    "───────  ───────────────────────  ────────────",
    "SI-1     Brightside Cleaning and    EUR 420.00",
    "         Facility Ltd",
    "SI-2                              EUR 1,260.00",
  ]);
});

test("the terminal draws what nests: lists, code in a list, a quote", () => {
  expect(
    toLines(
      "# Title\nWords:\n1. one\n   - two\n     ```\n     x = 1\n     ```\n2. three\n\n> said\n> - it",
      plain(40),
    ),
  ).toEqual(["Title", "Words:", "1. one", "   • two", "         x = 1", "2. three", "", "│ said", "│ • it"]);
});
