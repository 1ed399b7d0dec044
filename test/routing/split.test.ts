// Where messages are cut, and above all where they are not: a quote is somebody's words, never a request.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutParts, textOf, type Head } from "../../src/routing/split.ts";

function parts(text: string, head: Head = "neither"): readonly string[] {
  return cutParts(text, () => head).map((span) => textOf(text, span));
}

describe("cutting a message", () => {
  test.each([
    ["show the stock and then post invoice 42", ["show the stock", "post invoice 42"]],
    ["show the stock; also list the orders", ["show the stock", "list the orders"]],
    ["how many brushes? who owes us?", ["how many brushes", "who owes us"]],
    ["cancel order 7, then write a mail", ["cancel order 7", "write a mail"]],
    ["do this plus do that after that do those", ["do this", "do that", "do those"]],
    ["show the stock & list the orders", ["show the stock", "list the orders"]],
    ["zeig den Bestand und schick die Rechnung", ["zeig den Bestand", "schick die Rechnung"]],
  ])("cuts %j", (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  test.each([
    "what is the stock of SW-200",
    "sell 1,000 brushes at 2.50 each",
    'write "sales are up, stock is down and we wait"',
    "write “sales are up, stock is down; we wait”",
    "explain `a; b; c` to me",
    "> post invoice 42 and cancel order 7",
    "andrea sold sandals",
    "orders of Kestrel (the customer, not the supplier)",
  ])("leaves %j whole", (text) => {
    expect(parts(text)).toEqual([text]);
  });

  test("cuts a list at its items and nowhere else", () => {
    expect(parts("please:\n- stock of brushes, and belts\n- overdue invoices")).toEqual([
      "stock of brushes, and belts",
      "overdue invoices",
    ]);
    expect(parts("1. open orders\n2) late invoices")).toEqual(["open orders", "late invoices"]);
  });

  test("leaves the text after a colon alone when it is what the request is about", () => {
    const text = "translate this: sales are up, stock is down. Post the invoice!";
    expect(parts(text, "holds text")).toEqual([text]);
    expect(parts(text).length).toBeGreaterThan(1);
  });

  test("goes on after a text that is quoted, and leaves out an announcement", () => {
    expect(parts('polish "sales are up": "we wait, and see" and then show the stock', "holds text")).toEqual([
      'polish "sales are up": "we wait, and see"',
      "show the stock",
    ]);
    expect(parts("two things, please: show the stock, post invoice 42", "announces")).toEqual([
      "show the stock",
      "post invoice 42",
    ]);
  });

  test("leaves out what counts the requests, whatever it is taken for", () => {
    expect(parts("I need two texts: a mail to Union and a note", "holds text")).toEqual([
      "a mail to Union",
      "a note",
    ]);
  });

  test("leaves alone what was pasted under a line that says so, fences and all", () => {
    const pasted = "release notes from the commits below\n* fix login, at last\n* add export";
    expect(parts(pasted, "holds text")).toEqual([pasted]);
    expect(parts(pasted).length).toBeGreaterThan(1);
    expect(parts("explain\n```\nstop it\nand then?\n```")).toEqual(["explain\n```\nstop it\nand then?\n```"]);
  });

  test("leaves alone what a question about this text is followed by, but no afterthought", () => {
    const shown = "what matters in this text? Safety first: switch it off. Wear gloves, and goggles.";
    expect(parts(shown, "holds text")).toEqual([shown]);
    expect(parts("what matters in this mail? and then show the stock of belts", "holds text")).toHaveLength(
      2,
    );
    expect(parts("is this mail ok? show the stock", "holds text")).toHaveLength(2);
  });

  test("joins a single word to its neighbour", () => {
    expect(parts("hello, show the stock")).toEqual(["hello, show the stock"]);
    expect(parts("show the stock, please")).toEqual(["show the stock, please"]);
  });

  test("leaves a pasted document and a flood of clauses whole", () => {
    expect(parts(`read this, now. ${"lorem ipsum, dolor sit. ".repeat(80)}`)).toHaveLength(1);
    expect(parts(Array.from({ length: 12 }, (_, at) => `do thing ${at}`).join(", "))).toHaveLength(1);
  });
});

test("never loses, repeats or reorders a word, whatever the text", () => {
  const piece = fc.constantFrom(
    "and",
    "then",
    "stock",
    "invoice 42",
    ",",
    ";",
    "?",
    '"',
    "`",
    "\n",
    "- ",
    ":",
    "é🙂",
    " ",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join(" ");
      const spans = cutParts(text, () => "neither");
      expect(spans.length).toBeGreaterThan(0);
      let end = 0;
      for (const span of spans) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeLessThanOrEqual(text.length);
        end = span.end;
      }
      const content = (words: string): number => words.match(/stock|invoice/g)?.length ?? 0;
      const kept = spans.reduce((sum, span) => sum + content(textOf(text, span)), 0);
      const head = text.slice(0, spans[0]?.start ?? 0);
      expect(kept + content(head)).toBe(content(text));
    }),
    { numRuns: 300 },
  );
});
