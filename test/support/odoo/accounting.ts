// What invoices, payments and credit notes do in the fake Odoo: drafts come from forms (wizards), a form takes what it is
// for from the context, posting gives a number and books, and a payment made through its form is posted and matched at once.
import { z } from "zod";
import { type Row, type Store, type Vals, accessError, idsIn, num, text, userError } from "./store.ts";

export const money = (value: number): number => Math.round(value * 100 + 1e-9) / 100;
export const forms: ReadonlySet<string> = new Set([
  "sale.advance.payment.inv",
  "account.payment.register",
  "account.move.reversal",
]);
const Context = z.looseObject({
  active_model: z.string().optional(),
  active_ids: z.array(z.int()).optional(),
});
const Command6 = z.tuple([z.literal(6), z.literal(0), z.array(z.int())]);

/** A form as `create` makes it. `moves` are the records that it was opened on. */
export function createForm(
  store: Store,
  model: string,
  { vals, context }: { vals: Vals; context: unknown },
): Row {
  const { active_model: on, active_ids: ids = [] } = Context.parse(context);
  const moves = on === "account.move" ? ids.map((id) => store.get("account.move", id)) : [];
  if (model === "account.payment.register") {
    if (moves.length === 0)
      userError("You can't open the register payment wizard without at least one receivable/payable line.");
    if (moves.some(({ state }) => state !== "posted"))
      userError("You can only register payment for posted journal entries.");
    if (moves.every((move) => num(move, "amount_residual") === 0))
      userError(
        "You can't register a payment because there is nothing left to pay on the selected journal items.",
      );
  }
  if (model === "account.move.reversal" && moves.some(({ state }) => state !== "posted"))
    userError("You can only reverse posted moves.");
  const form = store.insert(model, vals);
  const orders = z.array(Command6).parse(vals["sale_order_ids"] ?? []);
  form["sale_order_ids"] = orders.flatMap(([, , given]) => given);
  form["move_ids"] = moves.map(({ id }) => id);
  return form;
}

/** Only what is to be invoiced; the draft counts as invoiced from then on. */
export function createInvoices(store: Store, form: Row): unknown {
  const made = idsIn(form, "sale_order_ids").map((id) => {
    const order = store.get("sale.order", id);
    const lines = idsIn(order, "order_line").map((line) => store.get("sale.order.line", line));
    const due = lines.filter((line) => num(line, "qty_to_invoice") > 0);
    if (due.length === 0) userError("Cannot create an invoice. No items are available to invoice.");
    const invoice = createMove(store, { move_type: "out_invoice", partner_id: order["partner_invoice_id"] });
    invoice["invoice_origin"] = order["name"];
    invoice["ref"] = order["client_order_ref"] ?? false;
    for (const line of due) addLine(store, invoice, line);
    order["invoice_ids"] = [...idsIn(order, "invoice_ids"), invoice.id];
    order["invoice_status"] = "invoiced";
    store.touch(order);
    return invoice.id;
  });
  return { type: "ir.actions.act_window", res_model: "account.move", res_id: made[0] ?? false };
}

export function createMove(store: Store, vals: Vals): Row {
  return store.insert("account.move", {
    state: "draft",
    name: false,
    payment_state: "not_paid",
    currency_id: store.all("res.currency")[0]?.id ?? false,
    amount_total: 0,
    amount_residual: 0,
    ...vals,
  });
}

function addLine(store: Store, invoice: Row, line: Row): void {
  const quantity = num(line, "qty_to_invoice");
  const share = quantity / num(line, "product_uom_qty");
  const net = money(quantity * num(line, "price_unit"));
  store.insert("account.move.line", {
    move_id: invoice.id,
    display_type: "product",
    product_id: line["product_id"],
    name: line["name"],
    quantity,
    price_unit: line["price_unit"],
    price_subtotal: net,
    parent_state: "draft",
  });
  line["qty_to_invoice"] = 0;
  const total = num(invoice, "amount_total") + net + money(num(line, "price_tax") * share);
  invoice["amount_total"] = money(total);
  invoice["amount_residual"] = invoice["amount_total"];
}

const numbers = { out_invoice: "INV", out_refund: "RINV", in_invoice: "BILL" } as const;
const signs = { out_invoice: 1, out_refund: -1, in_invoice: -1 } as const;
const MoveType = z.enum(["out_invoice", "out_refund", "in_invoice"]);

/** Asks for the invoicing group, whatever the right to write the record says. */
export function postMove(store: Store, move: Row): unknown {
  if (!store.may("account.group_account_invoice", "member"))
    accessError("You don't have the access rights to post an invoice.");
  if (move["state"] !== "draft")
    userError(`The entry ${text(move, "name")} (id ${move.id}) must be in draft.`);
  const type = MoveType.parse(move["move_type"]);
  const prefix = `${numbers[type]}/2026/`;
  const count = store.all("account.move").filter((one) => text(one, "name").startsWith(prefix)).length;
  move["name"] = `${prefix}${String(count + 1).padStart(5, "0")}`;
  move["invoice_date"] ||= "2026-03-16";
  move["invoice_date_due"] ||= move["invoice_date"];
  move["state"] = "posted";
  const total = num(move, "amount_total") * signs[type];
  book(store, move, [
    [type === "in_invoice" ? "Payable" : "Receivable", total, "payment_term"],
    [type === "in_invoice" ? "Costs" : "Sales", -total, "tax"],
  ]);
  settleAgainst(store, move);
  store.touch(move);
  return false;
}

type Booking = readonly [account: string, amount: number, kind: string];
export function book(store: Store, move: Row, bookings: readonly Booking[]): void {
  for (const [name, amount, kind] of bookings) {
    const known = store.all("account.account").find((one) => one["name"] === name);
    store.insert("account.move.line", {
      move_id: move.id,
      move_name: move["name"],
      account_id: (known ?? store.insert("account.account", { name })).id,
      debit: Math.max(0, amount),
      credit: Math.max(0, -amount),
      date: move["invoice_date"] ?? move["date"],
      name: text(move, "name"),
      display_type: kind,
      parent_state: "posted",
    });
  }
}

/** A posted reversal is matched with what it reverses. */
function settleAgainst(store: Store, note: Row): void {
  const origin = note["reversed_entry_id"];
  if (typeof origin !== "number") return;
  const invoice = store.get("account.move", origin);
  const settled = Math.min(num(invoice, "amount_residual"), num(note, "amount_residual"));
  for (const one of [invoice, note]) {
    one["amount_residual"] = money(num(one, "amount_residual") - settled);
    if (one["amount_residual"] === 0) one["payment_state"] = one === invoice ? "reversed" : "paid";
  }
  store.touch(invoice);
}

/** A draft credit note over the whole; the reason stands in its reference. */
export function refundMoves(store: Store, form: Row): unknown {
  const made = idsIn(form, "move_ids").map((id) => {
    const invoice = store.get("account.move", id);
    const reason = text(form, "reason");
    const note = createMove(store, {
      move_type: "out_refund",
      partner_id: invoice["partner_id"],
      ref: `Reversal of: ${text(invoice, "name")}${reason === "" ? "" : `, ${reason}`}`,
      invoice_date: form["date"] ?? "2026-03-16",
      reversed_entry_id: id,
      amount_total: invoice["amount_total"],
      amount_residual: invoice["amount_total"],
    });
    return note.id;
  });
  return { type: "ir.actions.act_window", res_model: "account.move", res_id: made[0] ?? false };
}
