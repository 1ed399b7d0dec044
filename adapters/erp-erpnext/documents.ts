// Papers as Nova's rows: orders, quotes, deliveries and the rest, each from the doctype that ERPNext keeps it in.
import { z } from "zod";
import type { DocumentKind, ErpRow } from "../../src/ports.ts";
import { MoneyFigure, QuantityFigure, toFields } from "../../src/remote-erp/figures.ts";
import type { Desk } from "./desk.ts";
import { orderState, readBins, warehouseOf } from "./records.ts";
import type { Filter } from "./site.ts";

type Paper = {
  readonly doctype: string;
  readonly party: string;
  readonly day: string;
  readonly total: string;
  readonly filters?: readonly Filter[];
};
const papers: Readonly<Record<DocumentKind | "order", Paper>> = {
  order: { doctype: "Sales Order", party: "customer_name", day: "transaction_date", total: "grand_total" },
  quote: { doctype: "Quotation", party: "customer_name", day: "transaction_date", total: "grand_total" },
  delivery: { doctype: "Delivery Note", party: "customer_name", day: "posting_date", total: "grand_total" },
  credit: {
    doctype: "Sales Invoice",
    party: "customer_name",
    day: "posting_date",
    total: "grand_total",
    filters: [["is_return", "=", 1]],
  },
  payment: {
    doctype: "Payment Entry",
    party: "party_name",
    day: "posting_date",
    total: "paid_amount",
    filters: [["payment_type", "=", "Receive"]],
  },
  payout: {
    doctype: "Payment Entry",
    party: "party_name",
    day: "posting_date",
    total: "paid_amount",
    filters: [["payment_type", "=", "Pay"]],
  },
  request: { doctype: "Material Request", party: "title", day: "transaction_date", total: "per_ordered" },
  purchase: {
    doctype: "Purchase Order",
    party: "supplier_name",
    day: "transaction_date",
    total: "grand_total",
  },
  receipt: { doctype: "Purchase Receipt", party: "supplier_name", day: "posting_date", total: "grand_total" },
};

const Head = z.looseObject({ name: z.string(), docstatus: z.int(), status: z.string() });
const Ordered = z.looseObject({
  docstatus: z.int(),
  status: z.string(),
  per_delivered: z.number(),
  per_billed: z.number(),
  set_warehouse: z.string().nullish(),
});
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

function toRow({ settings }: Desk, of: DocumentKind | "order", raw: unknown): ErpRow {
  const paper = papers[of];
  const row = Head.parse(raw);
  const shared = {
    record: row.name,
    party: Text.parse(row[paper.party]),
    day: Text.parse(row[paper.day]),
    ...(of === "request" ? { totalCents: 0 } : toFields({ total: MoneyFigure.parse(row[paper.total]) })),
    currency: settings.currency,
    // ERPNext counts no revisions: its token is the time of the last change.
    rev: 0,
  };
  if (of !== "order") return { ...shared, kind: of, state: row.status.toLowerCase(), due: null };
  const order = Ordered.parse(raw);
  return { ...shared, state: orderState(order), location: order.set_warehouse ?? settings.warehouse };
}

/** Newest first. `state`: Nova's word for an order, ERPNext's own in small letters for anything else. */
export async function readDocuments(
  desk: Desk,
  of: DocumentKind | "order",
  state: string | null,
): Promise<readonly ErpRow[]> {
  const { doctype, party, day, total, filters = [] } = papers[of];
  const own = of === "order" ? ["per_delivered", "per_billed", "set_warehouse"] : [];
  const rows = await desk.site.list(doctype, {
    fields: ["name", "docstatus", "status", party, day, total, ...own],
    filters: [["company", "=", desk.settings.company], ...filters],
    order: `${day} desc, name desc`,
  });
  return rows.map((row) => toRow(desk, of, row)).filter((row) => state === null || row["state"] === state);
}

const Line = z.looseObject({
  item_code: z.string(),
  item_name: z.string(),
  qty: QuantityFigure,
  uom: z.string(),
  rate: MoneyFigure.prefault(0),
  amount: MoneyFigure.prefault(0),
  warehouse: z.string().nullish(),
});
const Lines = z.looseObject({
  items: z.array(Line).default([]),
  net_total: MoneyFigure.prefault(0),
  total_taxes_and_charges: MoneyFigure.prefault(0),
});

/** The paper as its first row, then its lines; nothing when there is none of that number. */
export async function readDocument(
  desk: Desk,
  of: DocumentKind | "order",
  number: string,
): Promise<readonly ErpRow[]> {
  const name = number.trim();
  // Without a name ERPNext would answer with a list of all.
  const raw = name === "" ? null : await desk.site.get(papers[of].doctype, name);
  if (raw === null) return [];
  const head = toRow(desk, of, raw);
  const { items, net_total: net, total_taxes_and_charges: tax } = Lines.parse(raw);
  const taxOf = (amount: number): number =>
    net.parts === 0 ? 0 : Math.round((tax.parts * amount) / net.parts);
  const bins =
    items.length === 0
      ? []
      : await readBins(
          desk,
          items.map(({ item_code: code }) => code),
        );
  const lines = items.map((line, index) => {
    const warehouse = warehouseOf(desk, line);
    const bin = bins.find((one) => one.item_code === line.item_code && one.warehouse === warehouse);
    return {
      record: `${head.record}#${index + 1}`,
      line: index + 1,
      sku: line.item_code,
      name: line.item_name,
      unit: line.uom,
      ...toFields({ quantity: line.qty, price: line.rate, net: line.amount }),
      // ERPNext keeps tax for the whole paper; a line shows its share.
      taxCents: taxOf(line.amount.parts),
      currency: desk.settings.currency,
      freeThousandths: bin === undefined ? 0 : bin.actual_qty - bin.reserved_qty,
    };
  });
  return [head, ...lines];
}
