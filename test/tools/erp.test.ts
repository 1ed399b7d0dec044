// The ERP tools as agents hold them, over the real embedded ERP: what a reader answers, and what an effect would do.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isEffect, isReader } from "../../src/effects.ts";
import * as tools from "../../src/tools/erp.ts";
import { sampleDay } from "../support/embedded-erp.ts";
import { now, useErpTools } from "./erp-stage.ts";

const { erp, look, prepare } = useErpTools();

describe("the ERP readers", () => {
  test.each([
    [tools.findStock, {}],
    [tools.findItems, {}],
    [tools.findParties, { role: "supplier" }],
    [tools.findOrders, { state: "draft" }],
    [tools.readOrder, { order: "so-1007" }],
    [tools.findInvoices, { overdue: true }],
    [tools.readLedger, {}],
  ] as const)("name their source and the instant", async (reader, input) => {
    expect(isReader(reader)).toBe(true);
    const page = await look(reader, input);
    expect(page.asOf).toBe(`${sampleDay}T08:00:00.000Z`);
    expect(page.rows.length).toBeGreaterThan(0);
    for (const row of page.rows) expect(row.source).toBe(row.record);
  });

  test.each(["how many brushes are in stock?", "brushes", "Brush", "main brush 36 in"])(
    "find brushes by %j",
    async (text) => {
      const { rows } = await look(tools.findStock, { text });
      expect(rows.map(({ record }) => record)).toContain("BR-MAIN-36@MAIN");
      expect(rows.every((row) => /brush|broom/i.test(String(row["name"])))).toBe(true);
    },
  );

  test("list as overdue exactly what is open and due before today", async () => {
    const all = await look(tools.findInvoices, {});
    const due = all.rows.filter((row) => row["open"] !== "0.00 USD" && String(row["due"]) < sampleDay);
    const overdue = await look(tools.findInvoices, { overdue: true });
    expect(overdue.rows.map(({ record }) => record)).toEqual(due.map(({ record }) => record));
    expect(overdue.rows.every((row) => Number(row["daysOverdue"]) > 0)).toBe(true);
  });

  test.each([
    [tools.findInvoices, "INV-1999-0001"],
    [tools.findInvoices, "is inv-1999-0001 paid?"],
    [tools.findOrders, "SO-9999"],
    [tools.findOrders, "INV-2026-0002"],
    [tools.findParties, "P-999"],
    [tools.findParties, "Moon Rover Rentals"],
    [tools.findOrders, "Ironwood Rentals"],
    [tools.findStock, "BR-MAIN-99"],
  ] as const)("take no other record for the one that is named", async (reader, text) => {
    expect(await look(reader, { text })).toMatchObject({ rows: [], total: 0 });
  });

  test.each([
    [tools.findOrders, "so-1007", "SO-1007"],
    [tools.findParties, "P-103", "P-103"],
    [tools.findParties, "Ironwood", "P-103"],
    [tools.findItems, "BR-MAIN-36", "BR-MAIN-36"],
  ] as const)("find exactly the one that is named", async (reader, text, record) => {
    expect((await look(reader, { text })).rows.map((row) => row.record)).toEqual([record]);
  });

  test("list as low exactly what has less free than its reorder level", async () => {
    const all = await look(tools.findStock, {});
    const low = await look(tools.findStock, { low: true });
    const expected = all.rows.filter(
      (row) => row["reorderLevel"] !== null && Number(row["free"]) < Number(row["reorderLevel"]),
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(low.rows).toEqual(expected);
    expect(low.total).toBe(expected.length);
    expect(all.rows.filter((row) => row["isLow"] === true)).toEqual(expected);
  });

  test("list as open exactly what is left to pay or to ship", async () => {
    const invoices = (await look(tools.findInvoices, {})).rows;
    const open = (await look(tools.findInvoices, { open: true })).rows;
    expect(open).toEqual(invoices.filter((row) => row["open"] !== "0.00 USD"));
    expect(open.length).toBeLessThan(invoices.length);
    const orders = (await look(tools.findOrders, { open: true })).rows.map((row) => row["state"]);
    expect(new Set(orders)).toEqual(new Set(["draft", "confirmed"]));
  });

  test("add up over everything that was found, also what a page does not show", async () => {
    const cents = (money: unknown): number => Math.round(Number(String(money).split(" ")[0]) * 100);
    const invoices = await look(tools.findInvoices, { open: true });
    const sum = invoices.rows.reduce((total, row) => total + cents(row["open"]), 0);
    const Sums = z.looseObject({ openInAll: z.string(), overdueCount: z.number() });
    const sums = Sums.parse(await tools.findInvoices.read({ open: true }, { erp: erp(), memory: null, now }));
    expect(cents(sums.openInAll)).toBe(sum);
    expect(sums.overdueCount).toBe(invoices.rows.filter((row) => Number(row["daysOverdue"]) > 0).length);

    const rows = Array.from({ length: 100 }, (_, index) => ({
      record: `X-${String(index)}@MAIN`,
      sku: `X-${String(index)}`,
      name: "Thing",
      category: "things",
      location: "Main",
      unit: "pcs",
      freeThousandths: 1500,
      onHandThousandths: 2000,
      reservedThousandths: 500,
      reorderThousandths: null,
    }));
    const large = { query: async () => ({ rows, total: 100 }) };
    const stock = await tools.findStock.read({}, { erp: large, memory: null, now });
    expect(stock).toMatchObject({ total: 100, freeInAll: 150, onHandInAll: 200, unitInAll: "pcs" });
    const mixed = {
      query: async () => ({
        rows: rows.map((row, at) => ({ ...row, unit: at > 0 ? "pcs" : "m" })),
        total: 100,
      }),
    };
    const unlike = await tools.findStock.read({}, { erp: mixed, memory: null, now });
    expect(unlike).toMatchObject({ freeInAll: null, unitInAll: null });
    const partial = { query: async () => ({ rows, total: 9_000 }) };
    expect(await tools.findStock.read({}, { erp: partial, memory: null, now })).toMatchObject({
      freeInAll: null,
    });
    await expect(tools.findStock.read({ low: true }, { erp: partial, memory: null, now })).rejects.toThrow(
      /too many/,
    );
  });

  test("refuse unknown fields and a project without an ERP", async () => {
    await expect(look(tools.findStock, { project: "another" })).rejects.toThrow(z.ZodError);
    const world = { erp: null, memory: null, now };
    await expect(tools.findStock.read({}, world)).rejects.toThrow(/has no ERP/);
  });
});

describe("the ERP effects", () => {
  test.each([
    [tools.confirmOrder, { order: "so-1007" }, /^Confirm order SO-1007 for Lakeside.*1,020\.78 USD$/],
    [tools.cancelOrder, { order: "SO-1010" }, /^Cancel draft order SO-1010/],
    [tools.shipOrder, { order: "SO-1009" }, /^Ship order SO-1009/],
    [
      tools.createOrder,
      { customer: "Ironwood", item: "gutter broom", quantity: 2.5 },
      /^Create draft order for Ironwood/,
    ],
    [tools.createCustomer, { name: "Tidehouse", creditLimit: 1234.5 }, /^Create customer Tidehouse$/],
    [tools.postInvoice, { order: "SO-1008" }, /^Post invoice for order SO-1008/],
    [tools.registerPayment, { invoice: "inv-2026-0002", amount: 19.99 }, /^Register payment of 19\.99 USD/],
    [tools.adjustStock, { item: "vacuum hose", change: -2, reason: "broken" }, /by -2: broken$/],
    [tools.receiveStock, { item: "spray nozzles", quantity: 40 }, /^Receive 40 of Spray nozzle/],
    [
      tools.setReorderLevel,
      { item: "exit sign", level: 4, buy: 12, location: "van" },
      /^Set Exit sign, .* at Service van to reorder level 4, 12 to buy$/,
    ],
    [
      tools.attachFile,
      {
        record: "so-1007",
        name: "scan.pdf",
        sha256: "9F".repeat(32),
        bytes: 48_211,
        mediaType: "application/pdf",
        from: "the shared drive",
      },
      /^Attach scan\.pdf to SO-1007$/,
    ],
    [tools.addNote, { record: "so-1007", text: "Call first." }, /^Add a note to SO-1007$/],
  ] as const)("can be prepared from what a person says", async (effect, input, summary) => {
    expect(isEffect(effect)).toBe(true);
    const result = await prepare(effect, input);
    expect(result.kind === "prepared" ? result.prepared.summary : result.why).toMatch(summary);
  });

  test.each([
    [tools.confirmOrder, { order: "1007" }],
    [tools.registerPayment, { invoice: "INV-2026-0002", amount: 0.001 }],
    [tools.createOrder, { customer: "Ironwood", item: "gutter broom", quantity: 0 }],
    [tools.createOrder, { customer: "Ironwood", item: "gutter broom", quantity: 1.00005 }],
    [tools.adjustStock, { item: "hose", change: -2, reason: "x", approved: true }],
  ] as const)("refuse input outside their contract", (effect, input) => {
    expect(() => effect.toCommand(input, { connector: "embedded", instance: "main" })).toThrow(z.ZodError);
  });

  test("have an input that becomes JSON Schema with a description for every field", () => {
    for (const tool of Object.values(tools)) {
      const schema = z.toJSONSchema(tool.input, { io: "input" });
      for (const [name, field] of Object.entries(schema.properties ?? {})) {
        expect(field, `${tool.name}.${name}`).toHaveProperty("description");
      }
    }
  });
});
