// The same trade in the embedded ERP and in a real Tryton, step by step with the same figures. What stands in the table was
// measured on Tryton; neither connector computes it for the other.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Erp } from "../../src/ports.ts";
import { openEmbeddedErp } from "../support/embedded-erp.ts";
import { act, perform, prepared } from "../support/tryton/deeds.ts";
import { freshTryton, hasTryton } from "../support/tryton/database.ts";

type Opened = { readonly erp: Erp; readonly dispose: () => Promise<void> };
const accounts = {
  tryton: { cash: "Main Cash", receivable: "Main Receivable", tax: "Main Tax", revenue: "Main Revenue" },
  embedded: { cash: "Cash", receivable: "Receivable", tax: "Sales tax", revenue: "Revenue" },
} as const;
const threeGears = act("order.create", {
  customer: "Acme Industrial",
  lines: [{ item: "GEAR-12", quantityThousandths: 3000 }],
});

/** The sample company beside the one that is traded with: its own figures are taken off. */
async function openEmbedded(): Promise<Opened> {
  const { erp, dispose } = openEmbeddedErp();
  const gear = { sku: "GEAR-12", name: "Gear 12", priceCents: 1850, costCents: 900, taxBasisPoints: 2000 };
  await perform(erp, act("item.create", gear));
  await perform(erp, act("party.create", { name: "Acme Industrial" }));
  await perform(erp, act("stock.receive", { item: "GEAR-12", quantityThousandths: 40_000 }));
  return { erp, dispose };
}

function openTryton(): Opened {
  const tryton = freshTryton("company");
  return { erp: tryton.open(), dispose: tryton.dispose };
}

/** Pieces on hand, then debit minus credit in cents of cash, receivable, tax and revenue. */
async function figuresOf(erp: Erp): Promise<readonly number[]> {
  const { rows } = await erp.query({ kind: "ledger", limit: 99 });
  const names = accounts[erp.connector === "tryton" ? "tryton" : "embedded"];
  const of = (name: string): number =>
    z.number().parse(rows.find(({ account }) => account === name)?.["balanceCents"]);
  const stock = await erp.query({ kind: "stock", text: "GEAR-12", limit: 5 });
  const pieces = stock.rows.reduce((sum, row) => sum + z.number().parse(row["onHandThousandths"]), 0) / 1000;
  return [pieces, of(names.cash), of(names.receivable), of(names.tax), of(names.revenue)];
}

const table = [
  // after             pieces, cash, receivable, tax, revenue
  ["the preview", [40, 0, 0, 0, 0]],
  ["the delivery", [37, 0, 0, 0, 0]],
  ["the invoice", [37, 0, 6660, -1110, -5550]],
  ["the payment", [37, 6660, 0, -1110, -5550]],
  ["the credit note, goods kept", [37, 6660, -6660, 0, 0]],
] as const;

async function trade(erp: Erp): Promise<readonly unknown[]> {
  const start = await figuresOf(erp);
  const seen: unknown[] = [];
  const look = async (after: string): Promise<void> => {
    const now = await figuresOf(erp);
    // Pieces as they are; money as it moved.
    seen.push([after, now.map((figure, at) => (at === 0 ? figure : figure - (start[at] ?? 0)))]);
  };
  const preview = await prepared(erp, threeGears);
  expect(preview.risk.amountCents).toBe(6660);
  expect(preview.summary).toContain("66.60");
  await look("the preview");
  const [order = ""] = await perform(erp, threeGears);
  const ordered = await erp.query({ kind: "order", number: order });
  const [head, line] = ordered.rows;
  expect(head).toMatchObject({ totalCents: 6660, state: "draft" });
  expect(line).toMatchObject({ netCents: 5550, taxCents: 1110, quantityThousandths: 3000 });
  await perform(erp, act("order.confirm", { order }));
  await perform(erp, act("order.ship", { order }));
  await look("the delivery");
  const posted = await perform(erp, act("invoice.post", { order }));
  const invoice = posted.find((id) => id.startsWith("INV-")) ?? "";
  await look("the invoice");
  await perform(erp, act("payment.register", { invoice }));
  await look("the payment");
  await perform(erp, act("credit.post", { invoice }));
  await look("the credit note, goods kept");
  const done = await erp.query({ kind: "order", number: order });
  expect(done.rows[0]).toMatchObject({ state: "invoiced" });
  return seen;
}

describe.skipIf(!hasTryton)("three gears for Acme: ordered, delivered, invoiced, paid, credited", () => {
  test.each([
    ["the embedded ERP", openEmbedded],
    ["a real Tryton", openTryton],
  ])("come to the figures of the table in %s", async (_name, open) => {
    const { erp, dispose } = await open();
    expect(await trade(erp)).toEqual(table);
    await dispose();
  });

  test("leave invoice 1 and credit note 2 in Tryton, and books that another program could balance", async () => {
    const { erp, dispose } = openTryton();
    await trade(erp);
    const invoices = await erp.query({ kind: "invoices", text: null, overdueOn: null, limit: 9 });
    const of = async (kind: "credit" | "payment") =>
      (await erp.query({ kind: "documents", of: kind, text: null, state: null, limit: 9 })).rows;
    const year = new Date().getFullYear();
    expect(invoices.rows.map(({ record }) => record)).toEqual([`INV-${year}-0001`]);
    expect(await of("credit")).toMatchObject([{ record: `CN-${year}-0002`, totalCents: 6660 }]);
    expect(await of("payment")).toMatchObject([{ totalCents: 6660, party: "Acme Industrial" }]);
    const entries = await erp.query({ kind: "entries", limit: 99 });
    const sums = Map.groupBy(entries.rows, (row) => row["entry"]);
    expect(sums.size).toBe(3);
    for (const lines of sums.values())
      expect(
        lines.reduce((sum, row) => sum + Number(row["debitCents"]) - Number(row["creditCents"]), 0),
      ).toBe(0);
    await dispose();
  });

  test("awkward quantities and prices come to the same totals, line by line", async () => {
    const embedded = await openEmbedded();
    const tryton = openTryton();
    const bolt = { sku: "BOLT-M8", name: "Bolt M8", priceCents: 40, costCents: 15, taxBasisPoints: 2000 };
    await perform(embedded.erp, act("item.create", bolt));
    for (const [gears, bolts] of [
      [1000, 1000],
      [7000, 13_000],
      [11_000, 333_000],
    ] as const) {
      const lines = [
        { item: "GEAR-12", quantityThousandths: gears },
        { item: "BOLT-M8", quantityThousandths: bolts },
      ];
      const wanted = act("order.create", { customer: "Acme Industrial", lines });
      const seen = [];
      for (const { erp } of [embedded, tryton]) {
        const [order = ""] = await perform(erp, wanted);
        const { rows } = await erp.query({ kind: "order", number: order });
        seen.push(rows.map((row) => [row["totalCents"], row["netCents"], row["quantityThousandths"]]));
      }
      expect(seen[1]).toEqual(seen[0]);
    }
    await embedded.dispose();
    await tryton.dispose();
  });
});
