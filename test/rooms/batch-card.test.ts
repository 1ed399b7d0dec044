// One press approves every item of a batch, so its card says of each what a card of its own would not leave out; items for
// which no platform has the room are asked for on further cards.
import { expect, test } from "vitest";
import { toBatches } from "../../src/approvals/batch.ts";
import { drawBatch } from "../../src/cards/batch-card.ts";
import type { DocumentChange, Prepared } from "../../src/ports.ts";
import type { NewProposal } from "../../src/proposal.ts";
import { standing } from "../prove/exact-card.ts";
import { proposalOf } from "../support/journal-samples.ts";

const { prepared: sample } = proposalOf("p-1");
const change = (label: string, before: string | null, after: string): DocumentChange => ({
  record: "C-1",
  label,
  before,
  after,
});
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
const asked = (all: readonly Prepared[]): readonly NewProposal[] =>
  all.map((prepared, at) => proposalOf(`p-${at + 1}`, { prepared, stakes: "low" }));
const linesOf = (all: readonly Prepared[]): readonly string[] => {
  const items = toBatches(asked(all), 500_000).map((item) => ({
    ...standing(item.prepared),
    ...item,
  }));
  expect(items.every(({ batch }) => batch?.lead === "p-1")).toBe(true);
  return drawBatch({ items, unticked: [] }, 0).card?.effects ?? [];
};

test("A16 A2: an item of a batch says what it overwrites, amounts, parties and further records, not only its title", () => {
  const changes = [
    change("credit limit", "1,000.00", "90,000.00"),
    change("email", "a@acme.example", "b@elsewhere.example"),
    change("state", "open", "closed"),
    change("note", null, "as asked"),
  ];
  const other = of("Change the details of Lake", [change("name", "Lake", "Lake & Sons")]);
  expect(linesOf([of("Change the details of C-1", changes), other])).toEqual([
    "☑ 1 · Change the details of C-1; C-1 credit limit: 1,000.00 → 90,000.00; C-1 email: a@acme.example → b@elsewhere.example",
    "☑ 2 · Change the details of Lake; C-1 name: Lake → Lake & Sons",
  ]);
});

test("A16 A2: the end of a long title is read like its beginning", () => {
  const long = `Create draft order for ${"Ironwood Logistics and Partners ".repeat(4)}GmbH: 4,999.00 USD`;
  const lines = linesOf([of(long, [change("lines", null, "1")]), of(long, [change("lines", null, "2")])]);
  expect(lines).toEqual([`☑ 1 · ${long}`, `☑ 2 · ${long}`]);
});

test("A16: what no platform shows whole on one card is asked on several", () => {
  const long = `Note on ${"C-1 ".repeat(40)}`.trim();
  const all = Array.from({ length: 20 }, (_, at) => of(long, [change("note", null, `${at}`)]));
  const leads = toBatches(asked(all), 500_000).map(({ id, batch }) => batch?.lead ?? id);
  expect(new Set(leads).size).toBeGreaterThan(1);
  const warned = of("Note on C-1", [change("note", null, "x")], { warnings: ["w".repeat(1_000)] });
  expect(toBatches(asked([warned, warned]), 500_000).map(({ batch }) => batch)).toEqual([
    undefined,
    undefined,
  ]);
});
