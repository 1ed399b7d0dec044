// Fills a new ERP file. The sample company's history is made by the same operations that people's approvals run,
// so it obeys every invariant, and is the same for the same day.
import type { JsonObject } from "../../src/ports/erp.ts";
import { accounts, postEntry } from "./bookkeeping.ts";
import { z } from "zod";
import { type Database, readRow, write } from "./database.ts";
import { dayAfter } from "./format.ts";
import { operations } from "./operations.ts";
import { ErpRefusal } from "./refusal.ts";
import {
  chartOfAccounts,
  company,
  items,
  locations,
  openingCash,
  orders,
  parties,
  purchases,
  quotes,
} from "./sample-data.ts";

const taxRate = 700;
const historyDays = 120;

/** What every ERP needs before its first record: a company, its accounts, a place to keep stock. */
export function seedCompany(db: Database, named: { readonly name: string; readonly currency: string }): void {
  write(db, "INSERT INTO company(id, name, currency) VALUES (1, :name, :currency)", { ...named });
  write(db, "INSERT INTO period_lock(before) VALUES ('2000-01-01')", {});
  for (const [code, name] of chartOfAccounts)
    write(db, "INSERT INTO account(code, name) VALUES (:code, :name)", { code, name });
  const [main] = locations;
  if (main !== undefined)
    write(db, "INSERT INTO location(code, name) VALUES (:code, :name)", { code: main[0], name: main[1] });
}

/** `day`: the ISO day that the sample's history leads up to. */
export function seedSample(db: Database, day: string): void {
  seedCompany(db, company);
  for (const [code, name] of locations.slice(1))
    write(db, "INSERT INTO location(code, name) VALUES (:code, :name)", { code, name });
  for (const [name, kind, city, termsDays, creditLimitCents] of parties) {
    const email = `office@${name.toLowerCase().replaceAll(/[^a-z]+/g, "-")}.example`;
    perform(db, { op: "party.create", args: { name, kind, city, email, termsDays, creditLimitCents }, day });
  }
  const bookings = [
    { account: accounts.cash, debit: openingCash },
    { account: accounts.equity, credit: openingCash },
  ];
  postEntry(db, { day: dayAfter(day, -historyDays), memo: "Opening cash", bookings });
  seedItems(db, dayAfter(day, -historyDays));
  // Two passes: numbers follow the order of the list, and the history after it the calendar.
  for (const [customer, daysAgo, lines] of orders) {
    perform(db, { op: "order.create", args: { customer, lines }, day: dayAfter(day, -daysAgo) });
  }
  orders.forEach(([, daysAgo, , reached, paidPercent], index) => {
    advance(db, { ref: `SO-${1001 + index}`, day: dayAfter(day, -daysAgo), reached, paidPercent });
  });
  for (const [customer, daysAgo, lines, reached] of quotes)
    quote(db, { customer, lines, day: dayAfter(day, -daysAgo), reached });
  for (const [supplier, daysAgo, lines, reached] of purchases)
    purchase(db, { supplier, lines, day: dayAfter(day, -daysAgo), reached });
  const note = { record: "SO-1007", text: "Wants delivery before the end of the month." };
  perform(db, { op: "note.add", args: note, day });
  write(db, "INSERT INTO period_lock(before) VALUES (:day)", { day: dayAfter(day, -historyDays) });
}

type Step = { readonly op: string; readonly args: JsonObject; readonly day: string };

function perform(db: Database, { op, args, day }: Step): void {
  const operation = operations.get(op);
  if (operation === undefined)
    throw new ErpRefusal("setup", `The sample asks for an unknown operation: ${op}.`);
  operation.run(db, operation.resolve(db, args, day));
}

function seedItems(db: Database, day: string): void {
  for (const [sku, name, category, price, cost, main, van, reorder] of items) {
    const sql = `INSERT INTO item(sku, name, category, unit, price, cost, tax_rate)
      VALUES (:sku, :name, :category, 'pcs', :price, :cost, :taxRate)`;
    write(db, sql, { sku, name, category, price, cost, taxRate });
    const level = reorder * 1000;
    write(db, "INSERT INTO reorder(sku, loc, level) VALUES (:sku, 'MAIN', :level)", { sku, level });
    const moves = [
      { sku, loc: "MAIN", qty: main * 1000, why: "opening stock" },
      { sku, loc: "VAN", qty: van * 1000, why: "opening stock" },
    ].filter((move) => move.qty > 0);
    postEntry(db, { day, memo: "Opening stock", stock: { contra: accounts.equity, moves } });
  }
}

const refSchema = z.object({ ref: z.string(), total: z.number() });

type History = {
  readonly ref: string;
  readonly day: string;
  readonly reached: (typeof orders)[number][3];
  readonly paidPercent: number;
};

/** Takes one order as far as its history went: shipped three days after it came in, invoiced the day after that. */
function advance(db: Database, { ref, day, reached, paidPercent }: History): void {
  const args = { order: ref };
  if (reached === "draft") return;
  if (reached === "cancelled") return perform(db, { op: "order.cancel", args, day });
  perform(db, { op: "order.confirm", args, day });
  if (reached === "confirmed") return;
  perform(db, { op: "order.ship", args, day: dayAfter(day, 3) });
  if (reached === "shipped") return;
  perform(db, { op: "invoice.post", args, day: dayAfter(day, 4) });
  const sql = "SELECT ref, total FROM doc WHERE kind='invoice' ORDER BY id DESC LIMIT 1";
  const invoice = readRow(db, sql, { schema: refSchema });
  if (invoice === null || paidPercent === 0) return;
  const amountCents = Math.floor((invoice.total * paidPercent) / 100);
  perform(db, {
    op: "payment.register",
    args: { invoice: invoice.ref, amountCents },
    day: dayAfter(day, 30),
  });
}

type Lines = (typeof quotes)[number][2];
type Quoted = {
  readonly customer: string;
  readonly lines: Lines;
  readonly day: string;
  readonly reached: string;
};

function quote(db: Database, { customer, lines, day, reached }: Quoted): void {
  perform(db, { op: "quote.create", args: { customer, lines }, day });
  const args = { quote: lastRef(db, "quote") };
  if (reached === "draft") return;
  perform(db, { op: "quote.send", args, day });
  if (reached === "declined") perform(db, { op: "quote.decline", args, day });
}

type Bought = {
  readonly supplier: string;
  readonly lines: Lines;
  readonly day: string;
  readonly reached: string;
};

/** Takes one purchase as far as its history went: it comes after ten days, its bill a day later, its payment in thirty. */
function purchase(db: Database, { supplier, lines, day, reached }: Bought): void {
  perform(db, { op: "request.create", args: { supplier, lines }, day });
  if (reached === "requested") return;
  perform(db, { op: "request.order", args: { request: lastRef(db, "request") }, day });
  const args = { purchase: lastRef(db, "purchase") };
  perform(db, { op: "purchase.send", args, day });
  if (reached === "sent") return;
  perform(db, { op: "purchase.receive", args, day: dayAfter(day, 10) });
  perform(db, { op: "bill.post", args, day: dayAfter(day, 11) });
  if (reached === "billed") return;
  perform(db, { op: "bill.pay", args: { bill: lastRef(db, "bill") }, day: dayAfter(day, 40) });
}

function lastRef(db: Database, kind: "quote" | "request" | "purchase" | "bill"): string {
  const sql = "SELECT ref, total FROM doc WHERE kind=:kind ORDER BY id DESC LIMIT 1";
  return readRow(db, sql, { schema: refSchema, values: { kind } })?.ref ?? "";
}
