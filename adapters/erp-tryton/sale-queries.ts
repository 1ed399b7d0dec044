// Sales as the port's orders: in lists, and one with its lines.
import type { ErpPage, ErpQuery, ErpRow } from "../../src/ports.ts";
import { findSale } from "./names.ts";
import { Sale, readSale, readSaleLines, readStock, readWarehouses, saleFields, stateOf } from "./records.ts";
import { TrytonRefusal } from "./refusal.ts";
import { byNumberOrParty, nothing, searchRows, toPage } from "./search.ts";
import type { Asked } from "./search.ts";

const rowOf = (sale: Sale): ErpRow => ({
  record: sale.ref,
  state: stateOf(sale),
  party: sale.party.rec_name,
  day: sale.day,
  location: sale.warehouse.rec_name,
  totalCents: sale.totalCents,
  currency: sale.currency,
  rev: 0,
});

export const findSales = async (
  { tryton }: Asked,
  { text, domain }: { readonly text: string | null; readonly domain: readonly unknown[] },
): Promise<readonly Sale[]> =>
  searchRows(tryton, "sale.sale", {
    domain: [...domain, ...byNumberOrParty(text, /\bSO-0*(\d+)\b/iu)],
    order: [["id", "DESC"]],
    fields: saleFields,
    schema: Sale,
  });

export async function answerOrders(
  asked: Asked,
  { text, state, limit }: Extract<ErpQuery, { kind: "orders" }>,
): Promise<ErpPage> {
  const all = (await findSales(asked, { text, domain: [] })).map((sale) => rowOf(sale));
  return toPage(state === null ? all : all.filter((row) => row["state"] === state), limit);
}

/** The sale's head as the first row, then its lines; nothing for a number that does not exist. */
export async function answerOrder({ tryton, today }: Asked, ref: string): Promise<ErpPage> {
  const id = await findSale(tryton, ref.trim()).catch((thrown: unknown) => {
    if (thrown instanceof TrytonRefusal && thrown.kind === "rejected") return null;
    throw thrown;
  });
  if (id === null) return nothing;
  const sale = await readSale(tryton, id);
  const lines = await readSaleLines(tryton, sale);
  const warehouse = (await readWarehouses(tryton)).find(({ id: one }) => one === sale.warehouse.id);
  const products = lines.map(({ product }) => product);
  const levels =
    warehouse === undefined
      ? null
      : await readStock(tryton, { products, storage: warehouse.storage_location, today });
  const tax = sale.totalCents - lines.reduce((sum, line) => sum + line.netCents, 0);
  const rows = lines.map((line, index) => ({
    record: `${sale.ref}#${index + 1}`,
    line: index + 1,
    sku: line.code,
    name: line.name,
    unit: line.unit,
    quantityThousandths: line.quantity,
    ...line.price,
    netCents: line.netCents,
    // Tryton taxes the whole: what it adds is shown with the first line.
    taxCents: index === 0 ? tax : 0,
    currency: sale.currency,
    freeThousandths: levels?.get(line.product)?.free ?? 0,
  }));
  return { rows: [rowOf(sale), ...rows], total: rows.length + 1 };
}
