// What sales orders and transfers do in the fake Odoo: amounts are computed, confirming makes a transfer that reserves what
// is there, validating takes it out, or asks back in a dialog and does nothing.
import { z } from "zod";
import { freeOf } from "./reads.ts";
import { type Row, type Store, type Vals, idsIn, num, userError } from "./store.ts";

const money = (value: number): number => Math.round(value * 100 + 1e-9) / 100;
const Command = z.tuple([z.literal(0), z.int(), z.record(z.string(), z.unknown())]);

export function createOrder(store: Store, vals: Vals): Row {
  const { order_line: commands, ...head } = vals;
  const count = store.all("sale.order").length + 1;
  const order = store.insert("sale.order", {
    warehouse_id: store.all("stock.warehouse")[0]?.id ?? false,
    date_order: "2026-03-16 08:00:00",
    currency_id: store.all("res.currency")[0]?.id ?? false,
    ...head,
    name: `S${String(count).padStart(5, "0")}`,
    state: "draft",
    invoice_status: "no",
    delivery_status: false,
    locked: false,
    order_line: [],
    picking_ids: [],
    invoice_ids: [],
    partner_invoice_id: head["partner_id"] ?? false,
  });
  const lines = z.array(Command).parse(commands ?? []);
  order["order_line"] = lines.map(([, , line]) => createLine(store, order, line).id);
  const total = idsIn(order, "order_line").reduce((sum, id) => {
    const line = store.get("sale.order.line", id);
    return sum + num(line, "price_subtotal") + num(line, "price_tax");
  }, 0);
  order["amount_total"] = money(total);
  return order;
}

function createLine(store: Store, order: Row, vals: Vals): Row {
  const line = store.insert("sale.order.line", { ...vals, order_id: order.id });
  const product = store.get("product.product", num(line, "product_id"));
  line["price_unit"] ??= product["lst_price"];
  line["name"] ??= product["name"];
  const net = money(num(line, "product_uom_qty") * num(line, "price_unit"));
  const rates = idsIn(product, "taxes_id").map((id) => num(store.get("account.tax", id), "amount"));
  line["qty_to_invoice"] = 0;
  line["price_subtotal"] = net;
  line["price_tax"] = rates.reduce((sum, rate) => sum + money((net * rate) / 100), 0);
  return line;
}

const linesOf = (store: Store, order: Row): readonly Row[] =>
  idsIn(order, "order_line").map((id) => store.get("sale.order.line", id));

function reserve(store: Store, order: Row, direction: 1 | -1): void {
  for (const line of linesOf(store, order)) {
    const quant = store.all("stock.quant").find((one) => one["product_id"] === line["product_id"]);
    if (quant !== undefined)
      quant["reserved_quantity"] = num(quant, "reserved_quantity") + direction * num(line, "product_uom_qty");
  }
}

export function confirm(store: Store, order: Row): boolean {
  if (order["state"] !== "draft" && order["state"] !== "sent")
    userError("Some orders are not in a state requiring confirmation.");
  const isThere = linesOf(store, order).every(
    (line) => freeOf(store, num(line, "product_id")) >= num(line, "product_uom_qty"),
  );
  const picking = store.insert("stock.picking", {
    name: `WH/OUT/${String(order.id).padStart(5, "0")}`,
    state: isThere ? "assigned" : "confirmed",
    picking_type_code: "outgoing",
    partner_id: order["partner_id"],
    scheduled_date: "2026-03-16 08:00:00",
    sale_id: order.id,
  });
  if (isThere) reserve(store, order, 1);
  order["picking_ids"] = [picking.id];
  order["state"] = "sale";
  order["invoice_status"] = "no";
  order["delivery_status"] = "pending";
  store.touch(order);
  return true;
}

/** Cancelling what is cancelled says True too, and changes nothing. */
export function cancel(store: Store, order: Row): boolean {
  if (order["locked"] === true) userError("You cannot cancel a locked order. Please unlock it first.");
  const pickings = idsIn(order, "picking_ids").map((id) => store.get("stock.picking", id));
  for (const picking of pickings.filter(({ state }) => state !== "done")) {
    if (picking["state"] === "assigned") reserve(store, order, -1);
    picking["state"] = "cancel";
  }
  order["state"] = "cancel";
  store.touch(order);
  return true;
}

/** What is not ready is asked about in a dialog: the answer is an action, and nothing happened. */
export function validate(store: Store, picking: Row): unknown {
  if (picking["state"] === "cancel") userError("You can not validate a cancelled transfer.");
  if (picking["state"] === "done") return true;
  if (picking["state"] !== "assigned")
    return { type: "ir.actions.act_window", res_model: "stock.backorder.confirmation", target: "new" };
  const order = store.get("sale.order", num(picking, "sale_id"));
  reserve(store, order, -1);
  for (const line of linesOf(store, order)) {
    // Invoiced is what was delivered.
    line["qty_to_invoice"] = line["product_uom_qty"];
    const quant = store.all("stock.quant").find((one) => one["product_id"] === line["product_id"]);
    if (quant !== undefined) quant["quantity"] = num(quant, "quantity") - num(line, "product_uom_qty");
  }
  picking["state"] = "done";
  order["delivery_status"] = "full";
  order["invoice_status"] = "to invoice";
  store.touch(order);
  return true;
}
