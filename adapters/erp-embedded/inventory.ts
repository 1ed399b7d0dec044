// Stock that comes in, and stock that a count, a loss or a find corrects. Both book its value.
import { z } from "zod";
import { accounts, postEntry } from "./bookkeeping.ts";
import type { Database } from "./database.ts";
import { quantityText, signed } from "./format.ts";
import { Day, type Done, Named, Quantity, defineOperation } from "./operation.ts";
import { findItem, findPlace, freeStock } from "./record.ts";
import { ErpRefusal } from "./refusal.ts";
import { nameRecord } from "./search.ts";

const Change = z
  .int()
  .min(-100_000_000)
  .max(100_000_000)
  .refine((change) => change !== 0, "must not be 0");
const Reason = z.string().trim().min(1).max(200);
const AdjustArgs = z.strictObject({
  item: Named,
  location: Named,
  changeThousandths: Change,
  reason: Reason,
  day: Day,
});

/** A difference, not a new level: two people who correct at once don't undo each other. */
export const adjustStock = defineOperation({
  input: z.strictObject({ ...AdjustArgs.shape, location: Named.optional(), day: Day.optional() }),
  args: AdjustArgs,
  resolve: (db, input, today) => ({
    ...input,
    item: nameRecord(db, "item", input.item),
    location: nameRecord(db, "location", input.location ?? "MAIN"),
    day: input.day ?? today,
  }),
  run: (db, args): Done => {
    const item = findItem(db, args.item);
    const place = findPlace(db, args.location);
    const qty = args.changeThousandths;
    const free = freeStock(db, item.sku, place.code);
    if (free + qty < 0) {
      const sentence = `Only ${quantityText(free)} of ${item.name} are free at ${place.name}, so ${quantityText(-qty)} can't be taken away.`;
      throw new ErpRefusal("short", sentence);
    }
    const moves = [{ sku: item.sku, loc: place.code, qty, why: args.reason }];
    postEntry(db, { day: args.day, memo: args.reason, stock: { contra: accounts.stockDifferences, moves } });
    const summary = `Adjust stock of ${item.name} at ${place.name} by ${signed(quantityText(qty))}: ${args.reason}`;
    const undo = "Adjust by the same quantity the other way.";
    return { summary, guards: [], amountCents: null, isExternal: false, undo, tokens: {} };
  },
});

const ReceiveArgs = z.strictObject({ item: Named, location: Named, quantityThousandths: Quantity, day: Day });

const Where = z.strictObject({ ...ReceiveArgs.shape, location: Named.optional(), day: Day.optional() });
const incoming = {
  input: Where,
  args: ReceiveArgs,
  resolve: (db: Database, input: z.infer<typeof Where>, today: string) => ({
    ...input,
    item: nameRecord(db, "item", input.item),
    location: nameRecord(db, "location", input.location ?? "MAIN"),
    day: input.day ?? today,
  }),
};

export const receiveStock = defineOperation({
  ...incoming,
  run: (db, args): Done => {
    const item = findItem(db, args.item);
    const place = findPlace(db, args.location);
    const moves = [{ sku: item.sku, loc: place.code, qty: args.quantityThousandths, why: "received" }];
    postEntry(db, {
      day: args.day,
      memo: `Received ${item.name}`,
      stock: { contra: accounts.unbilledReceipts, moves },
    });
    const summary = `Receive ${quantityText(args.quantityThousandths)} of ${item.name} at ${place.name}`;
    const undo = "Give the goods back.";
    return { summary, guards: [], amountCents: null, isExternal: false, undo, tokens: {} };
  },
});

/** Goods that came by mistake go back: the very opposite of receiving them, in stock and in what is owed. */
export const returnStock = defineOperation({
  ...incoming,
  run: (db, args): Done => {
    const item = findItem(db, args.item);
    const place = findPlace(db, args.location);
    const qty = args.quantityThousandths;
    const free = freeStock(db, item.sku, place.code);
    if (free < qty) {
      const sentence = `Only ${quantityText(free)} of ${item.name} are free at ${place.name}, so ${quantityText(qty)} can't be given back.`;
      throw new ErpRefusal("short", sentence);
    }
    const moves = [{ sku: item.sku, loc: place.code, qty: -qty, why: "given back" }];
    const stock = { contra: accounts.unbilledReceipts, moves };
    postEntry(db, { day: args.day, memo: `Gave back ${item.name}`, stock });
    const summary = `Give back ${quantityText(qty)} of ${item.name} from ${place.name}`;
    const undo = "Receive the goods again.";
    return { summary, guards: [], amountCents: null, isExternal: false, undo, tokens: {} };
  },
});
