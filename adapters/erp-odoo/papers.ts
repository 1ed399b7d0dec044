// Papers as Nova's rows: sales orders with their lines, and the other documents by head and lines where Odoo keeps them.
import { z } from "zod";
import type { DocumentKind, ErpRow } from "../../src/ports.ts";
import { MoneyFigure, toFields } from "../../src/remote-erp/figures.ts";
import type { Desk } from "./desk.ts";
import { codeOf, listProducts } from "./products.ts";
import { Link, ListedOrder, Text, findListed, orderFields, orderState, readShownLines } from "./records.ts";

const isQuote = (order: ListedOrder): boolean => order.state === "draft" || order.state === "sent";

const toRow = ({ currency }: Desk, order: ListedOrder, asQuote: boolean): ErpRow => ({
  record: order.name,
  state: asQuote ? order.state : orderState(order),
  party: order.partner_id.name,
  day: order.date_order.slice(0, 10),
  ...toFields({ total: order.amount_total }),
  currency,
  // Odoo counts no revisions: what was read is compared by the time of the last change.
  rev: 0,
  ...(asQuote ? { kind: "quote", due: null } : { location: order.warehouse_id.name }),
});

/** Newest first. A quotation that was not confirmed yet is a draft order, and a quote. */
export async function readOrders(
  desk: Desk,
  state: string | null,
  asQuotes: boolean,
): Promise<readonly ErpRow[]> {
  const rows = await desk.db.look("sale.order", {
    domain: [],
    fields: orderFields,
    order: "date_order desc, id desc",
  });
  return rows
    .map((row) => ListedOrder.parse(row))
    .filter((order) => !asQuotes || isQuote(order))
    .map((order) => toRow(desk, order, asQuotes))
    .filter((row) => state === null || row["state"] === state);
}

/** The order as its first row, then its lines; nothing when there is none of that number. */
export async function readOrderRows(
  desk: Desk,
  number: string,
  asQuote: boolean,
): Promise<readonly ErpRow[]> {
  const order = await findListed(desk, number);
  if (order === null) return [];
  const [lines, products] = await Promise.all([readShownLines(desk, order), listProducts(desk)]);
  const rows = lines.map((line, index) => {
    const product = products.find(({ id }) => id === line.product.id);
    return {
      record: `${order.name}#${index + 1}`,
      line: index + 1,
      sku: product === undefined ? line.product.name : codeOf(product),
      name: line.product.name,
      unit: product?.uom_id ?? "",
      ...toFields({
        quantity: line.product_uom_qty,
        price: line.price_unit,
        net: line.price_subtotal,
        tax: line.price_tax,
      }),
      currency: desk.currency,
      freeThousandths: product?.free_qty ?? 0,
    };
  });
  return [toRow(desk, order, asQuote), ...rows];
}

type Paper = {
  readonly model: string;
  readonly domain: readonly (readonly [string, string, unknown])[];
  readonly day: string;
  readonly total: string | null;
};
/** Purchase requests are no documents of Odoo's own. */
const papers: Readonly<Record<Exclude<DocumentKind, "quote" | "request">, Paper>> = {
  delivery: {
    model: "stock.picking",
    domain: [["picking_type_code", "=", "outgoing"]],
    day: "scheduled_date",
    total: null,
  },
  receipt: {
    model: "stock.picking",
    domain: [["picking_type_code", "=", "incoming"]],
    day: "scheduled_date",
    total: null,
  },
  credit: {
    model: "account.move",
    domain: [["move_type", "=", "out_refund"]],
    day: "invoice_date",
    total: "amount_total",
  },
  payment: {
    model: "account.payment",
    domain: [["payment_type", "=", "inbound"]],
    day: "date",
    total: "amount",
  },
  payout: {
    model: "account.payment",
    domain: [["payment_type", "=", "outbound"]],
    day: "date",
    total: "amount",
  },
  purchase: { model: "purchase.order", domain: [], day: "date_order", total: "amount_total" },
};
const Head = z.looseObject({ name: Text, state: z.string(), partner_id: z.union([Link, z.literal(false)]) });

async function headsOf(desk: Desk, of: keyof typeof papers, name: string | null): Promise<readonly ErpRow[]> {
  const { model, domain, day, total } = papers[of];
  const rows = await desk.db.look(model, {
    domain: name === null ? domain : [...domain, ["name", "=ilike", name]],
    fields: ["name", "state", "partner_id", day, ...(total === null ? [] : [total])],
    order: `${day} desc, id desc`,
  });
  return rows.map((raw) => {
    const row = Head.parse(raw);
    return {
      record: row.name,
      kind: of,
      state: row.state,
      party: row.partner_id === false ? "" : row.partner_id.name,
      day: Text.parse(row[day]).slice(0, 10),
      due: null,
      ...(total === null ? { totalCents: 0 } : toFields({ total: MoneyFigure.parse(row[total]) })),
      currency: desk.currency,
      rev: 0,
    };
  });
}

export async function readPapers(
  desk: Desk,
  of: DocumentKind,
  state: string | null,
): Promise<readonly ErpRow[]> {
  if (of === "quote") return readOrders(desk, state, true);
  if (of === "request") return [];
  return (await headsOf(desk, of, null)).filter((row) => state === null || row["state"] === state);
}

/** Its head alone: their lines are read in Odoo. */
export const readPaper = async (
  desk: Desk,
  of: Exclude<DocumentKind, "quote">,
  number: string,
): Promise<readonly ErpRow[]> => (of === "request" ? [] : headsOf(desk, of, number.trim()));
