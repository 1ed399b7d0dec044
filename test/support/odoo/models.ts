// What the fake Odoo knows of its models: fields, links, what must be there. A field that is not listed is an error in
// a domain, in a read and in a write, as it is for the real one.
import { accountModels } from "./account-models.ts";
import { type Model, base, chatter } from "./model.ts";

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
    fields: [
      ...base,
      "product_id",
      "location_id",
      "quantity",
      "reserved_quantity",
      "location_id.usage",
      "lot_id",
      "package_id",
      "owner_id",
      "inventory_quantity",
      "inventory_quantity_set",
      "inventory_diff_quantity",
    ],
    links: { product_id: "product.product", location_id: "stock.location" },
    methods: { action_apply_inventory: [] },
  },
  "stock.move": {
    fields: [
      ...base,
      "inventory_name",
      "is_inventory",
      "state",
      "product_id",
      "product_uom_qty",
      "location_id",
      "location_dest_id",
    ],
    links: {
      product_id: "product.product",
      location_id: "stock.location",
      location_dest_id: "stock.location",
    },
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
      "invoice_ids",
      "partner_invoice_id",
    ],
    links: {
      partner_id: "res.partner",
      partner_invoice_id: "res.partner",
      currency_id: "res.currency",
      warehouse_id: "stock.warehouse",
    },
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
      "qty_to_invoice",
    ],
    links: { order_id: "sale.order", product_id: "product.product" },
    required: ["order_id", "product_id"],
  },
  "account.account": { fields: [...base, "name"] },
  "purchase.order": { fields: [...base, "name", "state", "partner_id", "date_order", "amount_total"] },
  ...accountModels,
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
