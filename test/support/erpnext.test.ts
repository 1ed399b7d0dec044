// The fake ERPNext is as strict as Frappe's documents and source say the real one is: each of its rules, proved on the wire.
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeErpnext, startFakeErpnext } from "./erpnext/index.ts";
import { sample } from "./erpnext/sample.ts";

let fake: FakeErpnext;
beforeEach(async () => {
  fake = await startFakeErpnext();
});
afterEach(async () => fake.close());

const draft = "Sales%20Order/SAL-ORD-2026-00001";
const confirmed = "Sales%20Order/SAL-ORD-2026-00003";
const mapper = "method/erpnext.selling.doctype.sales_order.sales_order";

const send = async (method: string, path: string, body?: unknown) =>
  sendWith({ authorization: `token ${fake.key}` }, method, { path, body });

async function sendWith(
  headers: Record<string, string>,
  method: string,
  { path, body }: { readonly path: string; readonly body?: unknown },
) {
  const response = await fetch(`${fake.url}/api/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = JSON.parse(text);
  return { status: response.status, body: parsed };
}
const refusedAs = (status: number, type: string) => ({ status, body: { exc_type: type } });
const get = async (path: string) => send("GET", path);
const list = async (doctype: string, query: Record<string, string>) =>
  get(`resource/${encodeURIComponent(doctype)}?${new URLSearchParams(query).toString()}`);
const stored = (name: string) => fake.store.get("Sales Order", name);
const newOrder = {
  customer: "Acme Industrial",
  company: sample.company,
  transaction_date: "2026-03-16",
  delivery_date: "2026-03-16",
  items: [{ item_code: "GEAR-20", qty: 2, rate: 25, warehouse: sample.warehouse }],
};
const note = async (more: object) => {
  const { body } = await get(`${mapper}.make_delivery_note?source_name=SAL-ORD-2026-00003`);
  return { ...mapped(body), posting_date: "2026-03-16", ...more };
};
function mapped(body: unknown): object {
  if (typeof body !== "object" || body === null || !("message" in body)) throw new Error("no message");
  return typeof body.message === "object" && body.message !== null ? body.message : {};
}

test("a wrong key is no key, and nobody at all may do nothing", async () => {
  const path = `resource/${draft}`;
  expect(await sendWith({ authorization: "token wrong:key" }, "GET", { path })).toMatchObject(
    refusedAs(401, "AuthenticationError"),
  );
  expect(await sendWith({}, "GET", { path })).toMatchObject(refusedAs(403, "PermissionError"));
});

test("a stale `modified` is a TimestampMismatchError; without one the last writer wins", async () => {
  const { modified } = stored("SAL-ORD-2026-00001");
  expect(await send("PUT", `resource/${draft}`, { modified, po_no: "A" })).toMatchObject({ status: 200 });
  expect(await send("PUT", `resource/${draft}`, { modified, po_no: "B" })).toMatchObject(
    refusedAs(417, "TimestampMismatchError"),
  );
  expect(stored("SAL-ORD-2026-00001")["po_no"]).toBe("A");
  expect(await send("PUT", `resource/${draft}`, { po_no: "C" })).toMatchObject({ status: 200 });
  expect(stored("SAL-ORD-2026-00001")["po_no"]).toBe("C");
});

test("submitting by name loads fresh: nobody's reading is asked for", async () => {
  await send("PUT", `resource/${draft}`, { po_no: "changed meanwhile" });
  expect(await send("POST", `resource/${draft}?run_method=submit`)).toMatchObject({ status: 200 });
  expect(stored("SAL-ORD-2026-00001").docstatus).toBe(1);
});

test("docstatus goes 0 > 1 > 2 and no other way", async () => {
  expect(await send("PUT", `resource/${draft}`, { docstatus: 2 })).toMatchObject(
    refusedAs(417, "DocstatusTransitionError"),
  );
  expect(await send("PUT", `resource/${draft}`, { docstatus: 1 })).toMatchObject({ status: 200 });
  expect(await send("PUT", `resource/${draft}`, { docstatus: 0 })).toMatchObject(
    refusedAs(417, "DocstatusTransitionError"),
  );
  expect(await send("PUT", `resource/${draft}`, { docstatus: 1, po_no: "late" })).toMatchObject(
    refusedAs(417, "UpdateAfterSubmitError"),
  );
  expect(await send("PUT", `resource/${draft}`, { docstatus: 2 })).toMatchObject({ status: 200 });
  expect(await send("PUT", `resource/${draft}`, { docstatus: 1 })).toMatchObject(
    refusedAs(417, "ValidationError"),
  );
});

test("what is mandatory must be there, what is linked must exist", async () => {
  const without = { ...newOrder, customer: undefined };
  expect(await send("POST", "resource/Sales%20Order", without)).toMatchObject(
    refusedAs(417, "MandatoryError"),
  );
  expect(await send("POST", "resource/Sales%20Order", { ...newOrder, items: [] })).toMatchObject(
    refusedAs(417, "MandatoryError"),
  );
  expect(await send("POST", "resource/Sales%20Order", { ...newOrder, customer: "Nobody" })).toMatchObject(
    refusedAs(417, "LinkValidationError"),
  );
  const late = { ...newOrder, delivery_date: undefined };
  expect(await send("POST", "resource/Sales%20Order", late)).toMatchObject(refusedAs(417, "ValidationError"));
});

test("a box that nobody ticked is not ticked", async () => {
  const made = await send("POST", "resource/Customer", {
    customer_name: "Tidehouse",
    customer_type: "Company",
  });
  expect(made).toMatchObject({ body: { data: { disabled: 0 } } });
});

test("numbers come from the series, and what failed used none up", async () => {
  await send("POST", "resource/Sales%20Order", { ...newOrder, customer: "Nobody" });
  const made = await send("POST", "resource/Sales%20Order", { ...newOrder, name: "MINE-1" });
  expect(made).toMatchObject({ status: 200, body: { data: { name: "SAL-ORD-2026-00008", docstatus: 0 } } });
});

test("a pricing rule changes the rate unless the order asks to ignore it", async () => {
  const ruled = await send("POST", "resource/Sales%20Order", newOrder);
  expect(ruled).toMatchObject({ body: { data: { grand_total: 45 } } });
  const plain = await send("POST", "resource/Sales%20Order", { ...newOrder, ignore_pricing_rule: 1 });
  expect(plain).toMatchObject({ body: { data: { grand_total: 50 } } });
});

test("the unique custom field refuses a second one, the number of records is the same", async () => {
  const stamped = { ...newOrder, custom_nova_action: "nova:p-1:abc" };
  expect(await send("POST", "resource/Sales%20Order", stamped)).toMatchObject({ status: 200 });
  const count = fake.store.counts();
  expect(await send("POST", "resource/Sales%20Order", stamped)).toMatchObject(
    refusedAs(417, "UniqueValidationError"),
  );
  expect(fake.store.counts()).toEqual(count);
});

test("rights are asked per doctype and step, and a refusal leaves nothing", async () => {
  fake.store.deny("Sales Order", "submit");
  expect(await send("PUT", `resource/${draft}`, { docstatus: 1 })).toMatchObject(
    refusedAs(403, "PermissionError"),
  );
  expect(await send("POST", "resource/Sales%20Order", { ...newOrder, docstatus: 1 })).toMatchObject(
    refusedAs(403, "PermissionError"),
  );
  const asked = "method/frappe.client.has_permission?doctype=Sales%20Order&docname=&perm_type=submit";
  expect(await get(asked)).toMatchObject({ body: { message: { has_permission: false } } });
  fake.store.deny("Bin", "read");
  expect(await list("Bin", {})).toMatchObject(refusedAs(403, "PermissionError"));
});

test("created with docstatus 1 it is created and submitted, or neither", async () => {
  const made = await send("POST", "resource/Delivery%20Note", await note({ docstatus: 1 }));
  expect(made).toMatchObject({ status: 200, body: { data: { docstatus: 1 } } });
  expect(stored("SAL-ORD-2026-00003")).toMatchObject({ per_delivered: 100, status: "To Bill" });
  const count = fake.store.counts();
  expect(
    await send("POST", "resource/Delivery%20Note", await note({ docstatus: 1, items: [] })),
  ).toMatchObject({
    status: 417,
  });
  expect(fake.store.counts()).toEqual(count);
});

test("more than was ordered can't be delivered, nor what is not there", async () => {
  const first = await note({ docstatus: 1 });
  const items = [{ item_code: "GEAR-12", qty: 500, warehouse: sample.warehouse }];
  expect(await send("POST", "resource/Delivery%20Note", { ...first, items })).toMatchObject(
    refusedAs(417, "NegativeStockError"),
  );
  expect(await send("POST", "resource/Delivery%20Note", first)).toMatchObject({ status: 200 });
  expect(await send("POST", "resource/Delivery%20Note", first)).toMatchObject(
    refusedAs(417, "OverAllowanceError"),
  );
});

test("an order that was delivered can't be cancelled", async () => {
  await send("POST", "resource/Delivery%20Note", await note({ docstatus: 1 }));
  expect(await send("PUT", `resource/${confirmed}`, { docstatus: 2 })).toMatchObject(
    refusedAs(417, "LinkExistsError"),
  );
});

test("a payment wants a reference and no more than is open", async () => {
  const ask = "erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry";
  const { body } = await get(`method/${ask}?dt=Sales%20Invoice&dn=ACC-SINV-2026-00001`);
  const payment = { ...mapped(body), docstatus: 1, posting_date: "2026-03-16" };
  expect(await send("POST", "resource/Payment%20Entry", payment)).toMatchObject(
    refusedAs(417, "ValidationError"),
  );
  const referred = { ...payment, reference_no: "x", reference_date: "2026-03-16" };
  expect(await send("POST", "resource/Payment%20Entry", referred)).toMatchObject({ status: 200 });
  expect(await send("POST", "resource/Payment%20Entry", referred)).toMatchObject(
    refusedAs(417, "ValidationError"),
  );
});

test("a mapper only takes what is submitted, and a GET leaves nothing behind", async () => {
  const count = fake.store.counts();
  expect(await get(`${mapper}.make_delivery_note?source_name=SAL-ORD-2026-00001`)).toMatchObject({
    status: 417,
  });
  expect(await get(`${mapper}.make_delivery_note?source_name=SAL-ORD-2026-00003`)).toMatchObject({
    body: { message: { doctype: "Delivery Note", docstatus: 0, __islocal: 1 } },
  });
  expect(fake.store.counts()).toEqual(count);
});

test("a list knows its fields, its operators, and gives twenty rows unless told", async () => {
  expect(await list("Sales Order", { fields: '["name","colour"]' })).toMatchObject(
    refusedAs(417, "DataError"),
  );
  fake.store.dropField("Customer", "custom_nova_action");
  expect(await list("Customer", { fields: '["custom_nova_action"]' })).toMatchObject(
    refusedAs(417, "DataError"),
  );
  for (let count = 0; count < 25; count += 1)
    await send("POST", "resource/Customer", { customer_name: `C${count}`, customer_type: "Company" });
  const rows = ({ body }: { body: unknown }): number =>
    typeof body === "object" && body !== null && "data" in body && Array.isArray(body.data)
      ? body.data.length
      : -1;
  expect(rows(await list("Customer", {}))).toBe(20);
  expect(rows(await list("Customer", { limit_page_length: "100" }))).toBe(28);
  const like = JSON.stringify([["customer_name", "like", "acme%"]]);
  expect(rows(await list("Customer", { filters: like }))).toBe(1);
});

test("a second customer of a name is taken as another one", async () => {
  const again = await send("POST", "resource/Customer", {
    customer_name: "Acme Industrial",
    customer_type: "Company",
  });
  expect(again).toMatchObject({ status: 200, body: { data: { name: "Acme Industrial - 1" } } });
});

test("a comment is posted, never fetched, and its HTML is cleaned", async () => {
  const comment = {
    reference_doctype: "Customer",
    reference_name: "Acme Industrial",
    content: "<p>hi</p><script>x</script>",
    comment_email: "",
    comment_by: "Nova",
  };
  const path = "method/frappe.desk.form.utils.add_comment";
  expect(await get(path)).toMatchObject(refusedAs(403, "PermissionError"));
  expect(await send("POST", path, { ...comment, comment_by: undefined })).toMatchObject(
    refusedAs(500, "TypeError"),
  );
  expect(await send("POST", path, comment)).toMatchObject({ body: { message: { content: "<p>hi</p>x" } } });
});

test("what goes wrong on the way: committed and an error, OK and nothing, held until it is let go", async () => {
  const states = () => stored("SAL-ORD-2026-00001").docstatus;
  fake.fault("silent-no-op");
  expect(await send("PUT", `resource/${draft}`, { docstatus: 1 })).toMatchObject({ status: 200 });
  expect(states()).toBe(0);
  fake.fault("hang");
  const held = send("PUT", `resource/${draft}`, { po_no: "held" });
  await fake.hung();
  expect(stored("SAL-ORD-2026-00001")["po_no"]).toBeUndefined();
  await fake.release();
  expect(await held).toMatchObject({ status: 200 });
  fake.fault("commit-then-500");
  expect(await send("PUT", `resource/${draft}`, { docstatus: 1 })).toMatchObject({ status: 500 });
  expect(states()).toBe(1);
  fake.fault("commit-then-reset");
  await expect(send("PUT", `resource/${draft}`, { docstatus: 2 })).rejects.toThrow(/fetch failed/u);
  expect(states()).toBe(2);
});
