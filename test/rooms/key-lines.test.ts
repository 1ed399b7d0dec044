// What a card has no room for stands under Details, and that is never an amount, whom it is about, where money goes, or a
// record that the title does not name.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { challengeOf } from "../../src/approvals/typed-approval.ts";
import { drawCard } from "../../src/cards/card.ts";
import { effectsOf } from "../../src/cards/card-effects.ts";
import type { DocumentChange, Prepared } from "../../src/ports.ts";
import { proposalOf } from "../support/journal-samples.ts";
import { standing } from "../prove/exact-card.ts";

const { prepared: sample } = proposalOf("p-1");
type Values = readonly [before: string | null, after: string | null];
const change = (label: string, [before, after]: Values, record = "SO-7"): DocumentChange => ({
  record,
  label,
  before,
  after,
});
const items = Array.from({ length: 7 }, (_, at) =>
  change(`${at + 1} × part ${at} at 7.35`, ["x", "y + z tax"]),
);
const of = (summary: string, changes: readonly DocumentChange[], more: Partial<Prepared> = {}): Prepared => ({
  ...sample,
  summary,
  changes,
  deltas: [],
  guards: [],
  warnings: [],
  risk: { ...sample.risk, amountCents: null },
  ...more,
});
const shownOf = (prepared: Prepared): readonly string[] =>
  drawCard(standing(prepared), 0).card?.effects ?? [];

test("A2 amounts, parties, bank details and further records come before everything else, whatever their place", () => {
  const changes = [
    ...items,
    change("day", ["2026-01-05", "2026-01-05"]),
    change("total", ["66.60", "66.60"]),
    change("party", ["Acme", "Acme"]),
    change("state", ["posted", "cancelled"], "INV-3"),
    change("IBAN", ["DE1", "DE2"]),
  ];
  expect(shownOf(of("Cancel order SO-7", changes))).toEqual([
    "SO-7 total: 66.60",
    "SO-7 party: Acme",
    "INV-3 state: posted → cancelled",
    "SO-7 IBAN: DE1 → DE2",
    "SO-7 1 × part 0 at 7.35: x → y + z tax",
    "… and 7 more lines under Details",
  ]);
});

test("A2 what the title says need not be said first; another amount, or a name within a name, does not say it", () => {
  const changes = [
    change("state", ["draft", "sent"]),
    change("total", [null, "66.60"]),
    change("party", [null, "Acme"]),
  ];
  const firstOf = (summary: string): string => effectsOf(of(summary, changes))[0] ?? "";
  expect(firstOf("Confirm order SO-7 for Acme: 66.60 USD")).toBe("SO-7 state: draft → sent");
  expect(firstOf("Confirm order SO-7 for Acme: 166.60 USD")).toBe("SO-7 total: none → 66.60");
  expect(firstOf("Confirm order SO-7 for Acmeville: 66.60 USD")).toBe("SO-7 party: none → Acme");
  expect(firstOf("Confirm order SO-71 for Acme: 66.60 USD")).toBe("SO-7 state: draft → sent");
  expect(firstOf(`${"x".repeat(200)} SO-7 Acme 66.60`)).toBe("SO-7 state: draft → sent");
});

test("A2 checks take their room from other lines only; what is too much even so takes the code of the card (500 documents)", () => {
  const wanted = [
    change("total", ["66.60", "66.60"]),
    change("party", ["Acme", "Acme"]),
    change("open amount", ["10.00", "0.00"]),
    change("IBAN", [null, "DE1"]),
    change("price", ["1.00", "2.00"], "P-1"),
    change("state", ["posted", "paid"], "INV-3"),
  ];
  let typed = 0;
  const documents = fc.record({
    changes: fc.shuffledSubarray([...wanted, ...items]),
    checks: fc.nat(8),
    summary: fc.constantFrom("Change SO-7", "Change SO-7 of Acme: 66.60 USD"),
  });
  fc.assert(
    fc.property(documents, ({ changes, checks, summary }) => {
      const keys = changes.filter((one) => wanted.includes(one));
      const warnings = Array.from({ length: checks }, (_, at) => `Look at ${at}.`);
      const prepared = of(summary, changes, { warnings });
      const shown = shownOf(prepared);
      const isTyped = challengeOf(standing(prepared)) !== null;
      typed += isTyped ? 1 : 0;
      for (const { record, label, before, after } of keys) {
        const isSaid = before === after && summary.includes(after ?? "?");
        const line = `${record} ${label}: ${before === after ? "" : `${before ?? "none"} → `}${after ?? ""}`;
        expect(isSaid || isTyped || shown.includes(line), `${line} in ${shown.join(" | ")}`).toBe(true);
      }
      expect(shown.length).toBeLessThanOrEqual(6);
    }),
    { seed: 29, numRuns: 500 },
  );
  expect(typed).toBeGreaterThan(0);
  expect(typed).toBeLessThan(250);
});
