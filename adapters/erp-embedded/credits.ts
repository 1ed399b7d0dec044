// Credit notes: what was invoiced is taken back, whole or in part, with the goods or without.
import { z } from "zod";
import { type NewLine, accounts, addWithLines, lineTotal, moveDoc, postEntry } from "./bookkeeping.ts";
import { type Database, readRow, readRows, write } from "./database.ts";
import { quantityText } from "./format.ts";
import { openAmount } from "./invoices.ts";
import { Line } from "./lines.ts";
import { Day, type Done, Named, defineOperation } from "./operation.ts";
import { type Doc, docIn, findDoc, moneyText, readLines, readParty, tokenOf } from "./record.ts";
import { ErpRefusal } from "./refusal.ts";
import { nameRecord } from "./search.ts";

const CreditArgs = z.strictObject({
  invoice: Named,
  /** Empty: everything that is left to credit. */
  lines: z.array(Line).max(50),
  /** True: the goods are back in stock, at the place from which they were delivered. */
  goodsReturned: z.boolean(),
  day: Day,
});

export const postCredit = defineOperation({
  input: z.strictObject({
    invoice: Named,
    lines: z.array(Line).max(50).optional(),
    goodsReturned: z.boolean().optional(),
    day: Day.optional(),
  }),
  args: CreditArgs,
  resolve: (db, input, today) => ({
    invoice: findDoc(db, "invoice", input.invoice).ref,
    lines: (input.lines ?? []).map((line) => ({ ...line, item: nameRecord(db, "item", line.item) })),
    goodsReturned: input.goodsReturned ?? false,
    day: input.day ?? today,
  }),
  run: (db, args): Done => {
    const wanted = { states: ["posted", "paid", "credited"], verb: "credited" };
    const invoice = docIn(db, { kind: "invoice", ref: args.invoice }, wanted);
    const party = readParty(db, invoice.party);
    const open = openAmount(db, invoice);
    const lines = creditedLines(db, invoice, args.lines);
    const doc = { kind: "credit", party: party.id, day: args.day } as const;
    const { id: credit, total } = addWithLines(db, doc, lines);
    book(db, credit, { ...args, ref: invoice.ref });
    if (args.goodsReturned) takeBack(db, credit, { lines, invoice, day: args.day });
    moveDoc(db, credit, "posted");
    const set = Math.min(open, total);
    settle(db, { credit, invoice, set, isAll: set === open && open > 0 });
    const goods = args.goodsReturned ? ", goods back in stock" : "";
    const summary = `Post credit note for invoice ${invoice.ref} to ${party.name}: ${moneyText(db, total)}${goods}`;
    const tokens = tokenOf(invoice);
    return { summary, guards: [], amountCents: total, isExternal: true, undo: null, tokens };
  },
});

const leftSchema = z.object({ n: z.number(), left: z.number() });

function creditedLines(
  db: Database,
  invoice: Doc,
  asked: readonly z.infer<typeof Line>[],
): readonly NewLine[] {
  const sql = `SELECT l.n, l.qty - coalesce((SELECT sum(c.qty) FROM doc_line c WHERE c.src_doc=l.doc AND c.src_n=l.n), 0) AS left
    FROM doc_line l WHERE l.doc=:doc`;
  const rows = readRows(db, sql, { schema: leftSchema, values: { doc: invoice.id } });
  const left = new Map(rows.map((row) => [row.n, row.left]));
  const whole = readLines(db, invoice.id).map((line) => ({
    ...line,
    qty: left.get(line.n) ?? 0,
    source: invoice.id,
  }));
  const some = asked.length === 0 ? whole : asked.map((line) => partOf(whole, line, invoice.ref));
  const credited = some.filter(({ qty }) => qty > 0);
  if (credited.length > 0) return credited;
  throw new ErpRefusal("conflict", `Invoice ${invoice.ref} is credited already: nothing of it is left.`);
}

function partOf<L extends NewLine & { readonly name: string }>(
  lines: readonly L[],
  asked: z.infer<typeof Line>,
  ref: string,
): L {
  const line = lines.find(({ sku }) => sku === asked.item);
  const qty = asked.quantityThousandths;
  if (line === undefined)
    throw new ErpRefusal("invalid", `Invoice ${ref} has no ${asked.item}. Check its lines.`);
  if (qty <= line.qty) return { ...line, qty };
  const sentence = `Only ${quantityText(line.qty)} of ${line.name} on invoice ${ref} can still be credited, ${quantityText(qty)} is more.`;
  throw new ErpRefusal("conflict", sentence);
}

function book(
  db: Database,
  credit: number,
  { day, ref }: { readonly day: string; readonly ref: string },
): void {
  const net = lineTotal(db, credit, "net");
  const tax = lineTotal(db, credit, "tax");
  const bookings = [
    { account: accounts.revenue, debit: net },
    { account: accounts.tax, debit: tax },
    { account: accounts.receivable, credit: net + tax },
  ];
  postEntry(db, { day, memo: `Credit note for ${ref}`, doc: credit, bookings });
}

const placeSchema = z.object({ loc: z.string() });
type Return = { readonly lines: readonly NewLine[]; readonly invoice: Doc; readonly day: string };

function takeBack(db: Database, credit: number, { lines, invoice, day }: Return): void {
  const sql = `SELECT d.loc FROM doc_line l JOIN doc d ON d.id=l.src_doc WHERE l.doc=:invoice LIMIT 1`;
  const loc = readRow(db, sql, { schema: placeSchema, values: { invoice: invoice.id } })?.loc ?? "MAIN";
  const moves = lines.map(({ sku, qty }) => ({ sku, loc, qty, why: `returned ${invoice.ref}` }));
  const stock = { contra: accounts.costOfGoods, moves };
  postEntry(db, { day, memo: `Goods returned from ${invoice.ref}`, doc: credit, stock });
}

type Settled = {
  readonly credit: number;
  readonly invoice: Doc;
  readonly set: number;
  readonly isAll: boolean;
};

/** What is still open is settled with it; what the customer has paid already stays as a credit of theirs. */
function settle(db: Database, { credit, invoice, set, isAll }: Settled): void {
  if (set > 0) {
    const sql = "INSERT INTO allocation(payment, invoice, amount) VALUES (:credit, :invoice, :set)";
    write(db, sql, { credit, invoice: invoice.id, set });
  }
  moveDoc(db, invoice.id, isAll ? "credited" : invoice.state);
}
