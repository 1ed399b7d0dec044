// The fake Odoo is as strict as Odoo's documents and source say the real one is: each of its rules, proved on the wire.
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeOdoo, startFakeOdoo } from "./odoo/index.ts";

let fake: FakeOdoo;
beforeEach(async () => {
  fake = await startFakeOdoo();
});
afterEach(async () => fake.close());

async function call(path: string, body: object, authorization = `bearer ${fake.key}`) {
  const response = await fetch(`${fake.url}/json/2/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization === "" ? {} : { authorization }) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const parsed: unknown = JSON.parse(text);
  return { status: response.status, body: parsed };
}
const refusedAs = (status: number, name: string) => ({ status, body: { name } });
const order = (name: string) => fake.store.findBy("sale.order", "name", name);
const idOf = (name: string): number => order(name).id;
const acme = (): number => fake.store.findBy("res.partner", "name", "Acme Industrial").id;
const gear = (): number => fake.store.findBy("product.product", "default_code", "GEAR-12").id;

test("a key that is missing, wrong or expired is refused", async () => {
  const look = { domain: [], fields: ["name"] };
  for (const key of ["", "bearer nonsense"])
    expect(await call("sale.order/search_read", look, key)).toMatchObject(
      refusedAs(401, "werkzeug.exceptions.Unauthorized"),
    );
  fake.refuseKeyAfter(1);
  expect(await call("sale.order/search_read", look)).toMatchObject({ status: 200 });
  expect(await call("sale.order/search_read", look)).toMatchObject({ status: 401 });
});

test("arguments go by their names, records by ids, and nothing else is taken", async () => {
  expect(await call("sale.order/search_read", { args: [[]] })).toMatchObject(
    refusedAs(422, "werkzeug.exceptions.UnprocessableEntity"),
  );
  expect(await call("sale.order/search_read", { ids: [1], domain: [] })).toMatchObject({ status: 422 });
  expect(await call("sale.order/action_confirm", { ids: [idOf("S00001")], force: true })).toMatchObject({
    status: 422,
  });
});

test("one call is one method: no path goes on, no private method can be called, unknown ones are not found", async () => {
  expect(await call("sale.order/action_confirm/read", {})).toMatchObject(
    refusedAs(404, "werkzeug.exceptions.NotFound"),
  );
  expect(await call("sale.order/_action_cancel", { ids: [1] })).toMatchObject(
    refusedAs(403, "odoo.exceptions.AccessError"),
  );
  expect(await call("sale.order/explode", { ids: [1] })).toMatchObject({ status: 404 });
  expect(await call("sale.dream/search_read", {})).toMatchObject({ status: 404 });
  fake.store.uninstall("stock.picking");
  expect(await call("stock.picking/search_read", {})).toMatchObject({ status: 404 });
});

test("an unknown field is an error in a domain, a read and a write; a link must exist; what is required must be there", async () => {
  expect(await call("sale.order/search_read", { domain: [["colour", "=", 1]] })).toMatchObject(
    refusedAs(500, "builtins.ValueError"),
  );
  expect(await call("sale.order/search_read", { fields: ["colour"] })).toMatchObject({ status: 500 });
  expect(await call("res.partner/write", { ids: [acme()], vals: { colour: 1 } })).toMatchObject({
    status: 500,
  });
  expect(await call("sale.order/create", { vals_list: [{ partner_id: 9999 }] })).toMatchObject(
    refusedAs(422, "odoo.exceptions.ValidationError"),
  );
  expect(await call("sale.order/create", { vals_list: [{}] })).toMatchObject({ status: 422 });
});

test("nothing compares versions: a write on an old reading wins", async () => {
  const before = fake.store.get("res.partner", acme())["write_date"];
  for (const city of ["Bremen", "Hamburg"])
    expect(await call("res.partner/write", { ids: [acme()], vals: { city } })).toEqual({
      status: 200,
      body: true,
    });
  expect(fake.store.get("res.partner", acme())).toMatchObject({ city: "Hamburg" });
  expect(fake.store.get("res.partner", acme())["write_date"]).not.toBe(before);
});

test("a reference is not unique: the same create twice makes two", async () => {
  const vals = {
    partner_id: acme(),
    client_order_ref: "nova:p-1:abc",
    order_line: [[0, 0, { product_id: gear() }]],
  };
  for (const _ of [1, 2])
    expect(await call("sale.order/create", { vals_list: [vals] })).toMatchObject({ status: 200 });
  const found = fake.store.all("sale.order").filter((one) => one["client_order_ref"] === "nova:p-1:abc");
  expect(found).toHaveLength(2);
});

test("links are read as id and name, nothing as false", async () => {
  const look = { domain: [["id", "=", idOf("S00001")]], fields: ["partner_id", "client_order_ref"] };
  expect(await call("sale.order/search_read", look)).toMatchObject({
    body: [{ partner_id: [acme(), "Acme Industrial"], client_order_ref: false }],
  });
  const line = { domain: [["order_id", "=", idOf("S00001")]], fields: ["product_id"] };
  expect(await call("sale.order.line/search_read", line)).toMatchObject({
    body: [{ product_id: [gear(), "[GEAR-12] Gear 12 teeth"] }],
  });
});

test("an order is confirmed once, and reserves what is there; cancelling what is cancelled says yes to nothing", async () => {
  const ids = [idOf("S00001")];
  expect(await call("sale.order/action_confirm", { ids })).toEqual({ status: 200, body: true });
  expect(await call("sale.order/action_confirm", { ids })).toMatchObject(
    refusedAs(422, "odoo.exceptions.UserError"),
  );
  const picking = fake.store.all("stock.picking").find((one) => one["sale_id"] === ids[0]);
  expect(picking).toMatchObject({ state: "assigned", picking_type_code: "outgoing" });
  expect(await call("sale.order/action_cancel", { ids })).toEqual({ status: 200, body: true });
  expect(await call("sale.order/action_cancel", { ids })).toEqual({ status: 200, body: true });
  expect(picking).toBeDefined();
});

test("a locked order is not cancelled", async () => {
  order("S00003")["locked"] = true;
  expect(await call("sale.order/action_cancel", { ids: [idOf("S00003")] })).toMatchObject(
    refusedAs(422, "odoo.exceptions.UserError"),
  );
});

test("validating what is not all there answers with a dialog, and nothing happened", async () => {
  await call("sale.order/action_confirm", { ids: [idOf("S00002")] });
  const picking = fake.store.all("stock.picking").find((one) => one["sale_id"] === idOf("S00002"));
  expect(await call("stock.picking/button_validate", { ids: [picking?.id ?? 0] })).toMatchObject({
    status: 200,
    body: { type: "ir.actions.act_window", res_model: "stock.backorder.confirmation" },
  });
  expect(order("S00002")).toMatchObject({ delivery_status: "pending" });
});

test("rights are asked per model and operation, and can be asked for", async () => {
  fake.store.deny("sale.order", "write");
  expect(await call("sale.order/action_confirm", { ids: [idOf("S00001")] })).toMatchObject(
    refusedAs(403, "odoo.exceptions.AccessError"),
  );
  expect(await call("sale.order/has_access", { operation: "write" })).toEqual({ status: 200, body: false });
  expect(order("S00001")).toMatchObject({ state: "draft" });
});

test("a message is text: its markup is escaped", async () => {
  const post = { ids: [idOf("S00001")], body: "<b>now</b> & here" };
  expect(await call("sale.order/message_post", post)).toMatchObject({ status: 200 });
  expect(fake.store.all("mail.message")).toMatchObject([
    { body: "<p>&lt;b&gt;now&lt;/b&gt; &amp; here</p>" },
  ]);
});

test("what goes wrong on the way: committed and an error, OK and nothing; an announcement is not the deed", async () => {
  const ids = [idOf("S00001")];
  fake.fault("silent-no-op");
  expect(await call("sale.order/message_post", { ids, body: "Nova is about to act" })).toMatchObject({
    status: 200,
  });
  expect(fake.store.all("mail.message")).toHaveLength(1);
  expect(await call("sale.order/action_confirm", { ids })).toEqual({ status: 200, body: true });
  expect(order("S00001")).toMatchObject({ state: "draft" });
  fake.fault("commit-then-500");
  expect(await call("sale.order/action_confirm", { ids })).toMatchObject({ status: 500 });
  expect(order("S00001")).toMatchObject({ state: "sale" });
});
