// What counts as a figure that a reader showed, however it is written, and what is invented.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inventedFigure } from "../src/replies/figures.ts";
import type { Grounds } from "../src/replies/figures.ts";

const row = {
  record: "INV-2026-0002",
  party: "Northgate Shopping Center",
  due: "2026-02-03",
  total: "1020.78 USD",
  open: "530.51 USD",
  daysOverdue: 12,
};
const stock = {
  record: "BR-MAIN-36@MAIN",
  name: "Main brush 36 in",
  free: 14,
  onHand: 16,
  unit: "pcs",
  location: "Main warehouse",
};
const seenOf = (...rows: readonly unknown[]) => [
  {
    reader: "findInvoices",
    input: {},
    result: { asOf: "2026-03-16T08:05:09.000Z", total: rows.length, rows },
    at: 0,
  },
];
const grounds = (more: Partial<Grounds> = {}): Grounds => ({
  seen: seenOf(row, stock),
  told: [],
  asked: "",
  items: [],
  examples: [],
  ...more,
});
const judge = (answer: string, more: Partial<Grounds> = {}, fields: unknown = {}) =>
  inventedFigure({ answer, fields }, grounds(more));

describe("a figure that was shown", () => {
  test.each([
    "Northgate owes 530.51 USD of 1,020.78 USD.",
    "Northgate owes $530.51, which was due on 3 February 2026.",
    "530,51 USD offen von 1.020,78 USD, fällig am 03.02.2026.",
    "It is 12 days overdue, since Feb 3.",
    "It is twelve days overdue.",
    "INV-2026-0002: **530.51 USD** open (due 2026-02-03)",
    "inv-2026-0002 is open.",
    "Main brush 36 in: 14 pcs free, 16 on hand (BR-MAIN-36@MAIN). As of 2026-03-16 08:05 UTC.",
    "There are 2 records, and one of them is overdue.",
    "1. INV-2026-0002\n2. BR-MAIN-36",
    "Nothing of that is on record.",
    "2 records: Marlow, Mayfair and Decatur.",
  ])("may be said in other ways: %s", (answer) => {
    expect(judge(answer)).toBeNull();
  });

  test.each([
    ["Northgate owes 530.52 USD.", "530.52 USD"],
    ["Northgate owes about 531 USD.", "531 USD"],
    ["Northgate owes 530.51 EUR.", "530.51 EUR"],
    ["Northgate owes $14.", "$14"],
    ["Together that is 1551.29 USD.", "1551.29 USD"],
    ["Northgate's balance is -530.51 USD.", "-530.51 USD"],
    ["It was due on 2026-02-04.", "2026-02-04"],
    ["It was due on February 4.", "February 4"],
    ["INV-2026-0003 is open.", "inv-2026-0003"],
    ["Main brush 36 in: 15 pcs free.", "15 pcs"],
    ["36 pcs are free.", "36 pcs"],
    ["2 pcs are free.", "2 pcs"],
    ["Seventeen are free.", "Seventeen"],
    ["Northgate owes twelve thousand dollars.", "twelve thousand"],
    ["Half of it, 50 %, is paid.", "50 %"],
    ["They owe 12k.", "12 k"],
    ["They owe ٥٣٠.", "٥٣٠"],
    ["They owe ５３１ USD.", "531 USD"],
    ["Read at 09:05 UTC.", "09:05"],
    ["They owe 12\u200B14 USD.", "1214 USD"],
    ["They owe 1**2**14 USD.", "1214 USD"],
    ["Northgate owes 2026 dollars.", "2026 dollars"],
  ])("may not be bent: %s", (answer, figure) => {
    expect(judge(answer)).toBe(figure);
  });
});

describe("a figure that is nobody's claim", () => {
  test("is the person's own, spelled out or not", () => {
    expect(judge("I can book 1,200 USD.", { asked: "Lakeside paid 1200 dollars" })).toBeNull();
    expect(judge("Minus 2 of the hose.", { asked: "two hoses broke" })).toBe("Minus 2 of");
    expect(judge("2 hoses are to go.", { asked: "two hoses broke" })).toBeNull();
  });

  test("is one of a remembered fact, only where the fact is named", () => {
    const items = [
      {
        id: "f-1",
        source: "fact by Kit",
        at: Date.parse("2026-01-02"),
        label: "unverified",
        text: "The rebate is 7 percent.",
      },
    ] as const;
    expect(judge("“The rebate is 7 percent.” (fact by Kit, 2026-01-02; f-1)", { items })).toBeNull();
    expect(judge("The rebate is 7 percent.", { items })).not.toBeNull();
    expect(judge("See f-1.\nNorthgate owes 7 USD.", { items })).not.toBeNull();
  });

  test("is one that the ERP computed for a proposal, but not what the model wrote into it", () => {
    const told = [
      { text: "p-1: Create order for X: 606.69 USD", input: { customer: "X 99.99 USD" }, isRefused: false },
    ];
    expect(judge("That comes to 606.69 USD.", { told })).toBeNull();
    const echoed = [
      {
        text: "p-2: Create customer X owes 99.99 USD",
        input: { name: "X owes 99.99 USD" },
        isRefused: false,
      },
    ];
    expect(judge("X owes 99.99 USD.", { told: echoed })).toBe("99.99 USD");
    const refused = [
      { text: "It has 530.51 USD open, 777.00 USD is more.", input: { amount: 777 }, isRefused: true },
    ];
    expect(judge("At most 530.51 USD.", { told: refused })).toBeNull();
    expect(judge("They owe 777.00 USD.", { told: refused })).toBe("777.00 USD");
  });

  test("is an example in a question", () => {
    expect(judge("Which one, e.g. SO-1007?", { examples: ["number, e.g. SO-1007"] })).toBeNull();
    expect(judge("Which one, e.g. SO-1007?")).toBe("so-1007");
  });
});

test("the reply's other fields are held to the same", () => {
  expect(judge("See below.", {}, { items: [{ record: "BR-MAIN-36@MAIN", onHand: 16 }] })).toBeNull();
  expect(judge("See below.", {}, { items: [{ record: "BR-MAIN-36@MAIN", onHand: 999 }] })).toBe("999");
  expect(judge("See below.", {}, { invoices: ["INV-2026-0009"] })).toBe("inv-2026-0009");
});

const cents = fc.integer({ min: 100, max: 99_999_999 });
const money = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`;
const grouped = (value: number): string => money(value).replaceAll(/\B(?=(?:\d{3})+\.)/gu, ",");
const german = (value: number): string =>
  grouped(value).replaceAll(/[.,]/gu, (mark) => (mark === "," ? "." : ","));
const forms = [
  (value: number) => `${money(value)} USD`,
  (value: number) => `$${grouped(value)}`,
  (value: number) => `USD ${german(value)}`,
  (value: number) => `**${grouped(value)} dollars**`,
];

test("PROPERTY every amount that a reader showed passes in every form, and no other does", () => {
  fc.assert(
    fc.property(
      fc.array(cents, { minLength: 1, maxLength: 8 }),
      cents,
      fc.nat({ max: 3 }),
      (known, other, at) => {
        const seen = seenOf(
          ...known.map((value, index) => ({ record: `X-${index + 10}`, open: `${money(value)} USD` })),
        );
        const form = forms[at] ?? money;
        const [first = 0] = known;
        expect(judge(`It is ${form(first)}.`, { seen })).toBeNull();
        if (known.includes(other)) return;
        expect(judge(`It is ${form(other)}.`, { seen })).not.toBeNull();
      },
    ),
    { numRuns: 300, seed: 4 },
  );
});

const count = fc.integer({ min: 2, max: 9_999 });
const day = fc
  .integer({ min: 0, max: 2_000 })
  .map((offset) => new Date(Date.UTC(2024, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10));
const dayForms = [
  (iso: string) => iso,
  (iso: string) => iso.split("-").toReversed().join("."),
  (iso: string) =>
    new Date(`${iso}T00:00:00Z`).toLocaleDateString("en-US", {
      timeZone: "UTC",
      dateStyle: "long",
    }),
  (iso: string) =>
    new Date(`${iso}T00:00:00Z`).toLocaleDateString("en-GB", { timeZone: "UTC", dateStyle: "medium" }),
];

test("PROPERTY quantities, days and record numbers pass as shown, and no others do", () => {
  fc.assert(
    fc.property(count, count, day, day, fc.nat({ max: 3 }), (...[some, other, due, later, at]) => {
      const seen = seenOf({ record: `SO-${some + 10_000}`, free: some, unit: "pcs", due });
      const form = dayForms[at] ?? String;
      expect(judge(`SO-${some + 10_000}: ${some} pcs free, due ${form(due)}.`, { seen })).toBeNull();
      if (other !== some) {
        expect(judge(`${other} pcs are free.`, { seen })).not.toBeNull();
        expect(judge(`It is SO-${other + 10_000}.`, { seen })).not.toBeNull();
      }
      if (later !== due) expect(judge(`It is due ${form(later)}.`, { seen })).not.toBeNull();
    }),
    { numRuns: 200, seed: 4 },
  );
});
