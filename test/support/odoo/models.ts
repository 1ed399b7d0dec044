// What the fake Odoo knows of its models: fields, links, what must be there. A field that is not listed is an error in
// a domain, in a read and in a write, as it is for the real one.

export type Model = {
  readonly fields: readonly string[];
  /** Many2one: read as [id, name], empty as false. */
  readonly links?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Names of methods beside the ORM's own, each with the arguments that it takes. */
  readonly methods?: Readonly<Record<string, readonly string[]>>;
};
const base = ["id", "display_name", "create_date", "write_date"];
const chatter = { message_post: ["body", "message_type", "subtype_xmlid"] };

const models = {
  "res.partner": {
    fields: [
      ...base,
      "name",
      "city",
      "email",
      "ref",
      "comment",
      "parent_id",
      "is_company",
      "customer_rank",
      "supplier_rank",
    ],
    required: ["name"],
    methods: chatter,
  },
  "res.currency": { fields: [...base, "name"] },
  "account.tax": { fields: [...base, "name", "amount_type", "amount", "price_include"] },
  "product.category": { fields: [...base, "name"] },
  "uom.uom": { fields: [...base, "name"] },
  "product.product": {
    fields: [
      ...base,
      "name",
      "default_code",
      "categ_id",
      "uom_id",
      "lst_price",
      "is_storable",
      "taxes_id",
      "free_qty",
      "sale_ok",
    ],
    links: { categ_id: "product.category", uom_id: "uom.uom" },
  },
  "stock.warehouse": { fields: [...base, "name", "sequence"] },
  "stock.location": { fields: [...base, "name", "usage"] },
  "stock.quant": {
    fields: [...base, "product_id", "location_id", "quantity", "reserved_quantity", "location_id.usage"],
    links: { product_id: "product.product", location_id: "stock.location" },
  },
  "stock.picking": {
    fields: [...base, "name", "state", "picking_type_code", "partner_id", "scheduled_date", "sale_id"],
    links: { partner_id: "res.partner", sale_id: "sale.order" },
    methods: { button_validate: [], ...chatter },
  },
  "sale.order": {
    fields: [
      ...base,
      "name",
      "state",
      "partner_id",
      "date_order",
      "currency_id",
      "amount_total",
      "client_order_ref",
      "invoice_status",
      "delivery_status",
      "warehouse_id",
      "order_line",
      "picking_ids",
      "locked",
      "note",
    ],
    links: { partner_id: "res.partner", currency_id: "res.currency", warehouse_id: "stock.warehouse" },
    required: ["partner_id"],
    methods: { action_confirm: [], action_cancel: [], ...chatter },
  },
  "sale.order.line": {
    fields: [
      ...base,
      "order_id",
      "product_id",
      "product_uom_qty",
      "price_unit",
      "price_subtotal",
      "price_tax",
      "name",
    ],
    links: { order_id: "sale.order", product_id: "product.product" },
    required: ["order_id", "product_id"],
  },
  "account.move": {
    fields: [
      ...base,
      "name",
      "move_type",
      "state",
      "partner_id",
      "invoice_date",
      "invoice_date_due",
      "amount_total",
      "amount_residual",
    ],
    links: { partner_id: "res.partner" },
    methods: chatter,
  },
  "account.account": { fields: [...base, "name"] },
  "account.payment": { fields: [...base, "name", "state", "partner_id", "payment_type", "date", "amount"] },
  "purchase.order": { fields: [...base, "name", "state", "partner_id", "date_order", "amount_total"] },
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
    ],
    links: { move_id: "account.move", account_id: "account.account" },
  },
  "mail.message": { fields: [...base, "model", "res_id", "body"] },
} as const satisfies Readonly<Record<string, Model>>;

export const modelOf = (name: string): Model | null =>
  Object.entries<Model>(models).find(([known]) => known === name)?.[1] ?? null;

/** Arguments of the ORM's own methods; `isModel`: without records (`@api.model`). */
export const orm: Readonly<Record<string, { readonly args: readonly string[]; readonly isModel: boolean }>> =
  {
    search_read: { args: ["domain", "fields", "offset", "limit", "order"], isModel: true },
    create: { args: ["vals_list"], isModel: true },
    read: { args: ["fields", "load"], isModel: false },
    write: { args: ["vals"], isModel: false },
    has_access: { args: ["operation"], isModel: false },
  };
