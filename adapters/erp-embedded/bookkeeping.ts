// Writing documents, ledger entries and stock moves in the order that the triggers demand.
import { z } from "zod";
import { type Database, readRow, write } from "./database.ts";
import { type DocKind, kinds } from "./kinds.ts";

export const accounts = {
  cash: "1000",
  receivable: "1100",
  inventory: "1200",
  inputTax: "1300",
  payable: "2100",
  unbilledReceipts: "2150",
  tax: "2200",
  equity: "3000",
  revenue: "4000",
  costOfGoods: "5000",
  stockDifferences: "5900",
  priceDifferences: "5950",
} as const;

export type NewDoc = {
  readonly kind: DocKind;
  readonly party: number;
  readonly day: string;
  readonly due?: string;
  readonly loc?: string;
  /** What the other side calls it. */
  readonly reference?: string;
};

/** Some series go on for ever, the others start anew each year. */
export function addDoc(db: Database, doc: NewDoc & { readonly total: number }): number {
  const year = kinds[doc.kind].isYearly ? Number(doc.day.slice(0, 4)) : 0;
  const sql = `INSERT INTO doc(kind, year, state, party, day, due, loc, total, external_ref)
    VALUES (:kind, :year, 'draft', :party, :day, :due, :loc, :total, :reference)`;
  const { due = null, loc = null, reference = null } = doc;
  return write(db, sql, { ...doc, year, due, loc, reference });
}

export type NewLine = {
  readonly n: number;
  readonly sku: string;
  readonly qty: number;
  readonly price: number;
  readonly taxRate: number;
  /** The document whose line with the same number it comes from. */
  readonly source?: number;
};

function addLine(db: Database, doc: number, line: NewLine): void {
  const sql = `INSERT INTO doc_line(doc, n, sku, qty, price, tax_rate, src_doc, src_n)
    VALUES (:doc, :n, :sku, :qty, :price, :rate, :source, CASE WHEN :source IS NULL THEN NULL ELSE :n END)`;
  const { n, sku, qty, price } = line;
  write(db, sql, { doc, n, sku, qty, price, rate: line.taxRate, source: line.source ?? null });
}

/** A document with its lines and their total, still a draft and without a number. */
export function addWithLines(
  db: Database,
  doc: NewDoc,
  lines: readonly NewLine[],
): { id: number; total: number } {
  const id = addDoc(db, { ...doc, total: 0 });
  for (const line of lines) addLine(db, id, line);
  return { id, total: setTotal(db, id) };
}

const numberSchema = z.object({ total: z.number() });

/** Sum of the rounded lines: the rounding itself lives in the table's generated columns, once. */
export function lineTotal(db: Database, doc: number, part: "net" | "tax" | "net + tax"): number {
  const sql = `SELECT coalesce(sum(${part}), 0) AS total FROM doc_line WHERE doc=:doc`;
  return readRow(db, sql, { schema: numberSchema, values: { doc } })?.total ?? 0;
}

/** Moves a document on, allotting its number in the same statement when it has none. */
export function moveDoc(db: Database, doc: number, state: string): void {
  const sql = `UPDATE doc SET state=:state, rev=rev+1, number=coalesce(number,
    1 + coalesce((SELECT max(d.number) FROM doc d WHERE d.kind=doc.kind AND d.year=doc.year), 0)) WHERE id=:doc`;
  write(db, sql, { state, doc });
}

function setTotal(db: Database, doc: number): number {
  const total = lineTotal(db, doc, "net + tax");
  write(db, "UPDATE doc SET total=:total, rev=rev+1 WHERE id=:doc", { total, doc });
  return total;
}

type Booking = { readonly account: string; readonly debit?: number; readonly credit?: number };
type Move = { readonly sku: string; readonly loc: string; readonly qty: number; readonly why: string };
type NewEntry = {
  readonly day: string;
  readonly memo: string;
  readonly doc?: number;
  /** The entry that this one takes back, exactly. */
  readonly reverses?: number;
  readonly bookings?: readonly Booking[];
  /** Booked at cost against inventory; `contra` takes the other side. */
  readonly stock?: { readonly contra: string; readonly moves: readonly Move[] };
};

/** One balanced, posted entry with its stock moves. Nothing is written when it moves neither money nor goods. */
export function postEntry(db: Database, entry: NewEntry): void {
  const { day, memo } = entry;
  const id = write(db, "INSERT INTO entry(day, memo, doc, reverses) VALUES (:day, :memo, :doc, :reverses)", {
    day,
    memo,
    doc: entry.doc ?? null,
    reverses: entry.reverses ?? null,
  });
  for (const booking of entry.bookings ?? []) book(db, id, booking);
  if (entry.stock !== undefined) {
    const { contra, moves } = entry.stock;
    const value = moves.reduce((sum, move) => sum + moveStock(db, { ...move, day, entry: id }), 0);
    if (value === 0) return postUnvalued(db, id);
    book(
      db,
      id,
      value > 0
        ? { account: accounts.inventory, debit: value }
        : { account: accounts.inventory, credit: -value },
    );
    book(db, id, value > 0 ? { account: contra, credit: value } : { account: contra, debit: -value });
  }
  write(db, "UPDATE entry SET posted=1 WHERE id=:id", { id });
}

// Goods without a cost still need an entry to hang on: a pair of equal lines keeps it posted and balanced.
function postUnvalued(db: Database, id: number): void {
  book(db, id, { account: accounts.inventory, debit: 1 });
  book(db, id, { account: accounts.inventory, credit: 1 });
  write(db, "UPDATE entry SET posted=1 WHERE id=:id", { id });
}

function book(db: Database, entry: number, booking: Booking): void {
  const { account, debit = 0, credit = 0 } = booking;
  if (debit === 0 && credit === 0) return;
  const sql = "INSERT INTO line(entry, account, debit, credit) VALUES (:entry, :account, :debit, :credit)";
  write(db, sql, { entry, account, debit, credit });
}

const valueSchema = z.object({ value: z.number() });

function moveStock(db: Database, move: Move & { readonly day: string; readonly entry: number }): number {
  const sql = `INSERT INTO stock_move(day, sku, loc, qty, value, entry, why) SELECT :day, sku, :loc, :qty,
    sign(:qty) * ((abs(:qty) * cost + 500) / 1000), :entry, :why FROM item WHERE sku=:sku RETURNING value`;
  return readRow(db, sql, { schema: valueSchema, values: { ...move } })?.value ?? 0;
}
