// What stands between a draft and a deed in Odoo: invoices that come out differently, payments that are under way, several
// due dates, stock that moved meanwhile, and a group that posting asks for.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JsonObject, Prepared, Reported } from "../../src/ports.ts";
import { outcomeOf } from "../../src/work/outcome.ts";
import { approve } from "../contracts/erp-suite.ts";
import { type OpenedOdoo, openOdoo } from "../support/open-odoo.ts";

let opened: OpenedOdoo;
beforeEach(async () => {
  opened = await openOdoo();
});
afterEach(async () => opened.dispose());

const prepare = async (op: string, args: JsonObject) =>
  opened.erp.prepare({ connector: "odoo", instance: "main", op, args });
async function ready(op: string, args: JsonObject): Promise<Prepared> {
  const result = await prepare(op, args);
  if (result.kind === "refused") throw new Error(result.why);
  return result.prepared;
}
async function refusal(op: string, args: JsonObject): Promise<string> {
  const result = await prepare(op, args);
  return result.kind === "refused" ? result.why : "it was prepared";
}
const run = async (prepared: Prepared): Promise<Reported> =>
  opened.erp.execute(approve(prepared, "p-1"), prepared, {
    actionId: "p-1",
    attempt: 1,
    signal: new AbortController().signal,
  });
const move = (field: string, value: string) => opened.fake.store.findBy("account.move", field, value);

test("an invoice is posted as approved: customer, lines and total are read back from it", async () => {
  const prepared = await ready("invoice.post", { order: "S00004" });
  expect(prepared.changes.map(({ label, after }) => [label, after])).toEqual([
    ["customer", "Ironwood Logistics"],
    ["day", "2026-03-16"],
    ["line 1", "1 × Gear 20 teeth at 25.00 USD = 25.00 USD"],
    ["total", "30.00 USD"],
    ["state", "invoiced"],
  ]);
  expect(await run(prepared)).toMatchObject({ kind: "ok" });
  expect(await opened.erp.verify(prepared, "p-1")).toBe("applied");
  expect(move("invoice_origin", "S00004")).toMatchObject({ name: "INV/2026/00003", state: "posted" });
  expect(await refusal("invoice.post", { order: "S00004" })).toMatch(/S00004 is invoiced/u);
});

test("an invoice that comes out differently is left as a draft, said, and not drawn up again over it", async () => {
  const prepared = await ready("invoice.post", { order: "S00004" });
  const { store } = opened.fake;
  store.findBy("sale.order.line", "order_id", store.findBy("sale.order", "name", "S00004").id)["price_tax"] =
    6;
  const reported = await run(prepared);
  expect(reported.kind).toBe("rejected");
  expect(reported.detail).toMatch(/at 31\.00 USD instead of 30\.00 USD\. It was left as a draft/u);
  const verified = await opened.erp.verify(prepared, "p-1");
  expect(outcomeOf(reported, verified).to).toBe("failed");
  expect(move("invoice_origin", "S00004")).toMatchObject({ state: "draft", name: false });
  expect(await refusal("invoice.post", { order: "S00004" })).toMatch(/has a draft invoice in Odoo/u);
});

test("posting that the user's groups don't allow is told as that, and leaves a draft", async () => {
  const prepared = await ready("credit.post", { invoice: "INV/2026/00002" });
  opened.fake.store.deny("account.group_account_invoice", "member");
  expect(await run(prepared)).toMatchObject({ kind: "denied" });
  expect(await opened.erp.verify(prepared, "p-1")).toBe("absent");
  expect(await refusal("credit.post", { invoice: "INV/2026/00002" })).toMatch(/has a draft credit note/u);
});

test("who may not make payments is offered neither them nor posting", async () => {
  opened.fake.store.deny("account.payment.register", "create");
  const { operations, detail } = await opened.erp.probe();
  expect(operations).toContain("stock.adjust");
  expect(operations).not.toContain("payment.register");
  expect(operations).not.toContain("invoice.post");
  expect(detail).toMatch(
    /does not allow this user.*: invoice\.post, credit\.post, payment\.register, bill\.pay/u,
  );
});

test("a credited invoice is not credited again", async () => {
  expect(await run(await ready("credit.post", { invoice: "INV/2026/00002" }))).toMatchObject({ kind: "ok" });
  expect(await refusal("credit.post", { invoice: "INV/2026/00002" })).toMatch(
    /credited already, by RINV\/2026\/00001/u,
  );
});

test("a payment that Odoo books only with the bank's statement counts as done, and is not asked for twice", async () => {
  opened.fake.store.booksPayments = false;
  const prepared = await ready("payment.register", { invoice: "INV/2026/00001" });
  expect(prepared.summary).toBe(
    "Register payment of 30.00 USD from Ironwood Logistics for invoice INV/2026/00001",
  );
  expect(await run(prepared)).toMatchObject({ kind: "ok" });
  expect(await opened.erp.verify(prepared, "p-1")).toBe("applied");
  expect(move("name", "INV/2026/00001")).toMatchObject({ amount_residual: 30 });
  expect(await refusal("payment.register", { invoice: "INV/2026/00001" })).toMatch(
    /A payment for INV\/2026\/00001 is under way in Odoo/u,
  );
});

test("what is due in several parts is left to people", async () => {
  const { store } = opened.fake;
  const { id } = move("name", "INV/2026/00001");
  store.insert("account.move.line", {
    move_id: id,
    display_type: "payment_term",
  });
  expect(await refusal("payment.register", { invoice: "INV/2026/00001" })).toMatch(/due in several parts/u);
});

test("stock that moved between the count and its application: nothing is applied, and the count that waits is named", async () => {
  const { fake } = opened;
  const args = { item: "BELT-A", changeThousandths: -1000, reason: "damaged" };
  const prepared = await ready("stock.adjust", args);
  fake.fault("hang");
  const sent = run(prepared);
  await fake.hung();
  const product = fake.store.findBy("product.product", "default_code", "BELT-A").id;
  fake.store.findBy("stock.quant", "product_id", product)["quantity"] = 8;
  await fake.release();
  expect(await sent).toMatchObject({ kind: "stale" });
  expect(await opened.erp.verify(prepared, "p-1")).toBe("absent");
  expect(fake.store.all("stock.move")).toEqual([]);
  expect(await refusal("stock.adjust", args)).toMatch(/A count of Drive belt A waits at WH\/Stock/u);
});

test("what is kept by lot, or lies at several places, is not guessed", async () => {
  const { store } = opened.fake;
  const product = store.findBy("product.product", "default_code", "BELT-A").id;
  const location_id = store.insert("stock.location", { name: "WH/Shelf", usage: "internal" }).id;
  const shelf = store.insert("stock.quant", {
    product_id: product,
    location_id,
    quantity: 5,
    reserved_quantity: 0,
    inventory_quantity_set: false,
  });
  const args = { item: "BELT-A", changeThousandths: -1000, reason: "damaged" };
  expect(await refusal("stock.adjust", args)).toMatch(/lies at WH\/Stock, WH\/Shelf\. Say at which/u);
  expect((await ready("stock.adjust", { ...args, location: "shelf" })).summary).toMatch(
    /at WH\/Shelf by -1/u,
  );
  shelf["location_id"] = store.findBy("stock.location", "name", "WH/Stock").id;
  expect(await refusal("stock.adjust", args)).toMatch(/kept by lot, package or owner/u);
});
