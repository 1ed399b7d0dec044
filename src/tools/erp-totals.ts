// Sums over everything that was found, computed before the page is cut: a model would add up what it happens to see.
// Null where there is nothing to add, or where units or currencies differ.
import { z } from "zod";
import { amount, quantity } from "./erp-rows.ts";

type Rows = readonly unknown[];

const Stock = z.object({
  unit: z.string(),
  freeThousandths: z.int(),
  onHandThousandths: z.int(),
  reorderThousandths: z.int().nullable(),
});
const Order = z.object({ state: z.string(), totalCents: z.int(), currency: z.string() });
const Invoice = z.object({ openCents: z.int(), daysOverdue: z.int(), currency: z.string() });
const Party = z.object({ openCents: z.int(), currency: z.string() });

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The one unit or currency of all; null for none or several. */
function oneOf(names: readonly string[]): string | null {
  const [first, ...others] = new Set(names);
  return first === undefined || others.length > 0 ? null : first;
}

export function stockInAll(found: Rows) {
  const rows = z.array(Stock).parse(found);
  const unitInAll = oneOf(rows.map(({ unit }) => unit));
  const inAll = (values: readonly number[]) => (unitInAll === null ? null : quantity(sum(values)));
  return {
    freeInAll: inAll(rows.map(({ freeThousandths }) => freeThousandths)),
    onHandInAll: inAll(rows.map(({ onHandThousandths }) => onHandThousandths)),
    unitInAll,
  };
}

function moneyInAll(rows: readonly { readonly currency: string }[], cents: readonly number[]): string | null {
  const currency = oneOf(rows.map((row) => row.currency));
  return currency === null ? null : amount(sum(cents), currency);
}

export function ordersInAll(found: Rows) {
  const rows = z.array(Order).parse(found);
  const totals = rows.map(({ totalCents }) => totalCents);
  return { totalInAll: moneyInAll(rows, totals) };
}

export function invoicesInAll(found: Rows) {
  const rows = z.array(Invoice).parse(found);
  const overdue = rows.filter(({ daysOverdue }) => daysOverdue > 0);
  const open = (some: typeof rows) => some.map(({ openCents }) => openCents);
  return {
    openInAll: moneyInAll(rows, open(rows)),
    overdueInAll: overdue.length === 0 ? null : moneyInAll(overdue, open(overdue)),
    overdueCount: overdue.length,
  };
}

export function partiesInAll(found: Rows) {
  const rows = z.array(Party).parse(found);
  const cents = rows.map(({ openCents }) => openCents);
  return { openInAll: moneyInAll(rows, cents) };
}

export const isLowRow = (row: unknown): boolean => {
  const { freeThousandths, reorderThousandths } = Stock.parse(row);
  return reorderThousandths !== null && freeThousandths < reorderThousandths;
};
export const isOpenOrder = (row: unknown): boolean => ["draft", "confirmed"].includes(Order.parse(row).state);
export const isOpenInvoice = (row: unknown): boolean => Invoice.parse(row).openCents > 0;
