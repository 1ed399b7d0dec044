// The ERP tools as agents hold them, over the real embedded ERP: what a reader answers, and what an effect would do.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Effect, type Reader, isEffect, isReader } from "../../src/effects.ts";
import * as tools from "../../src/tools/erp.ts";
import { type OpenedErp, openEmbeddedErp, sampleDay } from "../support/embedded-erp.ts";

let opened: OpenedErp;
beforeAll(() => {
  opened = openEmbeddedErp();
});
afterAll(async () => opened.dispose());

const now = Date.parse(`${sampleDay}T08:00:00Z`);
const Page = z.object({
  asOf: z.string(),
  rows: z.array(z.looseObject({ record: z.string(), source: z.string() })),
  total: z.number(),
});
const look = async (reader: Reader, input: unknown) =>
  Page.parse(await reader.read(input, { erp: opened.erp, memory: null, now }));
const prepare = async (effect: Effect, input: unknown) =>
  opened.erp.prepare(effect.toCommand(input, { connector: "embedded", instance: "main" }));

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
