// The records of Tryton that Nova works on, each parsed at the door: sales with their lines, invoices, stock.
import { z } from "zod";
import { readRows, saleRef } from "./names.ts";
import type { Tryton } from "./rpc.ts";
import { Cents, Day, Price, Thousandths } from "./values.ts";

export const Party = z.object({ id: z.int(), rec_name: z.string() });
export type Party = z.infer<typeof Party>;
export const Sale = z
  .object({
    id: z.int(),
    number: z.string().nullable(),
    reference: z.string().nullable(),
    state: z.enum(["draft", "quotation", "confirmed", "processing", "done", "cancelled"]),
    shipment_state: z.string(),
    total_amount: Cents,
    tax_amount: Cents,
    lines: z.array(z.int()),
    shipments: z.array(z.int()),
    invoices: z.array(z.int()),
    sale_date: Day.nullable(),
    "party.": Party,
    "shipment_address.": z.object({ rec_name: z.string() }).nullish(),
    "currency.": z.object({ code: z.string() }),
    "warehouse.": z.object({ id: z.int(), rec_name: z.string() }),
    _timestamp: z.string(),
  })
  .transform((row) => ({
    id: row.id,
    ref: saleRef(row.number ?? `draft ${row.id}`),
    reference: row.reference ?? "",
    state: row.state,
    isSent: row.shipment_state === "sent",
    totalCents: row.total_amount,
    taxCents: row.tax_amount,
    lines: row.lines,
    shipments: row.shipments,
    invoices: row.invoices,
    day: row.sale_date ?? "",
    party: row["party."],
    shipTo: row["shipment_address."]?.rec_name ?? "none",
    currency: row["currency."].code,
    warehouse: row["warehouse."],
    token: row._timestamp,
  }));
export type Sale = z.infer<typeof Sale>;
export const saleFields = [
  "number",
  "reference",
  "state",
  "shipment_state",
  "total_amount",
  "tax_amount",
  "lines",
  "shipments",
  "invoices",
  "sale_date",
  "party.rec_name",
  "shipment_address.rec_name",
  "currency.code",
  "warehouse.rec_name",
  "_timestamp",
];

export async function readSale(tryton: Tryton, id: number): Promise<Sale> {
  const [sale] = await readRows(
    tryton,
    { model: "sale.sale", ids: [id] },
    { schema: Sale, fields: saleFields },
  );
  if (sale === undefined) throw new Error(`Tryton returned nothing for sale ${id}.`);
  return sale;
}

/** Where the sale stands in the words of the port. */
export function stateOf(sale: Sale): "draft" | "confirmed" | "shipped" | "invoiced" | "cancelled" {
  if (sale.state === "cancelled") return "cancelled";
  if (sale.state === "done") return "invoiced";
  if (sale.state === "draft" || sale.state === "quotation") return "draft";
  return sale.isSent ? "shipped" : "confirmed";
}

const SaleLine = z
  .object({
    id: z.int(),
    quantity: Thousandths,
    unit_price: Price,
    amount: Cents,
    "product.": z.object({ id: z.int(), code: z.string().nullable(), rec_name: z.string() }),
    "unit.": z.object({ rec_name: z.string() }),
  })
  .transform((row) => ({
    id: row.id,
    quantity: row.quantity,
    price: row.unit_price.row,
    priceText: row.unit_price.text,
    netCents: row.amount,
    product: row["product."].id,
    code: row["product."].code ?? `item ${row["product."].id}`,
    title: row["product."].rec_name,
    name: row["product."].rec_name.replace(/^\[[^\]]*\] /u, ""),
    unit: row["unit."].rec_name,
  }));
export type SaleLine = z.infer<typeof SaleLine>;

export const readSaleLines = async (tryton: Tryton, sale: Sale): Promise<readonly SaleLine[]> =>
  readRows(
    tryton,
    { model: "sale.line", ids: sale.lines },
    {
      schema: SaleLine,
      fields: ["quantity", "unit_price", "amount", "product.code", "product.rec_name", "unit.rec_name"],
    },
  );

const Stock = z.object({ id: z.int(), quantity: Thousandths, forecast_quantity: Thousandths });
const Warehouse = z.object({ id: z.int(), name: z.string(), storage_location: z.int() });
export type Warehouse = z.infer<typeof Warehouse>;

export async function readWarehouses(tryton: Tryton): Promise<readonly Warehouse[]> {
  const domain = [["type", "=", "warehouse"]];
  const fields = ["name", "storage_location"];
  return z
    .array(Warehouse)
    .parse(await tryton.call("model.stock.location.search_read", [domain, 0, 50, null, fields]));
}

/** On hand and free (on hand less what is promised) of some products in one warehouse, in thousandths. */
export async function readStock(
  tryton: Tryton,
  what: { readonly products: readonly number[]; readonly storage: number; readonly today: string },
): Promise<ReadonlyMap<number, { readonly onHand: number; readonly free: number }>> {
  const [year = 0, month = 0, day = 0] = what.today.split("-").map(Number);
  const end = { __class__: "date", year, month, day };
  const context = { locations: [what.storage], stock_date_end: end };
  const rows = await readRows(
    tryton,
    { model: "product.product", ids: what.products, context },
    { schema: Stock, fields: ["quantity", "forecast_quantity"] },
  );
  return new Map(
    rows.map((row) => [
      row.id,
      { onHand: row.quantity, free: Math.min(row.quantity, row.forecast_quantity) },
    ]),
  );
}
