// What the fake ERPNext knows of its doctypes: fields, what must be there, what must link to something, how names are
// made. A field that is not listed is unknown to lists, as a column that does not exist.

export type Meta = {
  readonly fields: readonly string[];
  readonly mandatory?: readonly string[];
  readonly links?: Readonly<Record<string, string>>;
  readonly tables?: Readonly<
    Record<
      string,
      { readonly mandatory: readonly string[]; readonly links: Readonly<Record<string, string>> }
    >
  >;
  readonly isSubmittable?: boolean;
  /** `SAL-ORD-.YYYY.-`; otherwise the document is named by a field. */
  readonly series?: string;
  readonly namedBy?: string;
};
const standard = ["name", "docstatus", "modified", "creation", "owner"];
const nova = ["custom_nova_action", "custom_nova_steps"];
const itemRow = { mandatory: ["item_code", "qty"], links: { item_code: "Item", warehouse: "Warehouse" } };
const selling = {
  links: { customer: "Customer", company: "Company", set_warehouse: "Warehouse" },
  tables: { items: itemRow },
  isSubmittable: true,
};

const metas = {
  Company: { fields: [...standard, "default_currency"], namedBy: "name" },
  Warehouse: { fields: [...standard, "warehouse_name", "company", "is_group"], namedBy: "name" },
  Item: {
    fields: [...standard, "item_name", "item_group", "stock_uom", "is_stock_item", "disabled"],
    namedBy: "item_code",
  },
  "Item Price": {
    fields: [...standard, "item_code", "price_list", "price_list_rate", "currency", "selling", "valid_from"],
    series: "PRICE-",
  },
  Bin: { fields: [...standard, "item_code", "warehouse", "actual_qty", "reserved_qty"], series: "BIN-" },
  Supplier: { fields: [...standard, "supplier_name", "email_id", "disabled"], namedBy: "supplier_name" },
  Customer: {
    fields: [...standard, ...nova, "customer_name", "email_id", "disabled"],
    mandatory: ["customer_name", "customer_type"],
    namedBy: "customer_name",
  },
  "Sales Taxes and Charges Template": { fields: standard, namedBy: "name" },
  "Sales Order": {
    ...selling,
    fields: [
      ...standard,
      ...nova,
      "customer",
      "customer_name",
      "company",
      "transaction_date",
      "delivery_date",
      "status",
      "currency",
      "grand_total",
      "per_delivered",
      "per_billed",
      "set_warehouse",
    ],
    mandatory: ["customer", "company", "transaction_date"],
    series: "SAL-ORD-.YYYY.-",
  },
  "Delivery Note": {
    ...selling,
    fields: [
      ...standard,
      ...nova,
      "customer",
      "customer_name",
      "company",
      "posting_date",
      "status",
      "grand_total",
    ],
    mandatory: ["customer", "company", "posting_date"],
    series: "MAT-DN-.YYYY.-",
  },
  "Sales Invoice": {
    ...selling,
    fields: [
      ...standard,
      ...nova,
      "customer",
      "customer_name",
      "company",
      "posting_date",
      "due_date",
      "status",
      "currency",
      "grand_total",
      "outstanding_amount",
      "is_return",
    ],
    mandatory: ["customer", "company", "posting_date"],
    series: "ACC-SINV-.YYYY.-",
  },
  "Purchase Invoice": {
    fields: [
      ...standard,
      "supplier",
      "supplier_name",
      "company",
      "posting_date",
      "due_date",
      "status",
      "grand_total",
      "outstanding_amount",
      "is_return",
    ],
    isSubmittable: true,
    series: "ACC-PINV-.YYYY.-",
  },
  "Payment Entry": {
    fields: [
      ...standard,
      ...nova,
      "party",
      "party_name",
      "company",
      "posting_date",
      "status",
      "paid_amount",
      "payment_type",
    ],
    mandatory: ["payment_type", "party", "company", "posting_date", "paid_from", "paid_to", "paid_amount"],
    links: { party: "Customer", company: "Company" },
    isSubmittable: true,
    series: "ACC-PAY-.YYYY.-",
  },
  "Stock Entry": {
    fields: [...standard, ...nova, "stock_entry_type", "company", "posting_date", "remarks"],
    mandatory: ["stock_entry_type", "company"],
    links: { company: "Company" },
    tables: {
      items: {
        mandatory: ["item_code", "qty", "uom", "stock_uom", "conversion_factor"],
        links: { item_code: "Item", s_warehouse: "Warehouse", t_warehouse: "Warehouse" },
      },
    },
    isSubmittable: true,
    series: "MAT-STE-.YYYY.-",
  },
  "GL Entry": {
    fields: [
      ...standard,
      "company",
      "is_cancelled",
      "account",
      "debit",
      "credit",
      "posting_date",
      "voucher_type",
      "voucher_no",
    ],
    series: "GL-",
  },
  Comment: {
    fields: [...standard, "comment_type", "reference_doctype", "reference_name", "content"],
    series: "COMMENT-",
  },
} as const satisfies Readonly<Record<string, Meta>>;

export const metaOf = (doctype: string): Meta | null =>
  Object.entries<Meta>(metas).find(([name]) => name === doctype)?.[1] ?? null;
