// Whether a person's words ask for a command once more: its verb and its target, or the words of before; a mention, a
// question or small talk does not.
import { expect, test } from "vitest";
import { createAdmission } from "../src/work/admission.ts";
import type { Proposal } from "../src/proposal.ts";
import { adjustStock, confirmOrder, createOrder } from "../src/tools/erp.ts";
import type { Effect } from "../src/effects.ts";
import type { Prepared } from "../src/ports.ts";
import { messageOf, proposalOf } from "./support/journal-samples.ts";

const base = proposalOf("p-1").prepared;
const standing = { expiresAt: null, decidedAt: 1, outcomeDetail: null, decidedBy: ["Kit"], reason: "no" };
const rejected: Proposal = { ...proposalOf("p-1"), ...standing, state: "rejected" };
const prepared = (op: string, args: Prepared["command"]["args"], summary: string): Prepared => ({
  ...base,
  command: { ...base.command, op, args },
  summary,
});
const confirm = prepared(
  "order.confirm",
  { order: "SO-1007" },
  "Confirm order SO-1007 for Lakeside Facility: 9.00 USD",
);
const create = prepared(
  "order.create",
  { customer: "P-104", lines: [{ item: "BR-WIRE-14", quantityThousandths: 3000 }] },
  "Create draft order for Oakfield Warehousing: 9.00 USD",
);
const adjust = prepared(
  "stock.adjust",
  { item: "HO-VAC" },
  "Adjust stock of Vacuum hose at Main by -2: damaged",
);

const original = messageOf("m1", {
  body: { kind: "text", text: "Bestätige bitte den Auftrag von Lakeside" },
});
const admits = async (
  text: string,
  [effect, wanted]: readonly [Effect, Prepared],
  last: Proposal | null = rejected,
) =>
  createAdmission(
    { lastProposal: async () => last, turn: async () => ({ message: original, outcome: null }) },
    { thread: "web:main:main", text, now: 0 },
  )(effect, wanted);

test.each([
  ["confirm SO-1007", [confirmOrder, confirm]],
  ["Please confirm order so-1007 now.", [confirmOrder, confirm]],
  ["can you confirm the Lakeside order?", [confirmOrder, confirm]],
  ["try that again", [confirmOrder, confirm]],
  ["ask me once more, I have changed my mind", [confirmOrder, confirm]],
  ["Bestätige bitte den Auftrag von Lakeside", [confirmOrder, confirm]],
  ["order 3 wire brushes for Oakfield", [createOrder, create]],
  ["create the order for Oakfield Warehousing", [createOrder, create]],
  ["adjust the vacuum hose by minus 2", [adjustStock, adjust]],
] as const)("A10: %s asks for it", async (text, wanted) => {
  expect(await admits(text, wanted)).toBeNull();
});

test.each([
  ["hello again", [confirmOrder, confirm]],
  ["what is the weather like?", [confirmOrder, confirm]],
  ["why was SO-1007 rejected?", [confirmOrder, confirm]],
  ["has SO-1007 been confirmed?", [confirmOrder, confirm]],
  ["confirm SO-1010", [confirmOrder, confirm]],
  ["thanks", [createOrder, create]],
  ["how much does Oakfield owe us?", [createOrder, create]],
  ["is the vacuum hose in stock?", [adjustStock, adjust]],
] as const)("A10: %s does not", async (text, wanted) => {
  expect(await admits(text, wanted)).toContain("Kit rejected exactly this as p-1: no.");
});

test("A10: what waits is never asked twice, even when a person wants it; what was never asked always may be", async () => {
  const waiting: Proposal = { ...rejected, state: "pending" };
  expect(await admits("confirm SO-1007", [confirmOrder, confirm], waiting)).toContain("waits already as p-1");
  expect(await admits("hello", [confirmOrder, confirm], null)).toBeNull();
});

test("A24: what changes nothing is not asked at all", async () => {
  const same = base.changes.map((change) => ({ ...change, after: change.before }));
  const nothing = { ...confirm, changes: same, deltas: [] };
  expect(await admits("confirm SO-1007", [confirmOrder, nothing], null)).toMatch(/would change nothing/u);
});
