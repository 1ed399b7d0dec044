// The port's questions after papers: lists of them, and one with its lines. A paper of a module that is not active in this
// Tryton is one that there is none of.
import { z } from "zod";
import type { ErpPage, ErpQuery, ErpRow } from "../../src/ports.ts";
import { documentKinds, movesOf } from "./documents.ts";
import type { Paper } from "./documents.ts";
import { readStock, readWarehouses } from "./records.ts";
import { nothing, searchRows, toPage } from "./search.ts";
import type { Asked } from "./search.ts";
import { Cents, Price, Thousandths } from "./values.ts";

type Documents = Extract<ErpQuery, { kind: "documents" }>;
type One = Extract<ErpQuery, { kind: "document" }>;

async function find(asked: Asked, of: Documents["of"], text: string | null): Promise<readonly Paper[]> {
  if (of === "request") return [];
  const kind = documentKinds[of];
  const domain = [["model", "=", kind.model]];
  const known = await searchRows(asked.tryton, "ir.model", { domain, fields: ["id"], schema: z.unknown() });
  return known.length === 0 ? [] : kind.find(asked, text);
}

export async function answerDocuments(asked: Asked, query: Documents): Promise<ErpPage> {
  const { text, state } = query;
  const number = /\b[A-Z]{2,4}-[\d-]+\b/iu.exec(text ?? "")?.[0].toUpperCase();
  const rows = (await find(asked, query.of, number === undefined ? text : null))
    .map(({ row }) => row)
    .filter((row) => state === null || row["state"] === state)
    .filter((row) => number === undefined || row.record.toUpperCase() === number);
  return toPage(rows, query.limit);
}

/** Head first, then its lines; nothing for a number that does not exist. */
export async function answerDocument(asked: Asked, { of, number }: One): Promise<ErpPage> {
  const wanted = number.trim().toUpperCase();
  const paper = (await find(asked, of, null)).find(({ row }) => row.record.toUpperCase() === wanted);
  if (paper === undefined) return nothing;
  const lines = await linesOf(asked, paper);
  return { rows: [paper.row, ...lines], total: lines.length + 1 };
}

const Goods = z.object({ id: z.int(), code: z.string().nullable(), rec_name: z.string() });
const Line = z.object({
  quantity: Thousandths,
  unit_price: Price.nullable(),
  amount: Cents.optional(),
  "product.": Goods,
  "unit.": z.object({ rec_name: z.string() }).optional(),
  "uom.": z.object({ rec_name: z.string() }).optional(),
});
const lineFields = ["quantity", "unit_price", "product.code", "product.rec_name"] as const;
type Source = { readonly model: string; readonly domain: readonly unknown[] };

function sourceOf({ at: { model, id } }: Paper): Source | null {
  switch (model) {
    case "sale.sale":
      return { model: "sale.line", domain: [["sale", "=", id]] };
    case "purchase.purchase":
      return { model: "purchase.line", domain: [["purchase", "=", id]] };
    case "account.invoice":
      return { model: "account.invoice.line", domain: [["invoice", "=", id]] };
    case "stock.shipment.out":
    case "stock.shipment.in":
      return { model: "stock.move", domain: movesOf(model, [id]) };
    default:
      return null;
  }
}

async function linesOf(asked: Asked, paper: Paper): Promise<readonly ErpRow[]> {
  const source = sourceOf(paper);
  if (source === null) return [];
  const isMove = source.model === "stock.move";
  const found = await searchRows(asked.tryton, source.model, {
    domain: [...source.domain, ["product", "!=", null]],
    order: [["id", "ASC"]],
    fields: isMove ? [...lineFields, "uom.rec_name"] : [...lineFields, "unit.rec_name", "amount"],
    schema: Line,
  });
  const free = await freeOf(
    asked,
    found.map((line) => line["product."].id),
  );
  const net = found.map(({ quantity, unit_price: price, amount }) =>
    Math.abs(amount ?? Math.round(((price?.cents ?? 0) * quantity) / 1000)),
  );
  const { record, totalCents, currency = "" } = paper.row;
  const tax = isMove ? 0 : Number(totalCents) - net.reduce((sum, cents) => sum + cents, 0);
  return found.map((line, index) => ({
    record: `${record}#${index + 1}`,
    line: index + 1,
    sku: line["product."].code ?? `item ${line["product."].id}`,
    name: line["product."].rec_name.replace(/^\[[^\]]*\] /u, ""),
    unit: (line["unit."] ?? line["uom."])?.rec_name ?? "",
    quantityThousandths: Math.abs(line.quantity),
    ...(line.unit_price?.row ?? { priceCents: 0 }),
    netCents: net[index] ?? 0,
    // Tryton taxes the whole: what it adds is shown with the first line.
    taxCents: index === 0 ? tax : 0,
    currency,
    freeThousandths: free.get(line["product."].id) ?? 0,
  }));
}

/** Over all warehouses. */
async function freeOf(
  { tryton, today }: Asked,
  products: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const free = new Map<number, number>();
  for (const { storage_location: storage } of await readWarehouses(tryton)) {
    const levels = await readStock(tryton, { products: [...new Set(products)], storage, today });
    for (const [id, level] of levels) free.set(id, (free.get(id) ?? 0) + level.free);
  }
  return free;
}
