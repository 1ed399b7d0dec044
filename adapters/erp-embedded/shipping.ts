// Shipping a confirmed order: its delivery, the goods that leave, and their cost. What may leave is checked here for the card
// and once more by SQLite itself: of a confirmed order, from its own place, what was ordered and is there, once.
import { accounts, addWithLines, moveDoc, postEntry } from "./bookkeeping.ts";
import { type Database, readRow } from "./database.ts";
import { quantityText } from "./format.ts";
import { type Done, defineOperation } from "./operation.ts";
import { oneOrder, release } from "./orders.ts";
import {
  type Doc,
  type DocLine,
  docIn,
  findPlace,
  moneyText,
  readLines,
  readParty,
  tokenOf,
} from "./record.ts";
import { ErpRefusal } from "./refusal.ts";
import { z } from "zod";

/** Shipping drops the reservation before the goods leave, or free stock would be counted twice. */
export const shipOrder = defineOperation({
  ...oneOrder,
  run: (db, args): Done => {
    const order = docIn(db, { kind: "order", ref: args.order }, { states: ["confirmed"], verb: "shipped" });
    const loc = order.loc ?? "";
    const lines = readLines(db, order.id);
    const guards = leaving(db, order, lines);
    release(db, order);
    const doc = { kind: "delivery", party: order.party, day: args.day, loc } as const;
    const { id: delivery } = addWithLines(
      db,
      doc,
      lines.map((line) => ({ ...line, source: order.id })),
    );
    const moves = lines.map((line) => ({ sku: line.sku, loc, qty: -line.qty, why: `shipped ${order.ref}` }));
    const memo = `Goods of ${order.ref}`;
    postEntry(db, { day: args.day, memo, doc: delivery, stock: { contra: accounts.costOfGoods, moves } });
    moveDoc(db, delivery, "done");
    moveDoc(db, order.id, "shipped");
    const summary = `Ship order ${order.ref} to ${readParty(db, order.party).name}: ${moneyText(db, order.total)}`;
    return {
      summary,
      guards,
      amountCents: order.total,
      isExternal: true,
      undo: null,
      tokens: tokenOf(order),
    };
  },
});

const stockSchema = z.object({ onHand: z.number() });

/** All that is on hand there counts: what this order reserved is its own. */
function leaving(db: Database, order: Doc, lines: readonly DocLine[]): Done["guards"] {
  const place = findPlace(db, order.loc ?? "");
  return [...Map.groupBy(lines, ({ sku }) => sku)].map(([sku, same]) => {
    const need = same.reduce((sum, { qty }) => sum + qty, 0);
    const name = same[0]?.name ?? sku;
    const sql = "SELECT on_hand AS onHand FROM stock WHERE sku=:sku AND loc=:loc";
    const { onHand } = readRow(db, sql, { schema: stockSchema, values: { sku, loc: place.code } }) ?? {
      onHand: 0,
    };
    const detail = `${quantityText(onHand)} on hand at ${place.name}, ${quantityText(need)} leave`;
    if (onHand < need)
      throw new ErpRefusal(
        "short",
        `Not enough of ${name} to ship ${order.ref}: ${detail}. Count the stock.`,
      );
    return { check: `stock of ${name}`, isMet: true, detail };
  });
}
