// The ERP port kept by the Tryton connector, against a real Tryton. Runs with `npm run test:tryton`; where no Tryton can
// be had it skips, and the run says so.
import { describe, expect, test } from "vitest";
import { DocumentRow, EntryRow } from "../../src/tools/erp-document-rows.ts";
import { InvoiceRow, OrderLineRow } from "../../src/tools/erp-rows.ts";
import { freshTryton, hasTryton } from "../support/tryton/database.ts";
import { describeErp } from "./erp-suite.ts";
import type { Act } from "./erp-suite.ts";

const act = (op: string, args: Act["args"]): Act => ({ op, args });
const year = new Date().getFullYear();
const invoice = `INV-${year}-0001`;
const gears = (quantity: number, customer = "Acme Industrial") =>
  act("order.create", { customer, lines: [{ item: "GEAR-12", quantityThousandths: quantity * 1000 }] });
const models = ["sale.sale", "sale.line", "stock.shipment.out", "account.invoice", "party.party", "ir.note"];

describe.skipIf(!hasTryton)("with a real Tryton", () => {
  describeErp("the Tryton connector", async () => {
    const tryton = freshTryton("trade");
    return {
      erp: tryton.open(),
      connector: "tryton",
      instance: "main",
      acts: [
        act("order.confirm", { order: "SO-0001" }),
        act("party.create", { name: "Tidehouse", city: "Kiel", email: "hello@tidehouse.example" }),
        gears(2),
        act("order.ship", { order: "SO-0003" }),
        act("invoice.post", { order: "SO-0004" }),
        act("payment.register", { invoice, amountCents: 500 }),
        act("note.add", { record: "SO-0005", text: "Call first." }),
        act("order.cancel", { order: "SO-0002" }),
        act("credit.post", { invoice }),
      ],
      watched: {
        act: act("order.confirm", { order: "SO-0006" }),
        related: act("order.cancel", { order: "SO-0006" }),
        unrelated: [
          act("note.add", { record: "SO-0006", text: "Still wanted." }),
          act("order.confirm", { order: "SO-0001" }),
          act("invoice.post", { order: "SO-0004" }),
        ],
      },
      oversell: {
        act: act("order.confirm", { order: "SO-0007" }),
        sentence: /^Only 3 of Pump A are free at Warehouse, order SO-0007 needs 50\. Receive stock first/u,
      },
      impossible: [
        act("order.explode", {}),
        act("order.confirm", {}),
        act("order.confirm", { order: "SO-9999" }),
        act("order.confirm", { order: "SO-0003" }),
        act("order.confirm", { order: "SO-0001", discount: 99 }),
        act("order.ship", { order: "SO-0001" }),
        act("order.cancel", { order: "SO-0003" }),
        act("invoice.post", { order: "SO-0001" }),
        gears(1, "Nobody Known"),
        gears(1, "%"),
        act("order.create", { customer: "Acme", lines: [{ item: "GEAR-12", quantityThousandths: 0.5 }] }),
        act("order.create", { customer: "Acme", lines: [] }),
        act("order.create", { customer: 9999, lines: [{ item: "GEAR-12", quantityThousandths: 1000 }] }),
        act("party.create", { name: "acme industrial" }),
        act("payment.register", { invoice, amountCents: 100_000_000 }),
        act("payment.register", { invoice, amountCents: -5 }),
        act("credit.post", { invoice, goodsReturned: true }),
        act("note.add", { record: "SO-9999", text: "hello" }),
      ],
      count: async () => {
        const counts: Record<string, number> = {};
        for (const model of models) counts[model] = await tryton.count(model);
        return counts;
      },
      dispose: tryton.dispose,
    };
  });

  test("says at start what its user may not do: no right to the record, or none to the button", async () => {
    const tryton = freshTryton("trade");
    const seller = await tryton.open({ user: "seller" }).probe();
    expect(seller.operations).toContain("order.confirm");
    expect(seller.operations).not.toContain("invoice.post");
    expect(seller.detail).toMatch(
      /^Tryton does not allow this user: invoice\.post, payment\.register, credit\.post$/u,
    );
    // The clerk may write invoices, and sees the button "post" without being able to press it.
    const clerk = await tryton.open({ user: "clerk" }).probe();
    expect(clerk.operations).toContain("order.confirm");
    expect(clerk.operations).not.toContain("invoice.post");
    await expect(tryton.open({ user: "nobody" }).probe()).rejects.toThrow(
      /^Tryton does not accept the login of nobody: check user and password, and restart Nova with the right ones\.$/u,
    );
    await tryton.dispose();
  });

  test("answers for every paper that Tryton's modules know, and with none for what they don't", async () => {
    const tryton = freshTryton("trade");
    const erp = tryton.open();
    const of = async (
      kind: "quote" | "delivery" | "credit" | "payment" | "request" | "purchase" | "receipt" | "payout",
    ) => erp.query({ kind: "documents", of: kind, text: null, state: null, limit: 99 });
    const bills = await erp.query({ kind: "bills", text: "Brasswork", overdueOn: null, limit: 9 });
    expect(bills.rows.map((row) => InvoiceRow.parse(row).total)).toEqual(["15.00 USD"]);
    expect((await of("quote")).total).toBe(4);
    expect((await of("delivery")).rows.map(({ state }) => state)).toEqual(["done", "done", "draft"]);
    expect((await of("purchase")).rows).toMatchObject([
      { record: "PO-0001", state: "sent", totalCents: 1500 },
    ]);
    for (const kind of ["credit", "payment", "request", "receipt", "payout"] as const)
      expect(await of(kind)).toEqual({ rows: [], total: 0 });
    const [head, line] = (await erp.query({ kind: "document", of: "delivery", number: "DEL-0001" })).rows;
    expect(DocumentRow.parse(head).total).toBe("18.50 USD");
    expect(OrderLineRow.parse(line).quantity).toBe(1);
    expect(head).toMatchObject({ record: "DEL-0001", party: "Acme Industrial", state: "draft" });
    expect(line).toMatchObject({ sku: "GEAR-12", quantityThousandths: 1000, netCents: 1850 });
    expect((await erp.query({ kind: "document", of: "quote", number: "SO-9999" })).total).toBe(0);
    const entries = await erp.query({ kind: "entries", limit: 99 });
    expect(entries.rows.map((row) => EntryRow.parse(row).booked)).toContain("22.20 USD debit");
    expect(await erp.query({ kind: "entries", limit: 2 })).toMatchObject({ rows: [{}, {}], total: 5 });
    const sum = (field: string) => entries.rows.reduce((all, row) => all + Number(row[field]), 0);
    expect(sum("debitCents")).toBe(3720);
    expect(sum("creditCents")).toBe(3720);
    await tryton.dispose();
  });
});
