// The offline model between a question and its answer, before a form, and where another agent should have it.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import type { Json } from "../../src/ports.ts";
import { fillInputs } from "../../src/work/pipeline-inputs.ts";
import * as erp from "../../src/tools/erp.ts";
import { answerOf, desk, hears, sees } from "../support/offline-desk.ts";
import { unpaid } from "../support/purse.ts";

const customers = desk([erp.findParties, erp.createCustomer]);
const sales = desk([erp.findOrders, erp.readOrder, erp.createOrder, erp.confirmOrder]);
const stock = desk([erp.findStock, erp.findItems, erp.adjustStock, erp.receiveStock]);
const invoices = desk([erp.findInvoices, erp.readLedger, erp.postInvoice, erp.registerPayment]);

describe("an answer", () => {
  test.each<[typeof sales, string, string, Json]>([
    [
      customers,
      "create a customer\nAcme GmbH, Berlin",
      "createCustomer",
      { name: "Acme GmbH", city: "Berlin" },
    ],
    [customers, "create a customer\nacme", "createCustomer", { name: "acme" }],
    [
      sales,
      "new order for Pinecrest Schools\n10 dust bag filters",
      "createOrder",
      { customer: "Pinecrest Schools", item: "dust bag filter", quantity: 10 },
    ],
    [sales, "confirm the order of Hansen\nSO-1010", "confirmOrder", { order: "SO-1010" }],
    [
      stock,
      "Adjust the stock of hoses by minus 2\nthey were damaged",
      "adjustStock",
      { item: "hose", change: -2, reason: "damaged" },
    ],
    [invoices, "post an invoice\nSO-1008", "postInvoice", { order: "SO-1008" }],
  ])("%# completes the request it belongs to", async (...[at, text, name, input]) => {
    expect(await hears(at, text)).toEqual({ name, input });
  });

  test("that is a question again is asked again, and a no ends it", async () => {
    expect((await hears(customers, "create a customer\nwhat for?"))?.name).toBe("ask_person");
    const ended = await hears(customers, "create a customer\nnever mind");
    expect(ended).toMatchObject({ name: "reply", input: { answer: "All right. Nothing was prepared." } });
  });
});

describe("narrowing down", () => {
  test.each<[typeof sales, string, string, Json]>([
    [stock, "what is running low?", "findStock", { low: true }],
    [stock, "which items are below their reorder level?", "findStock", { low: true }],
    [invoices, "anything unpaid?", "findInvoices", { open: true }],
    [invoices, "who owes us money?", "findInvoices", { open: true }],
    [invoices, "is INV-2026-0001 still unpaid?", "findInvoices", { text: "INV-2026-0001" }],
    [sales, "draft orders", "findOrders", { state: "draft" }],
    [sales, "open orders", "findOrders", { open: true }],
    [sales, "any orders to be confirmed?", "findOrders", { open: true }],
    [stock, "receive 20 side brushes", "receiveStock", { item: "side brush", quantity: 20 }],
  ])("%# hears %o", async (...[at, text, name, input]) => {
    expect(await hears(at, text)).toEqual({ name, input });
  });
});

describe("a pipeline's form", () => {
  const inputs = z.object({
    client: z.string().describe("the client's name"),
    city: z.string().optional().describe("where the client is based"),
    contact: z.string().optional().describe("whom to write to"),
  });
  const fill = async (text: string) =>
    fillInputs(unpaid(createOfflineModel()), { inputs, text, signal: new AbortController().signal });

  test.each<[string, Record<string, string>]>([
    ["onboard Acme GmbH, Hamburg", { client: "Acme GmbH", city: "Hamburg" }],
    ["New client: Seestern Café", { client: "Seestern Café" }],
    ["New client: Hansen Reklame, Husum", { client: "Hansen Reklame", city: "Husum" }],
    ["Acme GmbH", { client: "Acme GmbH" }],
    ["tidehouse", { client: "tidehouse" }],
    ["Start onboarding: client Deichgraf, contact Anke", { client: "Deichgraf", contact: "Anke" }],
    ["run onboarding city=Kiel client=Nordlicht", { client: "Nordlicht", city: "Kiel" }],
    ["Onboard a client", {}],
    ["Set up our new client", {}],
    ["Start the onboarding", {}],
  ])("is filled from %o", async (text, found) => {
    expect(await fill(text)).toEqual(found);
  });
});

describe("what is not its own", () => {
  const card = desk([erp.findOrders]);
  const declining = {
    ...card,
    declines: ["What city is our customer Northgate in? → erp/customers", "Draft a mail → language/draft"],
  };
  test("goes to the agent that the card names for it", async () => {
    expect(await hears(declining, "What city is our customer Northgate in?")).toEqual({
      name: "decline",
      input: { why: "That is for erp/customers, not for me.", instead: "erp/customers" },
    });
    expect((await hears(declining, "List orders of Lakeside"))?.name).toBe("findOrders");
  });
});

describe("what is remembered", () => {
  const context =
    "[f-1 | fact by Kit | 2026-03-01 | unverified] Kestrel Brush Works supplies the main brush.";
  const at = desk([erp.findParties], { context });
  const input = { text: "main brush", role: "supplier" };
  const empty = { asOf: "2026-11-21T10:00:12.000Z", rows: [], total: 0 };

  test("stands beside what the ERP says, with its source, day and label", async () => {
    const text = "who supplies the main brush?";
    const widened = await sees(at, text, { tool: "findParties", input, result: empty });
    expect(widened).toMatchObject({ name: "findParties", input: { role: "supplier" } });
    const result = { ...empty, rows: [{ record: "P-110", name: "Kestrel Brush Works" }], total: 1 };
    const call = await sees(at, text, { tool: "findParties", input: { role: "supplier" }, result });
    expect(answerOf(call)).toMatch(
      /P-110[^]*From memory: “Kestrel.*” \(fact by Kit, 2026-03-01, unverified; f-1\)/u,
    );
  });
});
