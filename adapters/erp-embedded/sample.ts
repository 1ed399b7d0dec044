// Fills a new ERP file. The sample company's history is made by the same operations that people's approvals run,
// so it obeys every invariant, and is the same for the same day.
import type { JsonObject } from "../../src/ports/erp.ts";
import { accounts, postEntry } from "./bookkeeping.ts";
import { z } from "zod";
import { type Database, readRow, write } from "./database.ts";
import { dayAfter } from "./format.ts";
import { operations } from "./operations.ts";
import { ErpRefusal } from "./refusal.ts";
import { chartOfAccounts, company, items, locations, orders, parties } from "./sample-data.ts";

const taxRate = 700;
const historyDays = 120;

/** What every ERP needs before its first record: a company, its accounts, a place to keep stock. */
export function seedCompany(db: Database, named: { readonly name: string; readonly currency: string }): void {
  write(
    db,
    "INSERT INTO company(id, name, currency, locked_before) VALUES (1, :name, :currency, '2000-01-01')",
    { ...named },
  );
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
  seedItems(db, dayAfter(day, -historyDays));
  // Two passes: numbers follow the order of the list, and the history after it the calendar.
  for (const [customer, daysAgo, lines] of orders) {
    perform(db, { op: "order.create", args: { customer, lines }, day: dayAfter(day, -daysAgo) });
  }
  orders.forEach(([, daysAgo, , reached, paidPercent], index) => {
    advance(db, { ref: `SO-${1001 + index}`, day: dayAfter(day, -daysAgo), reached, paidPercent });
  });
  const note = { record: "SO-1007", text: "Wants delivery before the end of the month." };
  perform(db, { op: "note.add", args: note, day });
  write(db, "UPDATE company SET locked_before=:day", { day: dayAfter(day, -historyDays) });
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
