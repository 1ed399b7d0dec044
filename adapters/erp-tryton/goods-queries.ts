// What lies in the warehouses, and what is sold out of them.
import { z } from "zod";
import type { ErpPage, ErpRow } from "../../src/ports.ts";
import { readStock, readWarehouses } from "./records.ts";
import type { Tryton } from "./rpc.ts";
import { currencyOf, searchRows, toPage, wordsIn } from "./search.ts";
import type { Asked } from "./search.ts";
import { Price } from "./values.ts";

type Limited = { readonly text: string | null; readonly limit: number };
const Product = z
  .object({
    id: z.int(),
    code: z.string().nullable(),
    name: z.string(),
    list_price: Price.nullable(),
    "default_uom.": z.object({ rec_name: z.string() }),
    "account_category.": z.object({ rec_name: z.string() }).nullish(),
  })
  .transform((row) => ({
    id: row.id,
    sku: row.code ?? `item ${row.id}`,
    name: row.name,
    category: row["account_category."]?.rec_name ?? "",
    unit: row["default_uom."].rec_name,
    price: row.list_price?.row ?? { priceCents: 0 },
  }));
type Product = z.infer<typeof Product>;

const findProducts = async (tryton: Tryton, text: string | null): Promise<readonly Product[]> =>
  searchRows(tryton, "product.product", {
    domain: [["type", "=", "goods"], ...wordsIn(text)],
    order: [["template.name", "ASC"]],
    fields: ["code", "name", "list_price", "default_uom.rec_name", "account_category.rec_name"],
    schema: Product,
  });

export async function answerStock({ tryton, today }: Asked, { text, limit }: Limited): Promise<ErpPage> {
  const found = await findProducts(tryton, text);
  const products = found.map(({ id }) => id);
  const all: ErpRow[] = [];
  for (const warehouse of await readWarehouses(tryton)) {
    const levels = await readStock(tryton, { products, storage: warehouse.storage_location, today });
    for (const { id, price: _price, ...product } of found) {
      const { onHand = 0, free = 0 } = levels.get(id) ?? {};
      all.push({
        record: `${product.sku}@${warehouse.name}`,
        ...product,
        location: warehouse.name,
        freeThousandths: free,
        onHandThousandths: onHand,
        reservedThousandths: onHand - free,
        // Reorder levels are a module of Tryton's of their own (stock_supply), which Nova does not read.
        reorderThousandths: null,
      });
    }
  }
  return toPage(all, limit);
}

export async function answerItems({ tryton, today }: Asked, { text, limit }: Limited): Promise<ErpPage> {
  const found = await findProducts(tryton, text);
  const products = found.map(({ id }) => id);
  const currency = await currencyOf(tryton);
  const free = new Map<number, number>();
  for (const { storage_location: storage } of await readWarehouses(tryton)) {
    const levels = await readStock(tryton, { products, storage, today });
    for (const [id, level] of levels) free.set(id, (free.get(id) ?? 0) + level.free);
  }
  const all = found.map(({ id, price, ...product }) => ({
    record: product.sku,
    ...product,
    ...price,
    currency,
    freeThousandths: free.get(id) ?? 0,
  }));
  return toPage(all, limit);
}
