// What sales orders, deliveries, invoices and payments do in the fake ERPNext when they are saved, submitted, cancelled.
import { type Doc, type Fields, fail, money, num, rowsOf, text } from "./doc.ts";
import type { Hooks, Store } from "./store.ts";
import { demandStock, moveStock } from "./stocking.ts";

/** The one pricing rule: who does not ask to ignore it sells this item at a tenth less. */
const ruledItem = "GEAR-20";

function total(store: Store, doc: Doc): void {
  for (const row of rowsOf(doc, "items")) {
    const item = store.find("Item", text(row, "item_code"));
    row["item_name"] = item === null ? "" : text(item, "item_name");
    row["uom"] = text(row, "uom") || (item === null ? "" : text(item, "stock_uom"));
    if (row["item_code"] === ruledItem && doc["ignore_pricing_rule"] !== 1 && doc["ruled"] !== 1)
      row["rate"] = money(num(row, "rate") * 0.9);
    row["amount"] = money(num(row, "qty") * num(row, "rate"));
  }
  doc["ruled"] = 1;
  const net = money(rowsOf(doc, "items").reduce((sum, row) => sum + num(row, "amount"), 0));
  const taxes = rowsOf(doc, "taxes").reduce((sum, row) => sum + money((net * num(row, "rate")) / 100), 0);
  doc["net_total"] = net;
  doc["total_taxes_and_charges"] = money(taxes);
  doc["grand_total"] = money(net + taxes);
  const customer = store.find("Customer", text(doc, "customer"));
  doc["customer_name"] = customer === null ? "" : text(customer, "customer_name");
}

function standing(order: Doc): string {
  const isDelivered = num(order, "per_delivered") >= 100;
  const isBilled = num(order, "per_billed") >= 100;
  if (isDelivered && isBilled) return "Completed";
  return isDelivered ? "To Bill" : isBilled ? "To Deliver" : "To Deliver and Bill";
}

function demandCredit(store: Store, order: Doc): void {
  const customer = store.get("Customer", text(order, "customer"));
  const limit = rowsOf(customer, "credit_limits").reduce((sum, row) => sum + num(row, "credit_limit"), 0);
  const owed = store.all("Sales Invoice").filter((one) => one["customer"] === customer.name);
  const exposure = owed.reduce((sum, one) => sum + num(one, "outstanding_amount"), num(order, "grand_total"));
  if (limit > 0 && exposure > limit) fail(`Credit limit has been crossed for customer ${customer.name}`);
}

const reserve = (store: Store, order: Doc, direction: 1 | -1): void => {
  for (const row of rowsOf(order, "items"))
    moveStock(store, row, { warehouse: text(row, "warehouse"), reserved: direction * num(row, "qty") });
};

const salesOrder: Partial<Hooks> = {
  validate: (store, order) => {
    if (text(order, "delivery_date") === "") fail("Please enter Delivery Date");
    total(store, order);
    order["status"] ??= "Draft";
    order["currency"] ??= "USD";
    order["per_delivered"] ??= 0;
    order["per_billed"] ??= 0;
  },
  submit: (store, order) => {
    demandCredit(store, order);
    reserve(store, order, 1);
    order["status"] = standing(order);
  },
  cancel: (store, order) => {
    const linked = ["Delivery Note", "Sales Invoice"].flatMap((doctype) => store.all(doctype));
    const holding = linked.find((one) => one.docstatus === 1 && ordersOf(one).includes(order.name));
    if (holding !== undefined)
      fail(
        `Cannot delete or cancel because Sales Order ${order.name} is linked with ${holding.name}`,
        "LinkExistsError",
      );
    reserve(store, order, -1);
    order["status"] = "Cancelled";
  },
};
const ordersOf = (doc: Doc): readonly string[] =>
  rowsOf(doc, "items").map((row) =>
    text(row, doc.doctype === "Delivery Note" ? "against_sales_order" : "sales_order"),
  );

/** Raises delivered or billed quantities of the order; ERPNext touches the order with it. */
function advance(store: Store, doc: Doc, field: "per_delivered" | "per_billed"): void {
  for (const name of new Set(ordersOf(doc).filter((one) => one !== ""))) {
    const order = store.get("Sales Order", name);
    if (order.docstatus !== 1) fail(`Sales Order ${name} is not submitted`);
    const of = (fields: Fields) => rowsOf(fields, "items").reduce((sum, row) => sum + num(row, "qty"), 0);
    const share = num(order, field) + (100 * of(doc)) / of(order);
    if (share > 100.0001) fail(`This document is over limit for Sales Order ${name}`, "OverAllowanceError");
    order[field] = share;
    if (field === "per_delivered")
      for (const row of rowsOf(order, "items")) row["delivered_qty"] = num(row, "qty");
    order["status"] = standing(order);
    store.touch(order);
  }
}

const deliveryNote: Partial<Hooks> = {
  validate: (store, note) => {
    total(store, note);
    note["status"] = "Draft";
  },
  submit: (store, note) => {
    for (const row of rowsOf(note, "items")) {
      const qty = num(row, "qty");
      demandStock(store, row, { warehouse: text(row, "warehouse"), qty });
      moveStock(store, row, { warehouse: text(row, "warehouse"), actual: -qty, reserved: -qty });
    }
    advance(store, note, "per_delivered");
    note["status"] = "To Bill";
  },
};

const book = (store: Store, doc: Doc, lines: readonly (readonly [string, number])[]): void => {
  for (const [account, amount] of lines)
    store.insert("GL Entry", {
      company: doc["company"],
      account,
      debit: Math.max(0, amount),
      credit: Math.max(0, -amount),
      is_cancelled: 0,
      posting_date: doc["posting_date"],
      voucher_type: doc.doctype,
      voucher_no: doc.name,
    });
};

const salesInvoice: Partial<Hooks> = {
  validate: (store, invoice) => {
    total(store, invoice);
    invoice["status"] = "Draft";
    invoice["is_return"] ??= 0;
    invoice["currency"] ??= "USD";
    invoice["due_date"] ??= invoice["posting_date"];
    invoice["outstanding_amount"] ??= 0;
  },
  submit: (store, invoice) => {
    const gross = num(invoice, "grand_total");
    book(store, invoice, [
      ["Debtors - SW", gross],
      ["Sales - SW", -num(invoice, "net_total")],
      ["VAT - SW", -num(invoice, "total_taxes_and_charges")],
    ]);
    advance(store, invoice, "per_billed");
    invoice["outstanding_amount"] = gross;
    invoice["status"] = "Unpaid";
  },
};

const paymentEntry: Partial<Hooks> = {
  validate: (_store, payment) => {
    if (text(payment, "reference_no") === "" || text(payment, "reference_date") === "")
      fail("Reference No and Reference Date is mandatory for Bank transaction");
    payment["status"] = "Draft";
  },
  submit: (store, payment) => {
    for (const reference of rowsOf(payment, "references")) {
      const invoice = store.get("Sales Invoice", text(reference, "reference_name"));
      const allocated = num(reference, "allocated_amount");
      const open = num(invoice, "outstanding_amount");
      if (allocated > open) fail("Allocated Amount cannot be greater than outstanding amount.");
      invoice["outstanding_amount"] = money(open - allocated);
      invoice["status"] = open === allocated ? "Paid" : "Partly Paid";
      store.touch(invoice);
    }
    const paid = num(payment, "paid_amount");
    book(store, payment, [
      [text(payment, "paid_to"), paid],
      [text(payment, "paid_from"), -paid],
    ]);
    payment["status"] = "Submitted";
  },
};

export const sellingHooks: Readonly<Record<string, Partial<Hooks>>> = {
  "Sales Order": salesOrder,
  "Delivery Note": deliveryNote,
  "Sales Invoice": salesInvoice,
  "Payment Entry": paymentEntry,
};
