// Sales orders: draft > confirmed (stock reserved) > shipped (stock gone, cost booked), or draft > cancelled.
import { z } from "zod";
import { addWithLines, moveDoc } from "./bookkeeping.ts";
import { type Database, readRow, write } from "./database.ts";
import { quantityText } from "./format.ts";
import { Line, linesAt } from "./lines.ts";
import { Day, type Done, Named, defineOperation } from "./operation.ts";
import {
  type Doc,
  type DocLine,
  docIn,
  findDoc,
  findParty,
  findPlace,
  freeStock,
  readLines,
  moneyText,
  readParty,
  tokenOf,
} from "./record.ts";
import { Reference, assertNew } from "./references.ts";
import { ErpRefusal } from "./refusal.ts";
import { nameRecord } from "./search.ts";
import { findTwins } from "./twins.ts";

const OrderArgs = z.strictObject({
  customer: Named,
  location: Named,
  day: Day,
  lines: z.array(Line).min(1).max(50),
  reference: Reference.exactOptional(),
});

export const createOrder = defineOperation({
  input: z.strictObject({ ...OrderArgs.shape, location: Named.optional(), day: Day.optional() }),
  args: OrderArgs,
  resolve: (db, input, today) => ({
    ...input,
    customer: nameRecord(db, "customer", input.customer),
    location: nameRecord(db, "location", input.location ?? "MAIN"),
    day: input.day ?? today,
    lines: input.lines.map((line) => ({ ...line, item: nameRecord(db, "item", line.item) })),
  }),
  run: (db, args) => {
    const party = findParty(db, args.customer);
    const loc = findPlace(db, args.location).code;
    const doc = { kind: "order", party: party.id, day: args.day, loc } as const;
    assertNew(db, { kind: "order", party, reference: args.reference });
    const lines = linesAt(db, args.lines, ({ price }) => price);
    const theirs = args.reference === undefined ? {} : { reference: args.reference };
    const { id, total } = addWithLines(db, { ...doc, ...theirs }, lines);
    moveDoc(db, id, "draft");
    const summary = `Create draft order for ${party.name}: ${moneyText(db, total)}`;
    return {
      summary,
      guards: [],
      warnings: findTwins(db, id),
      amountCents: total,
      isExternal: false,
      undo: "Cancel the draft order.",
      tokens: {},
    };
  },
});

const OneOrder = z.strictObject({ order: Named, day: Day });
export const oneOrder = {
  input: z.strictObject({ order: Named, day: Day.optional() }),
  args: OneOrder,
  resolve: (db: Database, input: { order: string; day?: string | undefined }, today: string) => ({
    order: findDoc(db, "order", input.order).ref,
    day: input.day ?? today,
  }),
};

/** Confirming reserves: on hand stays, free stock falls by every line, and nobody else can sell those goods. */
export const confirmOrder = defineOperation({
  ...oneOrder,
  run: (db, args): Done => {
    const order = docIn(db, { kind: "order", ref: args.order }, { states: ["draft"], verb: "confirmed" });
    const party = readParty(db, order.party);
    const place = findPlace(db, order.loc ?? "");
    const guards = [checkCredit(db, order)];
    const lines = readLines(db, order.id);
    const needed = new Map<string, number>();
    for (const line of lines) needed.set(line.sku, (needed.get(line.sku) ?? 0) + line.qty);
    for (const line of lines) {
      const free = freeStock(db, line.sku, place.code);
      const need = needed.get(line.sku) ?? 0;
      if (free < need) throw shortOf({ line, free, need, place: place.name, order: order.ref });
      if (guards.every((guard) => guard.check !== `stock of ${line.name}`)) {
        guards.push({
          check: `stock of ${line.name}`,
          isMet: true,
          detail: `${quantityText(free)} free at ${place.name}, ${quantityText(need)} needed`,
        });
      }
    }
    reserve(db, order, 1);
    moveDoc(db, order.id, "confirmed");
    const summary = `Confirm order ${order.ref} for ${party.name}: ${moneyText(db, order.total)}`;
    return {
      summary,
      guards,
      amountCents: order.total,
      isExternal: true,
      undo: "It goes back to draft under a new number: its stock is free again.",
      tokens: tokenOf(order),
    };
  },
});

export const cancelOrder = defineOperation({
  ...oneOrder,
  run: (db, args): Done => {
    const order = docIn(
      db,
      { kind: "order", ref: args.order },
      { states: ["draft", "confirmed"], verb: "cancelled" },
    );
    if (order.state === "confirmed") release(db, order);
    moveDoc(db, order.id, "cancelled");
    const summary = `Cancel ${order.state} order ${order.ref} of ${readParty(db, order.party).name}`;
    const undo = "Create the order again.";
    return { summary, guards: [], amountCents: order.total, isExternal: false, undo, tokens: tokenOf(order) };
  },
});

// Reservations are never deleted: a release is a line of its own.
export function reserve(db: Database, order: Pick<Doc, "id" | "loc">, direction: 1 | -1): void {
  const sql = `INSERT INTO reservation(doc, n, sku, loc, qty)
    SELECT doc, n, sku, :loc, :direction * qty FROM doc_line WHERE doc=:doc ORDER BY n`;
  write(db, sql, { doc: order.id, loc: order.loc, direction });
}
export const release = (db: Database, order: Doc): void => reserve(db, order, -1);

type Short = { line: DocLine; free: number; need: number; place: string; order: string };

function shortOf({ line, free, need, place, order }: Short): ErpRefusal {
  const sentence = `Only ${quantityText(free)} of ${line.name} are free at ${place}, order ${order} needs ${quantityText(need)}. Receive stock first or make a smaller order.`;
  return new ErpRefusal("short", sentence);
}

const exposureSchema = z.object({ exposure: z.number() });

/** What the customer owes and has ordered, with this order, against the credit limit. 0 means no limit. */
export function checkCredit(db: Database, order: Doc): { check: string; isMet: boolean; detail: string } {
  const { name, creditLimit } = readParty(db, order.party);
  const sql = `SELECT coalesce((SELECT amount FROM owed WHERE party=:party), 0)
    + (SELECT coalesce(sum(total), 0) FROM doc WHERE kind='order' AND state IN ('confirmed','shipped') AND party=:party) AS exposure`;
  const owed = readRow(db, sql, { schema: exposureSchema, values: { party: order.party } })?.exposure ?? 0;
  if (creditLimit > 0 && owed + order.total > creditLimit) {
    const sentence = `${name} would owe ${moneyText(db, owed + order.total)}, above the credit limit of ${moneyText(db, creditLimit)}. Register a payment first.`;
    throw new ErpRefusal("conflict", sentence);
  }
  const limit = creditLimit === 0 ? "no limit" : `limit ${moneyText(db, creditLimit)}`;
  return {
    check: "credit",
    isMet: true,
    detail: `${moneyText(db, owed + order.total)} with this order, ${limit}`,
  };
}
