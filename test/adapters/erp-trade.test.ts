// Buying and selling in the embedded ERP from end to end, judged by its books: what each step does to stock, cash,
// what is owed either way, tax, revenue and cost.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { ErpCommand, JsonObject } from "../../src/ports.ts";
import { approve } from "../contracts/erp-suite.ts";
import { type OpenedErp, openEmbeddedErp } from "../support/embedded-erp.ts";

let opened: OpenedErp;
let done = 0;
beforeEach(() => {
  opened = openEmbeddedErp();
});
afterEach(async () => {
  expect(opened.raw.prepare("SELECT what, detail FROM breach").all()).toEqual([]);
  await opened.dispose();
});

const command = (op: string, args: JsonObject): ErpCommand => ({
  connector: "embedded",
  instance: "main",
  op,
  args,
});

/** Does it, as after an approval; the sentence that says why not where it can't be done. */
async function does(op: string, args: JsonObject): Promise<string> {
  const result = await opened.erp.prepare(command(op, args));
  if (result.kind === "refused") return result.why;
  const actionId = `p-${(done += 1)}`;
  const options = { actionId, attempt: 1, signal: new AbortController().signal };
  const reported = await opened.erp.execute(approve(result.prepared, actionId), result.prepared, options);
  expect(reported.kind).toBe("ok");
  expect(await opened.erp.verify(result.prepared, actionId)).toBe("applied");
  return result.prepared.summary;
}

test("A3: whoever was never sent more than drafts is new, until something binds them", async () => {
  const isNew = async (op: string, args: JsonObject): Promise<unknown> => {
    const result = await opened.erp.prepare(command(op, args));
    return result.kind === "prepared" ? result.prepared.risk.isNewParty : result.why;
  };
  await does("party.create", { kind: "customer", name: "Tidehouse" });
  const order = { customer: "Tidehouse", lines: [{ item: "Drive belt", quantityThousandths: 1_000 }] };
  await does("order.create", order);
  const { rows } = await opened.erp.query({ kind: "orders", text: "Tidehouse", state: null, limit: 5 });
  const number = rows[0]?.record ?? "";
  expect(await isNew("order.create", order)).toBe(true);
  expect(await isNew("order.confirm", { order: number })).toBe(true);
  await does("order.confirm", { order: number });
  expect(await isNew("order.ship", { order: number })).toBe(false);
  expect(await isNew("order.confirm", { order: "SO-1007" })).toBe(false);
});

const accounts = {
  cash: "1000",
  receivable: "1100",
  inventory: "1200",
  inputTax: "1300",
  payable: "2100",
  unbilled: "2150",
  tax: "2200",
  revenue: "4000",
  cost: "5000",
  priceDifferences: "5950",
} as const;
type Account = keyof typeof accounts;

function balances(): Record<Account, number> {
  const read = opened.raw.prepare("SELECT amount FROM balance WHERE account=?");
  const of = (code: string): number => Number(read.get(code)?.["amount"] ?? 0);
  return {
    cash: of(accounts.cash),
    receivable: of(accounts.receivable),
    inventory: of(accounts.inventory),
    inputTax: of(accounts.inputTax),
    payable: of(accounts.payable),
    unbilled: of(accounts.unbilled),
    tax: of(accounts.tax),
    revenue: of(accounts.revenue),
    cost: of(accounts.cost),
    priceDifferences: of(accounts.priceDifferences),
  };
}

/** What `step` moved; figures that stood still are left out. */
async function moved(op: string, args: JsonObject): Promise<Partial<Record<Account, number>>> {
  const before = balances();
  expect(await does(op, args)).toMatch(/^[A-Z][a-z]+ /u);
  const after = balances();
  const by: Partial<Record<Account, number>> = {};
  for (const name of Object.keys(accounts).filter((key): key is Account => key in accounts)) {
    if (after[name] !== before[name]) by[name] = after[name] - before[name];
  }
  return by;
}

const units = (sku: string): number =>
  Number(
    opened.raw.prepare("SELECT sum(on_hand) AS n FROM stock WHERE sku=? AND loc='MAIN'").get(sku)?.["n"],
  );
const last = (kind: string): string =>
  String(opened.raw.prepare("SELECT ref FROM doc WHERE kind=? ORDER BY id DESC LIMIT 1").get(kind)?.["ref"]);
const stateOf = (ref: string): string =>
  String(opened.raw.prepare("SELECT state FROM doc WHERE ref=?").get(ref)?.["state"]);

describe("selling", () => {
  test("order, ship, invoice, pay, credit: 3 gears at 18.50 with 20 % tax", async () => {
    const gear = { sku: "GEAR-12", name: "Gear 12", priceCents: 1850, costCents: 900, taxBasisPoints: 2000 };
    await does("item.create", gear);
    await does("party.create", { name: "Acme Industrial" });
    await does("stock.receive", { item: "GEAR-12", quantityThousandths: 40_000 });
    const lines = [{ item: "GEAR-12", quantityThousandths: 3000 }];
    expect(await moved("order.create", { customer: "Acme", lines })).toEqual({});
    const order = last("order");
    await does("order.confirm", { order });
    expect(await moved("order.ship", { order })).toEqual({ inventory: -2700, cost: 2700 });
    expect(units("GEAR-12")).toBe(37_000);
    expect(await moved("invoice.post", { order })).toEqual({ receivable: 6660, tax: -1110, revenue: -5550 });
    const invoice = last("invoice");
    expect(await moved("payment.register", { invoice })).toEqual({ cash: 6660, receivable: -6660 });
    expect(await moved("credit.post", { invoice })).toEqual({ receivable: -6660, tax: 1110, revenue: 5550 });
    expect([stateOf(order), stateOf(invoice), units("GEAR-12")]).toEqual(["invoiced", "paid", 37_000]);
  });

  test("a credit note settles what is open, and no more is credited than was invoiced", async () => {
    const invoice = "INV-2026-0003";
    const some = { invoice, lines: [{ item: "SG-WET", quantityThousandths: 5000 }] };
    expect(await moved("credit.post", some)).toEqual({ receivable: -10_673, tax: 698, revenue: 9975 });
    expect(stateOf(invoice)).toBe("posted");
    const more = { invoice, lines: [{ item: "SG-WET", quantityThousandths: 10_001 }] };
    expect(await does("credit.post", more)).toMatch(/^Only 10 of Wet floor stand .* can still be credited/u);
    const before = units("SG-WET");
    await does("credit.post", { invoice, goodsReturned: true });
    expect(units("SG-WET") - before).toBe(10_000);
    expect(stateOf(invoice)).toBe("credited");
    expect(await does("credit.post", { invoice })).toBe(
      "Invoice INV-2026-0003 is credited already: nothing of it is left.",
    );
    expect(await does("payment.register", { invoice })).toMatch(/paid already/u);
  });

  test("an accepted quote becomes an order at the quoted prices, once, and not after its last day", async () => {
    await does("item.price", { item: "BR-GUTTER", priceCents: 19_900 });
    expect(await does("quote.accept", { quote: "QU-1002", day: "2026-04-08" })).toMatch(
      /^Quote QU-1002 was valid until 2026-04-07/u,
    );
    expect(await does("quote.accept", { quote: "QU-1002" })).toMatch(/as a draft order: 462\.88 USD$/u);
    expect(await does("quote.accept", { quote: "QU-1002" })).toBe(
      "Quote QU-1002 is accepted: only a sent quote can be accepted.",
    );
    const order = last("order");
    const total = opened.raw.prepare("SELECT total FROM doc WHERE ref=?").get(order);
    expect(total).toEqual({ total: 46_288 });
    expect(await does("quote.decline", { quote: "QU-1003" })).toMatch(/only a sent quote/u);
  });
});

describe("buying", () => {
  test("request, order, receive, bill, pay: goods at their value, the rest as a price difference", async () => {
    const lines = [{ item: "FI-PANEL", quantityThousandths: 4000, priceCents: 6000 }];
    expect(await moved("purchase.create", { supplier: "Union Filter", lines })).toEqual({});
    const purchase = last("purchase");
    expect(await does("purchase.receive", { purchase })).toMatch(/only a sent purchase order/u);
    await does("purchase.send", { purchase });
    expect(await does("bill.post", { purchase })).toMatch(/only a received purchase order/u);
    expect(await moved("purchase.receive", { purchase })).toEqual({ inventory: 22_480, unbilled: -22_480 });
    expect(await does("purchase.cancel", { purchase })).toMatch(/only a draft or sent/u);
    expect(await moved("bill.post", { purchase })).toEqual({
      unbilled: 22_480,
      priceDifferences: 1520,
      inputTax: 1680,
      payable: -25_680,
    });
    const bill = last("bill");
    expect(await moved("bill.pay", { bill, amountCents: 5680 })).toEqual({ cash: -5680, payable: 5680 });
    expect(stateOf(bill)).toBe("posted");
    expect(await moved("bill.pay", { bill })).toEqual({ cash: -20_000, payable: 20_000 });
    expect(stateOf(bill)).toBe("paid");
    expect(await does("bill.pay", { bill })).toMatch(/is paid: only a posted bill/u);
  });

  test("a request is ordered whole, once, or cancelled", async () => {
    expect(await does("request.order", { request: "PR-1004" })).toMatch(/as a draft: 180\.83 USD$/u);
    expect(await does("request.order", { request: "PR-1004" })).toMatch(/is ordered: only an open/u);
    expect(await does("request.cancel", { request: "PR-1004" })).toMatch(/is ordered/u);
  });

  test("a bill below the goods' value is a gain", async () => {
    const lines = [{ item: "FI-PANEL", quantityThousandths: 1000, priceCents: 5000 }];
    await does("purchase.create", { supplier: "Union Filter", lines });
    const purchase = last("purchase");
    await does("purchase.send", { purchase });
    await does("purchase.receive", { purchase });
    expect(await moved("bill.post", { purchase })).toMatchObject({ unbilled: 5620, priceDifferences: -620 });
  });
});

describe("closing the books", () => {
  test("nothing is booked before the day, and it only moves forward", async () => {
    expect(await does("period.lock", { before: "2026-03-16" })).toBe("Close the books before 2026-03-16");
    expect(
      await does("stock.receive", { item: "HO-VAC", quantityThousandths: 1000, day: "2026-03-15" }),
    ).toMatch(/books of that day are closed/u);
    expect(await does("period.lock", { before: "2026-03-16" })).toMatch(/closed already/u);
    expect(await does("stock.receive", { item: "HO-VAC", quantityThousandths: 1000 })).toMatch(/^Receive/u);
  });
});

describe("the journal", () => {
  const lines = [
    { account: "Stock differences", side: "debit", amountCents: 1250 },
    { account: "Cash", side: "credit", amountCents: 1250 },
  ];
  const newest = () => `JE-${String(opened.raw.prepare("SELECT max(id) AS id FROM entry").get()?.["id"])}`;

  test("an entry is posted as it was shown, and corrected by one exact reversal that nothing reverses", async () => {
    const planned = await opened.erp.prepare(command("entry.post", { reason: "bank charge", lines }));
    expect(planned.kind === "prepared" ? planned.prepared.changes : []).toEqual(
      [
        ["debit 5900 Stock differences", "12.50"],
        ["credit 1000 Cash", "12.50"],
        ["for", "bank charge"],
        ["day", "2026-03-16"],
      ].map(([label, after]) => ({ record: "new journal entry", label, before: null, after })),
    );
    expect(await moved("entry.post", { reason: "bank charge", lines })).toEqual({ cash: -1250 });
    const entry = newest();
    expect(await moved("entry.reverse", { entry })).toEqual({ cash: 1250 });
    expect(await does("entry.reverse", { entry })).toBe(`${entry} is reversed by ${newest()} already.`);
    expect(await does("entry.reverse", { entry: newest() })).toMatch(/is a reversal itself: post the entry/u);
  });

  test("a reversal that two asked for is done once: the second is stale", async () => {
    await does("entry.post", { reason: "bank charge", lines });
    const both = await Promise.all(
      [1, 2].map(async () => opened.erp.prepare(command("entry.reverse", { entry: newest() }))),
    );
    const kinds: string[] = [];
    for (const [at, result] of both.entries()) {
      if (result.kind === "refused") throw new Error(result.why);
      const options = { actionId: `p-both-${at}`, attempt: 1, signal: new AbortController().signal };
      const approval = approve(result.prepared, options.actionId);
      kinds.push((await opened.erp.execute(approval, result.prepared, options)).kind);
    }
    expect(kinds).toEqual(["ok", "stale"]);
  });

  test("closed books take no entry and no reversal, and what documents and stock keep is theirs", async () => {
    await does("entry.post", { reason: "bank charge", lines, day: "2026-02-10" });
    const entry = newest();
    await does("period.lock", { before: "2026-03-01" });
    expect(await does("entry.post", { reason: "late", lines, day: "2026-02-28" })).toMatch(/are closed/u);
    expect(await does("entry.reverse", { entry, day: "2026-02-28" })).toMatch(/are closed/u);
    expect(await does("entry.reverse", { entry, day: "2026-02-01" })).toMatch(/can't be older/u);
    expect(await does("entry.reverse", { entry })).toMatch(/^Reverse journal entry JE-\d+ of 2026-02-10/u);
    const booked = opened.raw
      .prepare("SELECT e.id, d.kind FROM entry e JOIN doc d ON d.id=e.doc WHERE d.kind='invoice' LIMIT 1")
      .get();
    expect(await does("entry.reverse", { entry: `JE-${String(booked?.["id"])}` })).toMatch(
      /was booked by INV-\d+-\d+: correct that document/u,
    );
    const twice = [...lines, { account: "Cash", side: "debit", amountCents: 1 }];
    expect(await does("entry.post", { reason: "x", lines: twice })).toMatch(/both sides .* must be equal/u);
    for (const account of ["Receivable", "Payable", "Inventory"]) {
      const [, cash] = lines;
      const wrong = [{ account, side: "debit", amountCents: 1250 }, cash ?? {}];
      expect(await does("entry.post", { reason: "x", lines: wrong })).toMatch(/is moved by .* only/u);
    }
  });
});

describe("master data", () => {
  test("every change says what was and what is", async () => {
    const result = await opened.erp.prepare(
      command("party.change", { party: "Pinecrest", creditLimitCents: 0, termsDays: 14 }),
    );
    expect(result.kind === "prepared" ? result.prepared.changes : []).toEqual([
      { record: "P-107", label: "payment terms", before: "45 days", after: "14 days" },
      { record: "P-107", label: "credit limit", before: "5,000.00", after: "0.00" },
    ]);
    const price = await opened.erp.prepare(command("item.price", { item: "HO-VAC", priceCents: 6000 }));
    expect(price.kind === "prepared" ? price.prepared.changes : []).toEqual([
      { record: "HO-VAC", label: "price", before: "59.15", after: "60.00" },
    ]);
  });
});

describe("asking", () => {
  test("every kind of paper is found by its party, its state and its number, with its lines", async () => {
    const { erp } = opened;
    const kinds = ["quote", "delivery", "payment", "request", "purchase", "receipt", "payout"] as const;
    for (const of of kinds) {
      const { rows, total } = await erp.query({ kind: "documents", of, text: null, state: null, limit: 1 });
      expect([of, rows.length, total > 0]).toEqual([of, 1, true]);
      const [row] = rows;
      const one = { kind: "document", of, number: (row?.record ?? "").toLowerCase() } as const;
      const [head, ...lines] = (await erp.query(one)).rows;
      expect(head).toMatchObject({ record: row?.record, kind: of });
      expect(lines.length > 0, of).toBe(of !== "payment" && of !== "payout");
      const text = z.string().parse(row?.["party"]);
      const state = z.string().parse(row?.["state"]);
      const found = await erp.query({ kind: "documents", of, text, state, limit: 9 });
      expect(found.rows.map(({ record }) => record)).toContain(row?.record);
    }
    const none = { kind: "documents", of: "quote", text: "Nobody", state: null, limit: 9 } as const;
    expect((await erp.query(none)).total).toBe(0);
  });

  test("bills say what is open and how late it is, the journal says every line", async () => {
    const overdue = { kind: "bills", text: null, overdueOn: "2026-03-16", limit: 9 } as const;
    const { rows } = await opened.erp.query(overdue);
    expect(rows).toMatchObject([{ record: "BILL-2026-0002", openCents: 16_692, daysOverdue: 9 }]);
    const { total } = await opened.erp.query({ kind: "entries", limit: 1 });
    expect(total).toBe(opened.raw.prepare("SELECT count(*) AS n FROM line").get()?.["n"]);
  });
});
