// A payment made through its form in the fake Odoo: created, posted and matched at once, and booked where the journal has an
// account for what the bank has not said yet.
import { book, createMove, money } from "./accounting.ts";
import { type Row, type Store, idsIn, num } from "./store.ts";

/** Creates, posts and matches in one transaction. */
export function createPayments(store: Store, form: Row): unknown {
  const moves = idsIn(form, "move_ids").map((id) => store.get("account.move", id));
  const made = moves.map((move) => {
    const asked = form["amount"];
    const amount = typeof asked === "number" ? asked : num(move, "amount_residual");
    const isOut = move["move_type"] === "in_invoice";
    const payment = store.insert("account.payment", {
      name: `PBNK1/2026/${String(store.all("account.payment").length + 1).padStart(5, "0")}`,
      state: "in_process",
      payment_type: isOut ? "outbound" : "inbound",
      partner_id: move["partner_id"],
      date: form["payment_date"] ?? "2026-03-16",
      amount,
      memo: form["communication"] ?? move["name"],
      journal_id: form["journal_id"] ?? store.all("account.journal")[0]?.id ?? false,
    });
    match(store, { move, payment, amount: isOut ? -amount : amount });
    return payment.id;
  });
  return { type: "ir.actions.act_window", res_model: "account.payment", res_id: made[0] ?? false };
}

type Matched = { readonly move: Row; readonly payment: Row; readonly amount: number };

/** Without an outstanding account Odoo books nothing: what is open stays until the bank's statement comes. */
function match(store: Store, { move, payment, amount }: Matched): void {
  if (store.booksPayments) {
    move["amount_residual"] = money(num(move, "amount_residual") - Math.abs(amount));
    const other = amount < 0 ? "Payable" : "Receivable";
    const entry = createMove(store, { move_type: "entry", partner_id: move["partner_id"] });
    Object.assign(entry, { state: "posted", name: payment["name"], invoice_date: payment["date"] });
    book(store, entry, [
      ["Outstanding", amount, "product"],
      [other, -amount, "payment_term"],
    ]);
    move["payment_state"] = move["amount_residual"] === 0 ? "paid" : "partial";
  } else move["payment_state"] = "in_payment";
  store.touch(move);
}
