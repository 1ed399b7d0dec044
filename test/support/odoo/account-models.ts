// What the fake Odoo knows of its accounting: entries and their lines, payments, and the forms that make them.
import { type Model, base, chatter } from "./model.ts";

export const accountModels = {
  "account.move": {
    fields: [
      ...base,
      "name",
      "move_type",
      "state",
      "payment_state",
      "ref",
      "invoice_origin",
      "invoice_date",
      "invoice_date_due",
      "partner_id",
      "currency_id",
      "amount_total",
      "amount_residual",
      "reversed_entry_id",
    ],
    links: { partner_id: "res.partner", currency_id: "res.currency", reversed_entry_id: "account.move" },
    methods: { action_post: [], ...chatter },
  },
  "account.move.line": {
    fields: [
      ...base,
      "move_id",
      "move_name",
      "account_id",
      "debit",
      "credit",
      "date",
      "name",
      "parent_state",
      "display_type",
      "product_id",
      "quantity",
      "price_unit",
      "price_subtotal",
    ],
    links: { move_id: "account.move", account_id: "account.account", product_id: "product.product" },
  },
  "account.journal": { fields: [...base, "name", "type", "sequence"] },
  "account.payment": {
    fields: [...base, "name", "state", "partner_id", "payment_type", "date", "amount", "memo", "journal_id"],
    links: { partner_id: "res.partner", journal_id: "account.journal" },
  },
  "sale.advance.payment.inv": {
    fields: [...base, "advance_payment_method", "sale_order_ids"],
    required: ["advance_payment_method"],
    methods: { create_invoices: [] },
  },
  "account.payment.register": {
    fields: [...base, "payment_date", "amount", "communication", "journal_id"],
    links: { journal_id: "account.journal" },
    methods: { action_create_payments: [] },
  },
  "account.move.reversal": {
    fields: [...base, "reason", "date", "journal_id"],
    methods: { refund_moves: [], modify_moves: [] },
  },
} as const satisfies Readonly<Record<string, Model>>;
