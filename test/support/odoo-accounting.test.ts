// The fake Odoo's accounting and counting, rule by rule on the wire: forms and drafts bind nobody, posting asks for a group,
// a payment is made and matched in one call, a count moves nothing until it is applied.
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { type FakeOdoo, startFakeOdoo } from "./odoo/index.ts";

let fake: FakeOdoo;
beforeEach(async () => {
  fake = await startFakeOdoo();
});
afterEach(async () => fake.close());

async function call(path: string, body: object): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${fake.url}/json/2/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `bearer ${fake.key}` },
    body: JSON.stringify(body),
  });
  const parsed: unknown = await response.json();
  return { status: response.status, body: parsed };
}
const made = async (model: string, vals: object, context: object = {}): Promise<readonly number[]> =>
  z.array(z.int()).parse((await call(`${model}/create`, { vals_list: [vals], context })).body);
const move = (name: string) => fake.store.findBy("account.move", "name", name);
const order = (name: string) => fake.store.findBy("sale.order", "name", name);
const on = (...names: readonly string[]) => ({
  active_model: "account.move",
  active_ids: names.map((name) => move(name).id),
});
const invoicing = (name: string) => ({
  advance_payment_method: "delivered",
  sale_order_ids: [[6, 0, [order(name).id]]],
});
const userError = { status: 422, body: { name: "odoo.exceptions.UserError" } };

test("an invoice is drawn up as a draft, over what was delivered, once; the draft counts as invoiced", async () => {
  const form = "sale.advance.payment.inv";
  const early = await made(form, invoicing("S00003"));
  expect(await call(`${form}/create_invoices`, { ids: early })).toMatchObject(userError);
  const ids = await made(form, invoicing("S00004"));
  expect(await call(`${form}/create_invoices`, { ids })).toMatchObject({
    status: 200,
    body: { res_model: "account.move" },
  });
  expect(order("S00004")).toMatchObject({ invoice_status: "invoiced" });
  const draft = fake.store.findBy("account.move", "invoice_origin", "S00004");
  expect(draft).toMatchObject({ state: "draft", name: false, amount_total: 30 });
  expect(await call(`${form}/create_invoices`, { ids })).toMatchObject(userError);
  expect(await call(`${form}/create`, { vals_list: [{}] })).toMatchObject({
    body: { name: "odoo.exceptions.ValidationError" },
  });
});

test("posting gives the next number and books, asks for the invoicing group, and does it once", async () => {
  const form = "sale.advance.payment.inv";
  await call(`${form}/create_invoices`, { ids: await made(form, invoicing("S00004")) });
  const draft = fake.store.findBy("account.move", "invoice_origin", "S00004");
  const lines = fake.store.all("account.move.line").length;
  fake.store.deny("account.group_account_invoice", "member");
  expect(await call("account.move/action_post", { ids: [draft.id] })).toMatchObject({
    status: 403,
    body: { name: "odoo.exceptions.AccessError" },
  });
  const { id } = draft;
  await fake.close();
  fake = await startFakeOdoo();
  await call(`${form}/create_invoices`, { ids: await made(form, invoicing("S00004")) });
  expect(id).toBe(fake.store.findBy("account.move", "invoice_origin", "S00004").id);
  expect(await call("account.move/action_post", { ids: [id] })).toMatchObject({ status: 200 });
  expect(move("INV/2026/00003")).toMatchObject({ id, state: "posted" });
  expect(fake.store.all("account.move.line").length).toBe(lines + 2);
  expect(await call("account.move/action_post", { ids: [id] })).toMatchObject(userError);
});

test("a payment's form takes its invoice from the context, and pays and matches in one call", async () => {
  const form = "account.payment.register";
  expect(await call(`${form}/create`, { vals_list: [{}] })).toMatchObject(userError);
  const ids = await made(form, { amount: 10, communication: "nova:p-1:abc" }, on("INV/2026/00001"));
  expect(move("INV/2026/00001")).toMatchObject({ amount_residual: 30, payment_state: "not_paid" });
  expect(await call(`${form}/action_create_payments`, { ids })).toMatchObject({ status: 200 });
  expect(move("INV/2026/00001")).toMatchObject({ amount_residual: 20, payment_state: "partial" });
  expect(fake.store.findBy("account.payment", "memo", "nova:p-1:abc")).toMatchObject({ amount: 10 });
  await call(`${form}/action_create_payments`, { ids: await made(form, {}, on("INV/2026/00001")) });
  expect(move("INV/2026/00001")).toMatchObject({ amount_residual: 0, payment_state: "paid" });
  const again = { vals_list: [{}], context: on("INV/2026/00001") };
  expect(await call(`${form}/create`, again)).toMatchObject(userError);
});

test("without an outstanding account a payment books nothing: what is open stays, and the state says that it is under way", async () => {
  const form = "account.payment.register";
  fake.store.booksPayments = false;
  await call(`${form}/action_create_payments`, { ids: await made(form, {}, on("INV/2026/00001")) });
  expect(move("INV/2026/00001")).toMatchObject({ amount_residual: 30, payment_state: "in_payment" });
});

test("a credit note is drafted with the reason in its reference, and settles its invoice when it is posted", async () => {
  const form = "account.move.reversal";
  const ids = await made(form, { reason: "nova:p-1:abc" }, on("INV/2026/00002"));
  expect(await call(`${form}/refund_moves`, { ids })).toMatchObject({ status: 200 });
  const reference = "Reversal of: INV/2026/00002, nova:p-1:abc";
  const note = fake.store.findBy("account.move", "ref", reference);
  expect(note).toMatchObject({ state: "draft", move_type: "out_refund", amount_total: 70.98 });
  expect(move("INV/2026/00002")).toMatchObject({ amount_residual: 70.98 });
  const draft = { active_model: "account.move", active_ids: [note.id] };
  expect(await call(`${form}/create`, { vals_list: [{}], context: draft })).toMatchObject(userError);
  await call("account.move/action_post", { ids: [note.id] });
  expect(move("INV/2026/00002")).toMatchObject({ amount_residual: 0, payment_state: "reversed" });
  expect(move("RINV/2026/00001")).toMatchObject({ id: note.id });
});

test("a count waits on the quant and moves nothing; applied, it moves the difference under its name", async () => {
  const product = fake.store.findBy("product.product", "default_code", "BELT-A").id;
  const quant = fake.store.findBy("stock.quant", "product_id", product);
  const ids = [quant.id];
  await call("stock.quant/write", { ids, vals: { inventory_quantity: 2 } });
  expect(fake.store.get("stock.quant", quant.id)).toMatchObject({
    quantity: 3,
    inventory_quantity_set: true,
  });
  const context = { inventory_name: "damaged nova:p-1:abc" };
  expect(await call("stock.quant/action_apply_inventory", { ids, context })).toEqual({
    status: 200,
    body: null,
  });
  expect(fake.store.get("stock.quant", quant.id)).toMatchObject({
    quantity: 2,
    inventory_quantity_set: false,
  });
  expect(fake.store.all("stock.move")).toMatchObject([
    { inventory_name: "damaged nova:p-1:abc (Nova)", product_uom_qty: 1, state: "done" },
  ]);
});

test("what moved since it was counted is asked about in a dialog, and nothing happened", async () => {
  const product = fake.store.findBy("product.product", "default_code", "BELT-A").id;
  const { id } = fake.store.findBy("stock.quant", "product_id", product);
  await call("stock.quant/write", { ids: [id], vals: { inventory_quantity: 2 } });
  fake.store.get("stock.quant", id)["quantity"] = 8;
  expect(await call("stock.quant/action_apply_inventory", { ids: [id] })).toMatchObject({
    status: 200,
    body: { res_model: "stock.inventory.conflict" },
  });
  expect(fake.store.get("stock.quant", id)).toMatchObject({ quantity: 8 });
  expect(fake.store.all("stock.move")).toEqual([]);
});
