// Journal entries that no document makes: posted in balance, and corrected only by one exact reversal. What documents
// keep by themselves (what is owed either way, the value of stock) is not booked by hand.
import { z } from "zod";
import { accounts, postEntry } from "./bookkeeping.ts";
import { type Database, readRow, readRows } from "./database.ts";
import { centsText } from "./format.ts";
import { Cents, Day, type Done, Named, defineOperation } from "./operation.ts";
import { moneyText } from "./record.ts";
import { ErpRefusal } from "./refusal.ts";
import { nameRecord } from "./search.ts";

const Side = z.enum(["debit", "credit"]);
const Line = z.strictObject({ account: Named, side: Side, amountCents: Cents });
export type EntryLine = z.infer<typeof Line>;
const PostArgs = z.strictObject({
  reason: z.string().trim().min(1).max(200),
  day: Day,
  lines: z.array(Line).min(2).max(40),
});

/** Their balances are what open documents and stock add up to, so only those move them. */
const kept: ReadonlyMap<string, string> = new Map([
  [accounts.receivable, "invoices, payments and credit notes"],
  [accounts.payable, "bills and payouts"],
  [accounts.inventory, "stock that comes, goes or was counted"],
]);

export const postJournal = defineOperation({
  input: z.strictObject({ ...PostArgs.shape, day: Day.optional() }),
  args: PostArgs,
  resolve: (db, input, today) => ({
    ...input,
    day: input.day ?? today,
    lines: input.lines.map((line) => ({ ...line, account: nameRecord(db, "account", line.account) })),
  }),
  run: (db, { reason, day, lines }): Done => {
    const total = totalOf(db, lines);
    postEntry(db, { day, memo: reason, bookings: lines.map(toBooking) });
    return {
      summary: `Post journal entry of ${moneyText(db, total)}: ${sideText(db, lines, "debit")}, ${sideText(db, lines, "credit")} (${reason})`,
      guards: [balanced(total)],
      amountCents: total,
      isExternal: false,
      undo: "Post its reversal.",
      tokens: {},
    };
  },
});

const toBooking = ({ account, side, amountCents }: EntryLine) => ({ account, [side]: amountCents });
const balanced = (total: number) => ({
  check: "The entry balances",
  isMet: true,
  detail: `debit ${centsText(total)} = credit ${centsText(total)}`,
});

/** What stands on either side, in cents. Throws ErpRefusal unless it is an entry that may be booked by hand. */
function totalOf(db: Database, lines: readonly EntryLine[]): number {
  const sum = (of: string) =>
    lines.reduce((total, { side, amountCents }) => total + (side === of ? amountCents : 0), 0);
  const [debit, credit] = [sum("debit"), sum("credit")];
  if (debit !== credit)
    throw new ErpRefusal(
      "invalid",
      `Debit is ${centsText(debit)} and credit is ${centsText(credit)}: both sides of a journal entry must be equal.`,
    );
  for (const { account } of lines) {
    const by = kept.get(account);
    if (by === undefined) continue;
    const sentence = `The account ${nameOf(db, account)} is moved by ${by} only, not by a journal entry. Use those instead.`;
    throw new ErpRefusal("conflict", sentence);
  }
  const sides = Map.groupBy(lines, ({ account }) => account);
  if ([...sides.values()].some((list) => new Set(list.map(({ side }) => side)).size > 1))
    throw new ErpRefusal("invalid", "An account stands on one side of a journal entry only.");
  return debit;
}

const nameSchema = z.object({ name: z.string() });
const nameOf = (db: Database, code: string): string =>
  readRow(db, "SELECT name FROM account WHERE code=:code", { schema: nameSchema, values: { code } })?.name ??
  code;

function sideText(db: Database, lines: readonly EntryLine[], side: EntryLine["side"]): string {
  const codes = new Set(lines.filter((line) => line.side === side).map(({ account }) => account));
  return `${side} ${[...codes].map((code) => nameOf(db, code)).join(" + ")}`;
}

const ReverseArgs = z.strictObject({ entry: z.string().trim().toUpperCase(), day: Day });

/** The same lines on the other sides; an entry has one reversal at most, and a reversal has none. */
export const reverseJournal = defineOperation({
  input: z.strictObject({ ...ReverseArgs.shape, day: Day.optional() }),
  args: ReverseArgs,
  resolve: (_db, input, today) => ({ ...input, day: input.day ?? today }),
  run: (db, args): Done => {
    const entry = findReversible(db, args.entry);
    if (args.day < entry.day)
      throw new ErpRefusal(
        "invalid",
        `${entry.ref} was booked on ${entry.day}: its reversal can't be older. Use that day or a later one.`,
      );
    const lines = linesOf(db, entry.id).map((line): EntryLine => ({
      ...line,
      side: line.side === "debit" ? "credit" : "debit",
    }));
    const total = totalOf(db, lines);
    postEntry(db, {
      day: args.day,
      memo: `Reversal of ${entry.ref}: ${entry.memo}`,
      reverses: entry.id,
      bookings: lines.map(toBooking),
    });
    return {
      summary: `Reverse journal entry ${entry.ref} of ${entry.day}, ${moneyText(db, total)}: ${entry.memo}`,
      guards: [balanced(total)],
      amountCents: total,
      isExternal: false,
      undo: "Post the entry again.",
      tokens: {},
    };
  },
});

const entrySchema = z.object({
  id: z.number(),
  ref: z.string(),
  day: z.string(),
  memo: z.string(),
  document: z.string().nullable(),
  moves: z.number(),
  reverses: z.number().nullable(),
  reversal: z.number().nullable(),
});

/** The entry by its number. Throws ErpRefusal with the way to correct what no reversal may. */
function findReversible(db: Database, ref: string): z.infer<typeof entrySchema> {
  const sql = `SELECT e.id, 'JE-' || e.id AS ref, e.day, e.memo, d.ref AS document, e.reverses,
      (SELECT count(*) FROM stock_move WHERE entry=e.id) AS moves, (SELECT id FROM entry r WHERE r.reverses=e.id) AS reversal
    FROM entry e LEFT JOIN doc d ON d.id=e.doc WHERE 'JE-' || e.id=:ref AND e.posted=1`;
  const entry = readRow(db, sql, { schema: entrySchema, values: { ref } });
  if (entry === null) throw new ErpRefusal("missing", `There is no journal entry ${ref}. Check the number.`);
  const why =
    entry.document !== null
      ? `${ref} was booked by ${entry.document}: correct that document, for instance with a credit note.`
      : entry.moves > 0
        ? `${ref} moved stock: correct it with a stock adjustment.`
        : entry.reversal !== null
          ? `${ref} is reversed by JE-${entry.reversal} already.`
          : entry.reverses !== null
            ? `${ref} is a reversal itself: post the entry again instead.`
            : null;
  if (why !== null) throw new ErpRefusal("conflict", why);
  return entry;
}

/** What a posted entry books, as a command says it. */
export function linesOf(db: Database, entry: number): EntryLine[] {
  const sql = `SELECT account, CASE WHEN debit > 0 THEN 'debit' ELSE 'credit' END AS side, debit + credit AS amountCents
    FROM line WHERE entry=:entry ORDER BY id`;
  return readRows(db, sql, { schema: Line, values: { entry } });
}
