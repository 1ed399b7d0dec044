// The company in the fake ERPNext: a few items, customers, orders in every state that a test starts from.
import { rowsOf, text } from "./doc.ts";
import { methods } from "./methods.ts";
import type { Store } from "./store.ts";

export const sample = {
  company: "Sweep Works",
  warehouse: "Stores - SW",
  taxTemplate: "VAT 20 - SW",
} as const;
const { company, warehouse } = sample;

const items = [
  { code: "GEAR-12", name: "Gear 12 teeth", rate: 18.5, stock: 40 },
  { code: "GEAR-20", name: "Gear 20 teeth", rate: 25, stock: 12 },
  { code: "BELT-A", name: "Drive belt A", rate: 7.35, stock: 3 },
  { code: "HOSE-2", name: "Vacuum hose 2 m", rate: 59.15, stock: 8 },
] as const;
const taxRow = { charge_type: "On Net Total", account_head: "VAT - SW", description: "VAT 20", rate: 20 };

export function fillSample(store: Store): void {
  put(store, ["Company", company], { default_currency: "USD" });
  put(store, ["Warehouse", warehouse], { warehouse_name: "Stores", company, is_group: 0 });
  put(store, ["Warehouse", "Yard - SW"], { warehouse_name: "Yard", company, is_group: 0 });
  put(store, ["Sales Taxes and Charges Template", sample.taxTemplate], { taxes: [taxRow] });
  for (const { code, name, rate, stock } of items) {
    const fields = { item_name: name, item_group: "Parts", stock_uom: "Nos", is_stock_item: 1, disabled: 0 };
    put(store, ["Item", code], fields);
    const price = { item_code: code, price_list: "Standard Selling", price_list_rate: rate };
    store.insert("Item Price", { ...price, currency: "USD", selling: 1, valid_from: "2026-01-01" });
    store.insert("Bin", { item_code: code, warehouse, actual_qty: stock, reserved_qty: 0 });
  }
  for (const name of ["Acme Industrial", "Ironwood Logistics", "Lakeside Schools"])
    store.insert("Customer", { customer_name: name, customer_type: "Company", disabled: 0 });
  put(store, ["Supplier", "Kestrel Parts"], { supplier_name: "Kestrel Parts", disabled: 0 });
  fillOrders(store);
}

function put(
  store: Store,
  [doctype, name]: readonly [string, string],
  fields: Record<string, unknown>,
): void {
  const doc = { ...fields, doctype, name, docstatus: 0, modified: "", creation: "2026-03-16 08:00:00" };
  store.touch(doc);
  store.table(doctype).set(name, doc);
}

type Line = readonly [item: string, qty: number];

function order(store: Store, customer: string, lines: readonly Line[]): string {
  return store.insert("Sales Order", {
    customer,
    company,
    currency: "USD",
    transaction_date: "2026-03-10",
    delivery_date: "2026-03-20",
    ignore_pricing_rule: 1,
    set_warehouse: warehouse,
    items: lines.map(([code, qty]) => ({
      item_code: code,
      qty,
      rate: items.find((item) => item.code === code)?.rate ?? 0,
      warehouse,
    })),
    taxes: [taxRow],
  }).name;
}

/** 00001 draft · 00002 draft, more than there is · 00003 confirmed · 00004 shipped · 00005 invoiced · 00006 draft · 00007 confirmed */
function fillOrders(store: Store): void {
  order(store, "Acme Industrial", [["GEAR-12", 3]]);
  order(store, "Lakeside Schools", [["BELT-A", 8]]);
  const confirmed = order(store, "Ironwood Logistics", [
    ["GEAR-12", 2],
    ["HOSE-2", 1.5],
  ]);
  const shipped = order(store, "Ironwood Logistics", [["GEAR-20", 1]]);
  const invoiced = order(store, "Lakeside Schools", [["GEAR-20", 2]]);
  order(store, "Lakeside Schools", [["HOSE-2", 1]]);
  const other = order(store, "Acme Industrial", [["HOSE-2", 1]]);
  for (const name of [confirmed, shipped, invoiced, other]) store.save("Sales Order", name, { docstatus: 1 });
  for (const name of [shipped, invoiced]) follow(store, name, "make_delivery_note");
  follow(store, invoiced, "make_sales_invoice");
  for (const invoice of store.all("Sales Invoice")) invoice["due_date"] = "2026-03-12";
}

function follow(store: Store, source: string, mapper: string): void {
  const made = methods[`erpnext.selling.doctype.sales_order.sales_order.${mapper}`]?.run(store, {
    source_name: source,
  });
  const fields = rowsOf({ made: [made] }, "made")[0] ?? {};
  store.insert(text(fields, "doctype"), { ...fields, docstatus: 1, posting_date: "2026-03-11" });
}
