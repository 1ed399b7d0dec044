// Readers and effects of buying, quotes, payments and the books, over the real embedded ERP.
import { describe, expect, test } from "vitest";
import type { Effect, Reader } from "../../src/effects.ts";
import * as tools from "../../src/tools/erp.ts";
import { sampleDay } from "../support/embedded-erp.ts";
import { useErpTools } from "./erp-stage.ts";

const { look, prepare } = useErpTools();
const recordsOf = async (reader: Reader, input: unknown) =>
  (await look(reader, input)).rows.map(({ record }) => record);

describe("the readers", () => {
  test.each([
    [tools.findCustomers, { text: "Ironwood" }, ["P-103"]],
    [tools.findCustomers, { text: "Kestrel" }, []],
    [tools.findSuppliers, { text: "Kestrel" }, ["P-110"]],
    [tools.findSuppliers, { text: "Ironwood" }, []],
    [tools.findQuotes, { open: true }, ["QU-1003", "QU-1002"]],
    [tools.findQuotes, { state: "declined" }, ["QU-1001"]],
    [tools.readQuote, { quote: "qu-1002" }, ["QU-1002", "QU-1002#1", "QU-1002#2"]],
    [tools.findPurchases, { open: true }, ["PO-1003"]],
    [tools.readPurchase, { purchase: "PO-1003" }, ["PO-1003", "PO-1003#1"]],
    [tools.findRequests, { state: "open" }, ["PR-1004"]],
    [tools.readRequest, { request: "PR-1004" }, ["PR-1004", "PR-1004#1"]],
    [tools.findSources, { text: "spray nozzle" }, ["PO-1001"]],
    [tools.findSources, { text: "moon rover" }, []],
  ] as const)("find exactly what is meant", async (reader, input, records) => {
    expect(await recordsOf(reader, input)).toEqual(records);
  });

  test.each([
    tools.findDeliveries,
    tools.findReceipts,
    tools.findBills,
    tools.findPayments,
    tools.findPayouts,
    tools.findEntries,
  ])("name source, instant and amount of everything", async (reader) => {
    const { asOf, rows } = await look(reader, {});
    expect(asOf).toBe(`${sampleDay}T08:00:00.000Z`);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.source).toBe(row.record);
      expect(JSON.stringify(row)).toMatch(/\d\.\d\d USD/u);
    }
  });

  test("add up all papers that fit, and say what we owe as the sum of open bills", async () => {
    const cents = (money: unknown): number => Math.round(Number(String(money).split(" ")[0]) * 100);
    const quotes = await look(tools.findQuotes, { open: true });
    expect(cents(quotes["totalInAll"])).toBe(quotes.rows.reduce((sum, { total }) => sum + cents(total), 0));
    const bills = await look(tools.findBills, { open: true });
    expect(bills.rows.length).toBeGreaterThan(0);
    expect(cents(bills["openInAll"])).toBe(bills.rows.reduce((sum, { open }) => sum + cents(open), 0));
  });

  test("find bookings by document and account, all words of the text", async () => {
    const { rows } = await look(tools.findEntries, { text: "cash INV-2025-0001" });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(JSON.stringify(row)).toMatch(/Cash/u);
  });
});

describe("the effects", () => {
  test.each([
    [
      tools.createQuote,
      { customer: "Oakfield", item: "drive belt", quantity: 5 },
      /^Create draft quote for Oakfield/,
    ],
    [tools.sendQuote, { quote: "qu-1003" }, /^Send quote QU-1003 of Oakfield/],
    [tools.acceptQuote, { quote: "QU-1002" }, /^Accept quote QU-1002 of Pinecrest/],
    [tools.declineQuote, { quote: "QU-1002" }, /declined: quote QU-1002/],
    [tools.cancelQuote, { quote: "QU-1003" }, /^Cancel quote QU-1003/],
    [tools.createSupplier, { name: "Gummi Wien" }, /^Create supplier Gummi Wien$/],
    [tools.changeSupplier, { supplier: "Kestrel", city: "Albany" }, /^Change the details of Kestrel/],
    [tools.changeCustomer, { customer: "Northgate", creditLimit: 12000 }, /^Change the details of Northgate/],
    [tools.changePrice, { item: "drive belt", price: 29.9 }, /^Change the price of Drive belt.*29\.90 USD$/],
    [
      tools.createItem,
      { number: "ho-wide", name: "Vacuum hose 3 in", price: 72, cost: 38.5 },
      /^Create item Vacuum hose 3 in \(HO-WIDE\)/,
    ],
    [
      tools.createRequest,
      { supplier: "Plainview", item: "exit sign", quantity: 4 },
      /^Request a purchase from Plainview/,
    ],
    [tools.orderRequest, { request: "pr-1004" }, /^Order request PR-1004/],
    [tools.cancelRequest, { request: "PR-1004" }, /^Cancel purchase request PR-1004/],
    [
      tools.createPurchase,
      { supplier: "Kestrel", item: "side brush 18 in", quantity: 2, price: 40 },
      /^Create draft purchase order at Kestrel.*85\.60 USD$/,
    ],
    [tools.receivePurchase, { purchase: "po-1003" }, /^Receive the goods of PO-1003/],
    [tools.cancelPurchase, { purchase: "PO-1003" }, /^Cancel sent purchase order PO-1003/],
    [tools.payBill, { bill: "BILL-2026-0002", amount: 100 }, /^Pay 100\.00 USD to Plainview/],
    [tools.postCredit, { invoice: "INV-2026-0004" }, /^Post credit note for invoice INV-2026-0004/],
    [
      tools.postCredit,
      { invoice: "INV-2026-0003", item: "exit sign", quantity: 2, goodsReturned: true },
      /74\.04 USD, goods back in stock$/,
    ],
    [
      tools.postEntry,
      {
        debit: "Equity",
        credit: "Cash",
        amount: 120,
        reason: "owner's draw",
        more: [{ debit: "Equity", credit: "Sales tax", amount: 5 }],
      },
      /^Post journal entry of 125\.00 USD: debit Equity, credit Cash \+ Sales tax \(owner's draw\)$/,
    ],
    [
      tools.reverseEntry,
      { entry: "je-1" },
      /^Reverse journal entry JE-1 of 2025-11-16, 25,000\.00 USD: Opening cash$/,
    ],
    [tools.lockPeriod, { before: "2026-01-01" }, /^Close the books before 2026-01-01$/],
  ] as const)("can be prepared from what a person says", async (effect, input, summary) => {
    const result = await prepare(effect, input);
    expect(result.kind === "prepared" ? result.prepared.summary : result.why).toMatch(summary);
  });

  test.each([
    [tools.sendPurchase, { purchase: "PO-1003" }, /is sent: only a draft purchase order can be sent/],
    [tools.postBill, { purchase: "PO-1003" }, /is sent: only a received purchase order can be billed/],
  ] as const)("are refused with where the record stands", async (effect, input, why) => {
    const result = await prepare(effect, input);
    expect(result.kind === "refused" ? result.why : result.kind).toMatch(why);
  });

  test("each looks at the live record through a reader before it is proposed", () => {
    const all = Object.values(tools).filter((tool): tool is Effect => tool.kind === "effect");
    const known = new Set(["addNote", "attachFile"]);
    const sample = {
      order: "SO-1007",
      quote: "QU-1002",
      purchase: "PO-1003",
      request: "PR-1004",
      invoice: "INV-2026-0004",
      bill: "BILL-2026-0002",
      customer: "Ironwood",
      supplier: "Kestrel",
      item: "drive belt",
      name: "Tidehouse",
      quantity: 1,
      price: 1,
      cost: 1,
      change: -1,
      level: 5,
      reason: "lost",
      number: "HO-WIDE",
      before: "2026-01-01",
      record: "SO-1007",
      entry: "JE-1",
      debit: "Equity",
      credit: "Cash",
      amount: 1,
      text: "x",
    };
    for (const effect of all) {
      const input = Object.fromEntries(
        Object.entries(sample).filter(([field]) => field in effect.input.shape),
      );
      const looks = effect.rereads(known.has(effect.name) ? { record: "SO-1007", text: "x" } : input);
      expect(looks.length > 0 || known.has(effect.name), effect.name).toBe(true);
      for (const { reader, input: asked } of looks) expect(reader.input.safeParse(asked).success).toBe(true);
    }
  });
});
