// What speaks for two requests and what for one, each shown beside the same cut without it.
import { describe, expect, test } from "vitest";
import { boundaryNats, type Boundary, type Piece } from "../../src/routing/boundary.ts";
import { formOf } from "../../src/routing/form.ts";
import { countOpenings } from "../../src/routing/openings.ts";
import { roster } from "../fixtures/roster.ts";

const openings = new Map(countOpenings(roster.flatMap(({ handles }) => handles)));

function piece(text: string, id: string, probability = 0.95): Piece {
  const agent = roster.find((entry) => entry.id === id);
  if (agent === undefined) throw new Error(`the fixture has no ${id}`);
  const ranked = { agent, probability, nats: 0 };
  return { text, form: formOf(text, openings), ranked, ranking: [ranked] };
}

const stock = piece("show the stock of brushes", "erp/stock");
const invoices = piece("list the overdue invoices", "erp/invoices");
const message = { ranked: { ...stock.ranked, probability: 0.5 }, pieces: 2, isAnnounced: false };

function nats(over: Partial<Boundary> = {}): number {
  return boundaryNats({
    before: stock,
    after: invoices,
    joint: " and ",
    rest: "",
    together: stock.ranked,
    message,
    ...over,
  });
}

describe("a cut", () => {
  test("between two deeds is one between two requests", () => {
    expect(nats()).toBeGreaterThan(0);
    expect(nats({ joint: " and then " })).toBeGreaterThan(nats());
    expect(nats({ joint: ", " })).toBeLessThan(nats());
    expect(nats({ joint: ", ", rest: ", and pay the bill" })).toBeGreaterThan(nats({ joint: ", " }));
  });

  test("is less likely one where a side would do for the other's agent", () => {
    const either = { ...invoices, ranking: [invoices.ranked, { ...stock.ranked, probability: 0.4 }] };
    expect(nats({ after: either })).toBeLessThan(nats());
  });

  test.each([
    ["the name of a thing", "invoices of Brandt"],
    ["an amount", "3 brushes and 2 belts"],
    ["a reason", "because the customer is waiting"],
    ["what is not to be done", "don't list the invoices"],
    ["a deed on what was named before", "list them"],
  ])("before %s is less likely one", (_, text) => {
    expect(nats({ after: piece(text, "erp/invoices") })).toBeLessThan(nats());
  });

  test("is less likely one the less sure its sides are, and the surer the whole is", () => {
    expect(nats({ after: piece(invoices.text, "erp/invoices", 0.3) })).toBeLessThan(nats());
    expect(nats({ before: piece(stock.text, "erp/stock", 0.3) })).toBeLessThan(nats());
    const sure = { ...message, ranked: { ...stock.ranked, probability: 0.99 } };
    expect(nats({ message: sure })).toBeLessThan(nats());
  });

  test("of many in a story is less likely one", () => {
    expect(nats({ message: { ...message, pieces: 6 } })).toBeLessThan(nats());
  });
});

test("a word opens requests as often as it begins the examples that it stands in", () => {
  const counted = new Map(countOpenings(["show brushes", "show belts", "show me", "how many brushes"]));
  expect(counted.get("show")).toBeGreaterThan(0.6);
  expect(counted.get("brushes")).toBeLessThan(0.2);
});
