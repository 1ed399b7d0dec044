// Lines of a new document as a person asks for them: which item and how much of it. Price and tax are the ERP's to say.
import { z } from "zod";
import type { NewLine } from "./bookkeeping.ts";
import type { Database } from "./database.ts";
import { Cents, Named, Quantity } from "./operation.ts";
import { findItem } from "./record.ts";
import type { Item } from "./record.ts";

export const Line = z.strictObject({ item: Named, quantityThousandths: Quantity });
/** A supplier's price may differ from what the item is valued at. */
export const PricedLine = z.strictObject({ ...Line.shape, priceCents: Cents.optional() });

type Asked = z.infer<typeof PricedLine>;

/** `priceOf`: the price of an item that is not priced in its line. */
export const linesAt = (
  db: Database,
  asked: readonly Asked[],
  priceOf: (item: Item) => number,
): readonly NewLine[] =>
  asked.map(({ item: sku, quantityThousandths: qty, priceCents }, index) => {
    const item = findItem(db, sku);
    return { n: index + 1, sku: item.sku, qty, price: priceCents ?? priceOf(item), taxRate: item.taxRate };
  });
