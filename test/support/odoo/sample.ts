// The company in the fake Odoo: a few products, partners, orders in every state that a test starts from.
import { postMove } from "./accounting.ts";
import { cancel, confirm, createOrder, validate } from "./sales.ts";
import { type Store, idsIn } from "./store.ts";

const products = [
  { code: "GEAR-12", name: "Gear 12 teeth", price: 18.5, stock: 40 },
  { code: "GEAR-20", name: "Gear 20 teeth", price: 25, stock: 12 },
  { code: "BELT-A", name: "Drive belt A", price: 7.35, stock: 3 },
  { code: "HOSE-2", name: "Vacuum hose 2 m", price: 59.15, stock: 8 },
] as const;

export function fillSample(store: Store): void {
  store.insert("res.currency", { name: "USD" });
  store.insert("stock.warehouse", { name: "Main warehouse", sequence: 10 });
  const location = store.insert("stock.location", { name: "WH/Stock", usage: "internal" }).id;
  store.insert("stock.location", { name: "Virtual Locations/Inventory adjustment", usage: "inventory" });
  store.insert("account.journal", { name: "Cash", type: "cash", sequence: 1 });
  store.insert("account.journal", { name: "Bank", type: "bank", sequence: 5 });
  const tax = { name: "20%", amount_type: "percent", amount: 20, price_include: false };
  const taxes_id = [store.insert("account.tax", tax).id];
  const categ_id = store.insert("product.category", { name: "Parts" }).id;
  const uom_id = store.insert("uom.uom", { name: "Units" }).id;
  for (const { code, name, price, stock } of products) {
    const shared = { categ_id, uom_id, taxes_id, is_storable: true, sale_ok: true };
    const { id } = store.insert("product.product", { ...shared, name, default_code: code, lst_price: price });
    store.insert("stock.quant", {
      product_id: id,
      location_id: location,
      quantity: stock,
      reserved_quantity: 0,
      inventory_quantity_set: false,
    });
  }
  for (const name of ["Acme Industrial", "Ironwood Logistics", "Lakeside Schools"])
    store.insert("res.partner", { name, is_company: true, customer_rank: 1, supplier_rank: 0, city: "Kiel" });
  store.insert("res.partner", {
    name: "Kestrel Parts",
    is_company: true,
    customer_rank: 0,
    supplier_rank: 1,
  });
  fillOrders(store);
  fillBooks(store);
}

type Line = readonly [code: string, qty: number];

function order(store: Store, partner: string, lines: readonly Line[]) {
  return createOrder(store, {
    partner_id: store.findBy("res.partner", "name", partner).id,
    date_order: "2026-03-10 12:00:00",
    order_line: lines.map(([code, product_uom_qty]) => [
      0,
      0,
      { product_id: store.findBy("product.product", "default_code", code).id, product_uom_qty },
    ]),
  });
}

/** S00001 draft · S00002 draft, more than there is · S00003 confirmed · S00004 shipped · S00005 cancelled · S00006 draft · S00007 confirmed */
function fillOrders(store: Store): void {
  order(store, "Acme Industrial", [["GEAR-12", 3]]);
  order(store, "Lakeside Schools", [["BELT-A", 8]]);
  const confirmed = order(store, "Ironwood Logistics", [
    ["GEAR-12", 2],
    ["HOSE-2", 1.5],
  ]);
  const shipped = order(store, "Ironwood Logistics", [["GEAR-20", 1]]);
  const cancelled = order(store, "Lakeside Schools", [["GEAR-20", 2]]);
  order(store, "Lakeside Schools", [["HOSE-2", 1]]);
  const other = order(store, "Acme Industrial", [["HOSE-2", 1]]);
  for (const one of [confirmed, shipped, other]) confirm(store, one);
  for (const id of idsIn(shipped, "picking_ids")) validate(store, store.get("stock.picking", id));
  cancel(store, cancelled);
}

type Booked = {
  readonly type: "out_invoice" | "in_invoice";
  readonly partner: string;
  readonly total: number;
};

/** INV/2026/00001 and 00002, open · BILL/2026/00001, open */
function fillBooks(store: Store): void {
  const booked: readonly Booked[] = [
    { type: "out_invoice", partner: "Ironwood Logistics", total: 30 },
    { type: "out_invoice", partner: "Lakeside Schools", total: 70.98 },
    { type: "in_invoice", partner: "Kestrel Parts", total: 120.5 },
  ];
  for (const { type, partner, total } of booked) {
    const move = store.insert("account.move", {
      move_type: type,
      state: "draft",
      name: false,
      payment_state: "not_paid",
      partner_id: store.findBy("res.partner", "name", partner).id,
      currency_id: store.findBy("res.currency", "name", "USD").id,
      invoice_date: "2026-03-01",
      invoice_date_due: "2026-03-12",
      amount_total: total,
      amount_residual: total,
    });
    postMove(store, move);
  }
}
