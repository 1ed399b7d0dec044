// What suppliers are owed: the bill for goods that have come, and its payment.
import { z } from "zod";
import { accounts, addDoc, addWithLines, lineTotal, moveDoc, postEntry } from "./bookkeeping.ts";
import { type Database, readRow, write } from "./database.ts";
import { dayAfter } from "./format.ts";
import { openAmount } from "./invoices.ts";
import { Cents, Day, type Done, Named, defineOperation } from "./operation.ts";
import { type Doc, docIn, findDoc, moneyText, readLines, readParty, tokenOf } from "./record.ts";
import { Reference, assertNew } from "./references.ts";
import { ErpRefusal } from "./refusal.ts";

const receiptSchema = z.object({ id: z.number(), value: z.number() });

/** The receipt of a purchase order, and the value at which its goods came in. */
function receiptOf(db: Database, purchase: Doc): z.infer<typeof receiptSchema> {
  const sql = `SELECT d.id, coalesce((SELECT sum(m.value) FROM stock_move m JOIN entry e ON e.id=m.entry WHERE e.doc=d.id), 0) AS value
    FROM doc d WHERE d.kind='receipt' AND d.state='done' AND EXISTS(SELECT 1 FROM doc_line l WHERE l.doc=d.id AND l.src_doc=:purchase)`;
  const receipt = readRow(db, sql, { schema: receiptSchema, values: { purchase: purchase.id } });
  if (receipt !== null) return receipt;
  throw new ErpRefusal(
    "conflict",
    `Purchase order ${purchase.ref} has no receipt to bill. Receive it first.`,
  );
}

const side = (account: string, amount: number) =>
  amount >= 0 ? { account, debit: amount } : { account, credit: -amount };

const BillArgs = z.strictObject({ purchase: Named, day: Day, reference: Reference.exactOptional() });

/** The supplier's bill at the ordered prices; what differs from the goods' value is booked as a price difference. */
export const postBill = defineOperation({
  input: z.strictObject({ ...BillArgs.shape, day: Day.optional() }),
  args: BillArgs,
  resolve: (db, input, today) => ({
    ...input,
    purchase: findDoc(db, "purchase", input.purchase).ref,
    day: input.day ?? today,
  }),
  run: (db, args): Done => {
    const wanted = { states: ["received"], verb: "billed" };
    const purchase = docIn(db, { kind: "purchase", ref: args.purchase }, wanted);
    const party = readParty(db, purchase.party);
    const { reference } = args;
    assertNew(db, { kind: "bill", party, reference });
    const receipt = receiptOf(db, purchase);
    const due = dayAfter(args.day, party.termsDays);
    const theirs = reference === undefined ? {} : { reference };
    const doc = { kind: "bill", party: party.id, day: args.day, due, ...theirs } as const;
    const lines = readLines(db, receipt.id).map((line) => ({ ...line, source: receipt.id }));
    const { id: bill, total } = addWithLines(db, doc, lines);
    const bookings = [
      side(accounts.unbilledReceipts, receipt.value),
      side(accounts.priceDifferences, lineTotal(db, bill, "net") - receipt.value),
      side(accounts.inputTax, lineTotal(db, bill, "tax")),
      side(accounts.payable, -total),
    ];
    postEntry(db, { day: args.day, memo: `Bill for ${purchase.ref}`, doc: bill, bookings });
    moveDoc(db, bill, "posted");
    moveDoc(db, purchase.id, "billed");
    const summary = `Post the bill of ${party.name} for ${purchase.ref}: ${moneyText(db, total)}, due ${due}`;
    const tokens = tokenOf(purchase);
    return { summary, guards: [], amountCents: total, isExternal: false, undo: null, tokens };
  },
});

/** Money out for one bill. Without an amount: everything that is open, fixed when it is proposed. */
export const payBill = defineOperation({
  input: z.strictObject({ bill: Named, amountCents: Cents.optional(), day: Day.optional() }),
  args: z.strictObject({ bill: Named, amountCents: Cents, day: Day }),
  resolve: (db, input, today) => {
    const bill = docIn(db, { kind: "bill", ref: input.bill }, { states: ["posted"], verb: "paid" });
    return {
      bill: bill.ref,
      amountCents: input.amountCents ?? openAmount(db, bill),
      day: input.day ?? today,
    };
  },
  run: (db, args): Done => {
    const bill = docIn(db, { kind: "bill", ref: args.bill }, { states: ["posted"], verb: "paid" });
    const party = readParty(db, bill.party);
    const open = openAmount(db, bill);
    const amount = args.amountCents;
    if (amount > open) {
      const sentence = `Bill ${bill.ref} has ${moneyText(db, open)} open, ${moneyText(db, amount)} is more. Pay at most the open amount.`;
      throw new ErpRefusal("conflict", sentence);
    }
    const payout = addDoc(db, { kind: "payout", party: party.id, day: args.day, total: amount });
    const bookings = [side(accounts.payable, amount), side(accounts.cash, -amount)];
    postEntry(db, { day: args.day, memo: `Payment of ${bill.ref}`, doc: payout, bookings });
    const sql = "INSERT INTO allocation(payment, invoice, amount) VALUES (:payout, :bill, :amount)";
    write(db, sql, { payout, bill: bill.id, amount });
    moveDoc(db, payout, "posted");
    moveDoc(db, bill.id, amount === open ? "paid" : "posted");
    const summary = `Pay ${moneyText(db, amount)} to ${party.name} for bill ${bill.ref}`;
    return { summary, guards: [], amountCents: amount, isExternal: true, undo: null, tokens: tokenOf(bill) };
  },
});
