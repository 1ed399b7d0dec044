// Whitelisted methods of the fake ERPNext: the mappers that answer with an unsaved document, rights, and comments.
import { type Doc, type Fields, fail, num, rowsOf, text } from "./doc.ts";
import type { Store } from "./store.ts";

type Method = (store: Store, args: Fields) => unknown;

const soldTo = (order: Doc): Fields => ({
  customer: order["customer"],
  customer_name: order["customer_name"],
  company: order["company"],
  currency: order["currency"],
  ignore_pricing_rule: 1,
  taxes: order["taxes"] ?? [],
  net_total: order["net_total"],
  grand_total: order["grand_total"],
});

function submittedOrder(store: Store, args: Fields): Doc {
  const order = store.get("Sales Order", text(args, "source_name"));
  store.demand("Sales Order", "read");
  if (order.docstatus !== 1) fail("Cannot map because following condition fails: docstatus = 1");
  return order;
}
const lines = (order: Doc, link: string): readonly Fields[] =>
  rowsOf(order, "items").map((row) => ({
    item_code: row["item_code"],
    item_name: row["item_name"],
    qty: row["qty"],
    uom: row["uom"],
    rate: row["rate"],
    amount: row["amount"],
    warehouse: row["warehouse"],
    [link]: order.name,
  }));
const unsaved = { docstatus: 0, __islocal: 1, __unsaved: 1 };

const makeDeliveryNote: Method = (store, args) => {
  const order = submittedOrder(store, args);
  const items = num(order, "per_delivered") >= 100 ? [] : lines(order, "against_sales_order");
  return { ...unsaved, doctype: "Delivery Note", ...soldTo(order), items };
};
const makeSalesInvoice: Method = (store, args) => {
  const order = submittedOrder(store, args);
  const items = num(order, "per_billed") >= 100 ? [] : lines(order, "sales_order");
  return { ...unsaved, doctype: "Sales Invoice", ...soldTo(order), items };
};
const getPaymentEntry: Method = (store, args) => {
  if (args["dt"] !== "Sales Invoice") fail("only invoices");
  const invoice = store.get("Sales Invoice", text(args, "dn"));
  const open = num(invoice, "outstanding_amount");
  return {
    ...unsaved,
    doctype: "Payment Entry",
    payment_type: "Receive",
    company: invoice["company"],
    party_type: "Customer",
    party: invoice["customer"],
    party_name: invoice["customer_name"],
    paid_from: "Debtors - SW",
    paid_to: "Bank - SW",
    paid_amount: open,
    received_amount: open,
    references: [
      {
        reference_doctype: "Sales Invoice",
        reference_name: invoice.name,
        outstanding_amount: open,
        allocated_amount: open,
      },
    ],
  };
};
const hasPermission: Method = (store, args) => {
  if (!("docname" in args)) fail("missing 1 required positional argument: 'docname'", "TypeError");
  return { has_permission: store.may(text(args, "doctype"), text(args, "perm_type")) };
};

/** Inserted without asking for rights on comments, as ERPNext does; its HTML is cleaned. */
const addComment: Method = (store, args) => {
  for (const name of ["reference_doctype", "reference_name", "content", "comment_email", "comment_by"])
    if (!(name in args)) fail(`missing 1 required positional argument: '${name}'`, "TypeError");
  store.get(text(args, "reference_doctype"), text(args, "reference_name"));
  const content = text(args, "content").replaceAll(/<(?!\/?(?:p|br|b|i)\b)[^>]*>/gu, "");
  return store.insert("Comment", { ...args, content, comment_type: "Comment" });
};

const sales = "erpnext.selling.doctype.sales_order.sales_order";
export const methods: Readonly<Record<string, { readonly run: Method; readonly postOnly: boolean }>> = {
  [`${sales}.make_delivery_note`]: { run: makeDeliveryNote, postOnly: false },
  [`${sales}.make_sales_invoice`]: { run: makeSalesInvoice, postOnly: false },
  "erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry": {
    run: getPaymentEntry,
    postOnly: false,
  },
  "frappe.client.has_permission": { run: hasPermission, postOnly: false },
  "frappe.desk.form.utils.add_comment": { run: addComment, postOnly: true },
};
