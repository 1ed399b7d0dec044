// What ERPNext and Odoo may have changed in an order between the card and the press.
import { rowsOf } from "../support/erpnext/doc.ts";
import { openErpnext } from "../support/open-erpnext.ts";
import type { OpenedErpnext } from "../support/open-erpnext.ts";
import { openOdoo } from "../support/open-odoo.ts";
import type { OpenedOdoo } from "../support/open-odoo.ts";
import { describeAltered } from "./erp-altered-suite.ts";

type Erpnext = OpenedErpnext["fake"];
/** As somebody with the right to it would change it there; what Nova was told of its version stays as it was. */
const inErpnext = (name: string) => {
  const edit = (values: Record<string, unknown>) => (fake: Erpnext) =>
    void Object.assign(fake.store.get("Sales Order", name), values);
  const editLine = (values: Record<string, unknown>) => (fake: Erpnext) =>
    void Object.assign(rowsOf(fake.store.get("Sales Order", name), "items")[0] ?? {}, values);
  return {
    "another customer": edit({ customer: "Lakeside Schools", customer_name: "Lakeside Schools" }),
    "another customer of the same name": edit({ customer: "Ironwood Logistics" }),
    "another total": edit({ grand_total: 359_996.4 }),
    "another price": editLine({ rate: 99_999 }),
    "another quantity": editLine({ qty: 2 }),
    "another item": editLine({ item_code: "GEAR-20", item_name: "Gear 12 teeth" }),
    "another unit": editLine({ uom: "Box" }),
  };
};

const order = (count: number): string => `SAL-ORD-2026-0000${count}`;
const day = (fake: Erpnext): void =>
  void Object.assign(fake.store.get("Sales Order", order(1)), { transaction_date: "2025-01-01" });

describeAltered({
  connector: "erpnext",
  open: openErpnext,
  cases: [
    {
      act: { op: "order.confirm", args: { order: order(1) } },
      edits: { ...inErpnext(order(1)), "another day": day },
    },
    { act: { op: "order.cancel", args: { order: order(7) } }, edits: inErpnext(order(7)) },
  ],
});

type Odoo = OpenedOdoo["fake"];
const inOdoo = (name: string) => {
  const edit = (values: Record<string, unknown>) => (fake: Odoo) =>
    void Object.assign(fake.store.findBy("sale.order", "name", name), values);
  const editLine = (values: Record<string, unknown>) => (fake: Odoo) => {
    const { id } = fake.store.findBy("sale.order", "name", name);
    Object.assign(fake.store.findBy("sale.order.line", "order_id", id), values);
  };
  return {
    "another customer": (fake: Odoo) =>
      edit({ partner_id: fake.store.findBy("res.partner", "name", "Kestrel Parts").id })(fake),
    "another price": editLine({ price_unit: 99_999 }),
    "another quantity": editLine({ product_uom_qty: 0.5 }),
    "another product": (fake: Odoo) =>
      editLine({ product_id: fake.store.findBy("product.product", "default_code", "GEAR-20").id })(fake),
  };
};

describeAltered({
  connector: "odoo",
  open: openOdoo,
  cases: [
    { act: { op: "order.confirm", args: { order: "S00001" } }, edits: inOdoo("S00001") },
    { act: { op: "order.cancel", args: { order: "S00006" } }, edits: inOdoo("S00006") },
    { act: { op: "order.cancel", args: { order: "S00007" } }, edits: inOdoo("S00007") },
    { act: { op: "order.ship", args: { order: "S00003" } }, edits: inOdoo("S00003") },
  ],
});
