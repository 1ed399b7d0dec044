// Below which free stock of an item more should be bought at a place, and how much then. Whoever looks at stock sees it;
// nothing is bought by it.
import { z } from "zod";
import { type Database, readRow, write } from "./database.ts";
import { quantityText } from "./format.ts";
import { type Done, Named, Quantity, defineOperation } from "./operation.ts";
import { findItem, findPlace } from "./record.ts";
import { ErpRefusal } from "./refusal.ts";
import { nameRecord } from "./search.ts";

const Level = z.int().min(0).max(100_000_000);
const ReorderArgs = z.strictObject({
  item: Named,
  location: Named,
  /** 0: it is not watched there. */
  levelThousandths: Level,
  /** Null: nobody said how much. */
  quantityThousandths: Quantity.nullable(),
});

const pointSchema = z.object({ levelThousandths: z.number(), quantityThousandths: z.number().nullable() });
const unwatched = { levelThousandths: 0, quantityThousandths: null };

function pointOf(db: Database, sku: string, loc: string): z.infer<typeof pointSchema> {
  const sql =
    "SELECT level AS levelThousandths, quantity AS quantityThousandths FROM reorder WHERE sku=:sku AND loc=:loc";
  return readRow(db, sql, { schema: pointSchema, values: { sku, loc } }) ?? unwatched;
}

export const setReorder = defineOperation({
  input: z.strictObject({
    ...ReorderArgs.shape,
    location: Named.optional(),
    levelThousandths: Level.optional(),
    quantityThousandths: Quantity.nullable().optional(),
  }),
  args: ReorderArgs,
  resolve: (db, input) => {
    const item = nameRecord(db, "item", input.item);
    const location = nameRecord(db, "location", input.location ?? "MAIN");
    const now = pointOf(db, item, location);
    const levelThousandths = input.levelThousandths ?? now.levelThousandths;
    // Where nothing is watched there is nothing to buy by it.
    const quantity =
      input.quantityThousandths === undefined ? now.quantityThousandths : input.quantityThousandths;
    return {
      item,
      location,
      levelThousandths,
      quantityThousandths:
        levelThousandths === 0 && input.quantityThousandths === undefined ? null : quantity,
    };
  },
  run: (db, args): Done => {
    const item = findItem(db, args.item);
    const place = findPlace(db, args.location);
    const now = pointOf(db, item.sku, place.code);
    const { levelThousandths: level, quantityThousandths: quantity } = args;
    if (level === 0 && quantity !== null)
      throw new ErpRefusal("invalid", "How much to buy needs a reorder level above 0. Say the level too.");
    if (now.levelThousandths === level && now.quantityThousandths === quantity)
      throw new ErpRefusal(
        "conflict",
        `${item.name} has ${pointText(level, quantity)} at ${place.name} already.`,
      );
    const sql = `INSERT INTO reorder(sku, loc, level, quantity) VALUES (:sku, :loc, :level, :quantity)
      ON CONFLICT(sku, loc) DO UPDATE SET level=excluded.level, quantity=excluded.quantity`;
    write(db, sql, { sku: item.sku, loc: place.code, level, quantity });
    return {
      summary: `Set ${item.name} (${item.sku}) at ${place.name} to ${pointText(level, quantity)}`,
      guards: [],
      amountCents: null,
      isExternal: false,
      undo: `Set it back to ${pointText(now.levelThousandths, now.quantityThousandths)}.`,
      tokens: {},
    };
  },
});

function pointText(level: number, quantity: number | null): string {
  if (level === 0) return "no reorder level";
  const more = quantity === null ? "" : `, ${quantityText(quantity)} to buy`;
  return `reorder level ${quantityText(level)}${more}`;
}
