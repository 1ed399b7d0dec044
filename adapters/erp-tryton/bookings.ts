// What a posting does to the books: so much on each account, shown before it is done, bound, and read back from the move that
// Tryton made of it.
import { z } from "zod";
import type { AggregateDelta } from "../../src/ports.ts";
import { moneyText, signed } from "../../src/remote-erp/figures.ts";
import type { Invoice, InvoiceLine } from "./invoice-records.ts";
import { readRows } from "./names.ts";
import type { Tryton } from "./rpc.ts";
import { currencyOf } from "./search.ts";
import { Cents, Day } from "./values.ts";

/** Debit minus credit, in cents. */
type Booking = { readonly account: number; readonly cents: number };
type Books = { readonly text: string; readonly deltas: readonly AggregateDelta[] };

const Account = z.object({ id: z.int(), name: z.string(), code: z.string().nullable(), balance: Cents });

/** In the company's currency; what is in another one, Tryton converts when it books it. `text` says the same of the plan as of the move that comes of it. */
export async function booksOf(
  tryton: Tryton,
  { currency: stated }: Pick<Invoice, "currency">,
  bookings: readonly Booking[],
): Promise<Books> {
  const currency = await currencyOf(tryton);
  if (currency !== stated)
    return { text: `from ${stated}, as Tryton converts it to ${currency}`, deltas: [] };
  const sums = new Map<number, number>();
  for (const { account, cents } of bookings) sums.set(account, (sums.get(account) ?? 0) + cents);
  const ids = [...sums.keys()].filter((id) => sums.get(id) !== 0).toSorted((one, two) => one - two);
  const fields = ["name", "code", "balance"];
  const accounts = await readRows(tryton, { model: "account.account", ids }, { schema: Account, fields });
  const booked = accounts.map(({ id, ...account }) => ({ ...account, id, cents: sums.get(id) ?? 0 }));
  return {
    text: booked.map(({ name, cents }) => `${name} ${signed(moneyText(cents, currency))}`).join("; "),
    deltas: booked.map(({ id, name, code, balance, cents }) => ({
      record: code ?? `account ${id}`,
      label: name,
      delta: signed(moneyText(cents, currency)),
      before: moneyText(balance, currency),
      after: moneyText(balance + cents, currency),
    })),
  };
}

const Tax = z.object({ id: z.int(), account: z.int(), amount: Cents });

/** What posting this invoice books; with -1, what posting its credit note does. */
export async function invoiceBookings(
  tryton: Tryton,
  { invoice, lines }: { readonly invoice: Invoice; readonly lines: readonly InvoiceLine[] },
  sign: 1 | -1 = 1,
): Promise<readonly Booking[]> {
  const taxes = await readRows(
    tryton,
    { model: "account.invoice.tax", ids: invoice.taxes },
    { schema: Tax, fields: ["account", "amount"] },
  );
  return [
    { account: invoice.account, cents: sign * invoice.totalCents },
    ...lines.map(({ account, netCents }) => ({ account, cents: -sign * netCents })),
    ...taxes.map(({ account, amount }) => ({ account, cents: -sign * amount })),
  ];
}

const MoveLine = z.object({
  debit: Cents,
  credit: Cents,
  account: z.int(),
  "move.": z.object({ date: Day, "journal.": z.object({ rec_name: z.string() }) }),
});

/** What stands in the books of the moves that fit; null: none does. */
export async function readBookings(tryton: Tryton, domain: readonly unknown[]) {
  const fields = ["debit", "credit", "account", "move.date", "move.journal.rec_name"];
  const params = [domain, 0, 500, null, fields];
  const told = await tryton.call("model.account.move.line.search_read", params);
  const lines = z.array(MoveLine).parse(told);
  const [first] = lines;
  if (first === undefined) return null;
  return {
    bookings: lines.map(({ account, debit, credit }) => ({ account, cents: debit - credit })),
    debitCents: lines.reduce((sum, { debit }) => sum + debit, 0),
    day: first["move."].date,
    journal: first["move."]["journal."].rec_name,
  };
}
