// Purchase orders: draft > sent > received > billed. Goods come in at their value; what they cost is the bill's to say.
import { z } from "zod";
import { accounts, addWithLines, moveDoc, postEntry } from "./bookkeeping.ts";
import type { Database } from "./database.ts";
import { PricedLine, linesAt } from "./lines.ts";
import { Day, type Done, Named, defineOperation } from "./operation.ts";
import {
  docIn,
  findDoc,
  findItem,
  findParty,
  findPlace,
  moneyText,
  readLines,
  readParty,
  tokenOf,
} from "./record.ts";
import { nameRecord } from "./search.ts";
import { findTwins } from "./twins.ts";

type Where = { supplier: string; location?: string | undefined; day?: string | undefined };

/** From whom, to where and when; fixed when it is proposed. */
export const placed = (db: Database, input: Where, today: string) => ({
  supplier: nameRecord(db, "supplier", input.supplier),
  location: nameRecord(db, "location", input.location ?? "MAIN"),
  day: input.day ?? today,
});

const PurchaseArgs = z.strictObject({
  supplier: Named,
  location: Named,
  day: Day,
  lines: z.array(PricedLine.required()).min(1).max(50),
});

export const createPurchase = defineOperation({
  input: z.strictObject({
    ...PurchaseArgs.shape,
    location: Named.optional(),
    day: Day.optional(),
    lines: z.array(PricedLine).min(1).max(50),
  }),
  args: PurchaseArgs,
  resolve: (db, input, today) => ({
    ...placed(db, input, today),
    lines: input.lines.map((line) => {
      const item = nameRecord(db, "item", line.item);
      return { ...line, item, priceCents: line.priceCents ?? findItem(db, item).cost };
    }),
  }),
  run: (db, args): Done => {
    const party = findParty(db, args.supplier);
    const doc = {
      kind: "purchase",
      party: party.id,
      day: args.day,
      loc: findPlace(db, args.location).code,
    } as const;
    const { id, total } = addWithLines(
      db,
      doc,
      linesAt(db, args.lines, ({ cost }) => cost),
    );
    moveDoc(db, id, "draft");
    const summary = `Create draft purchase order at ${party.name}: ${moneyText(db, total)}`;
    const undo = "Cancel the draft purchase order.";
    const warnings = findTwins(db, id);
    return { summary, guards: [], warnings, amountCents: total, isExternal: false, undo, tokens: {} };
  },
});

const OnePurchase = z.strictObject({ purchase: Named, day: Day });
const onePurchase = {
  input: z.strictObject({ purchase: Named, day: Day.optional() }),
  args: OnePurchase,
  resolve: (db: Database, input: { purchase: string; day?: string | undefined }, today: string) => ({
    purchase: findDoc(db, "purchase", input.purchase).ref,
    day: input.day ?? today,
  }),
};

/** Binds the company: the supplier is told. */
export const sendPurchase = defineOperation({
  ...onePurchase,
  run: (db, args): Done => {
    const wanted = { states: ["draft"], verb: "sent" };
    const purchase = docIn(db, { kind: "purchase", ref: args.purchase }, wanted);
    moveDoc(db, purchase.id, "sent");
    const party = readParty(db, purchase.party).name;
    return {
      summary: `Send purchase order ${purchase.ref} to ${party}: ${moneyText(db, purchase.total)}`,
      guards: [],
      amountCents: purchase.total,
      isExternal: true,
      undo: "It goes back to draft under a new number, if the supplier agrees.",
      tokens: tokenOf(purchase),
    };
  },
});

export const cancelPurchase = defineOperation({
  ...onePurchase,
  run: (db, args): Done => {
    const wanted = { states: ["draft", "sent"], verb: "cancelled" };
    const purchase = docIn(db, { kind: "purchase", ref: args.purchase }, wanted);
    moveDoc(db, purchase.id, "cancelled");
    const party = readParty(db, purchase.party).name;
    return {
      summary: `Cancel ${purchase.state} purchase order ${purchase.ref} at ${party}`,
      guards: [],
      amountCents: purchase.total,
      isExternal: purchase.state === "sent",
      undo: "Create the purchase order again.",
      tokens: tokenOf(purchase),
    };
  },
});

/** Everything that was ordered has come: stock rises at its value, owed but not billed yet. */
export const receivePurchase = defineOperation({
  ...onePurchase,
  run: (db, args): Done => {
    const wanted = { states: ["sent"], verb: "received" };
    const purchase = docIn(db, { kind: "purchase", ref: args.purchase }, wanted);
    const loc = purchase.loc ?? "";
    const lines = readLines(db, purchase.id).map((line) => ({ ...line, source: purchase.id }));
    const doc = { kind: "receipt", party: purchase.party, day: args.day, loc } as const;
    const { id: receipt } = addWithLines(db, doc, lines);
    const moves = lines.map(({ sku, qty }) => ({ sku, loc, qty, why: `received ${purchase.ref}` }));
    const stock = { contra: accounts.unbilledReceipts, moves };
    postEntry(db, { day: args.day, memo: `Goods of ${purchase.ref}`, doc: receipt, stock });
    moveDoc(db, receipt, "done");
    moveDoc(db, purchase.id, "received");
    const party = readParty(db, purchase.party).name;
    return {
      summary: `Receive the goods of ${purchase.ref} from ${party}: ${moneyText(db, purchase.total)}`,
      guards: [],
      amountCents: purchase.total,
      isExternal: false,
      undo: null,
      tokens: tokenOf(purchase),
    };
  },
});
