// The rows that every ERP connector answers with, parsed at this door, and how they read for a person: cents and
// thousandths become decimal text and plain quantities, and every row names its source.
import { z } from "zod";
import { about, papers } from "./erp-paper-words.ts";

const cents = z.int();
const thousandths = z.int();
export const quantity = (value: number): number => value / 1000;

/** 102078, "USD" > "1020.78 USD": exact, no float in between. */
export function amount(value: number, currency: string): string {
  const digits = String(Math.abs(value)).padStart(3, "0");
  return `${value < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
}

/** Figures that are finer than cents or thousandths, as decimal text by their name: read in place of what was rounded. */
export const fine = { exact: z.record(z.string(), z.string()).optional() };
type Fine = { readonly exact?: Readonly<Record<string, string>> | undefined };

/** A named figure of a row as money: exact where the row says more than cents can. */
export function moneyOf(
  { exact, currency }: Fine & { readonly currency: string },
  name: string,
  value: number,
): string {
  const said = exact?.[name];
  return said === undefined ? amount(value, currency) : `${said} ${currency}`;
}

function quantityOf({ exact }: Fine, name: string, value: number): number {
  const said = exact?.[name];
  return said === undefined ? quantity(value) : Number(said);
}

export const StockRow = z
  .strictObject({
    record: z.string(),
    sku: z.string(),
    name: z.string(),
    category: z.string(),
    location: z.string(),
    unit: z.string(),
    freeThousandths: thousandths,
    onHandThousandths: thousandths,
    reservedThousandths: thousandths,
    reorderThousandths: thousandths.nullable(),
    /** Absent where an ERP keeps none. */
    reorderQuantityThousandths: thousandths.nullable().optional(),
  })
  .transform((row) => ({
    record: row.record,
    name: row.name,
    location: row.location,
    free: quantity(row.freeThousandths),
    onHand: quantity(row.onHandThousandths),
    reserved: quantity(row.reservedThousandths),
    unit: row.unit,
    reorderLevel: row.reorderThousandths === null ? null : quantity(row.reorderThousandths),
    ...(row.reorderQuantityThousandths == null
      ? {}
      : { reorderQuantity: quantity(row.reorderQuantityThousandths) }),
    isLow: row.reorderThousandths !== null && row.freeThousandths < row.reorderThousandths,
    category: row.category,
    sku: row.sku,
    source: row.record,
  }));

export const ItemRow = z
  .strictObject({
    record: z.string(),
    sku: z.string(),
    name: z.string(),
    category: z.string(),
    unit: z.string(),
    priceCents: cents,
    currency: z.string(),
    freeThousandths: thousandths,
    ...fine,
  })
  .transform(({ priceCents, currency, freeThousandths, exact, ...row }) => ({
    ...row,
    price: moneyOf({ exact, currency }, "price", priceCents),
    free: quantityOf({ exact }, "free", freeThousandths),
    source: row.record,
  }));

export const PartyRow = z
  .strictObject({
    record: z.string(),
    name: z.string(),
    role: z.string(),
    city: z.string(),
    email: z.string(),
    /** Null: the connector does not read it, which is not the same as none. */
    termsDays: z.int().nullable(),
    creditLimitCents: cents.nullable(),
    openCents: cents,
    currency: z.string(),
  })
  .transform(({ creditLimitCents, openCents, currency, ...row }) => ({
    ...row,
    open: amount(openCents, currency),
    creditLimit:
      creditLimitCents === null
        ? "unknown"
        : creditLimitCents === 0
          ? "none"
          : amount(creditLimitCents, currency),
    source: row.record,
  }));

export const OrderRow = z
  .strictObject({
    record: z.string(),
    state: z.string(),
    party: z.string(),
    day: z.string(),
    location: z.string(),
    totalCents: cents,
    currency: z.string(),
    rev: z.int(),
    ...papers,
    ...fine,
  })
  .transform(({ totalCents, currency, rev: _rev, exact, reference, attachments, ...row }) => ({
    ...row,
    ...about({ reference, attachments }),
    total: moneyOf({ exact, currency }, "total", totalCents),
    source: row.record,
  }));

export const OrderLineRow = z
  .strictObject({
    record: z.string(),
    line: z.int(),
    sku: z.string(),
    name: z.string(),
    unit: z.string(),
    quantityThousandths: thousandths,
    priceCents: cents,
    netCents: cents,
    taxCents: cents,
    currency: z.string(),
    freeThousandths: thousandths,
    ...fine,
  })
  .transform((row) => ({
    record: row.record,
    name: row.name,
    sku: row.sku,
    quantity: quantityOf(row, "quantity", row.quantityThousandths),
    unit: row.unit,
    price: moneyOf(row, "price", row.priceCents),
    net: moneyOf(row, "net", row.netCents),
    tax: moneyOf(row, "tax", row.taxCents),
    free: quantity(row.freeThousandths),
    source: row.record,
  }));

export const InvoiceRow = z
  .strictObject({
    record: z.string(),
    state: z.string(),
    party: z.string(),
    day: z.string(),
    due: z.string(),
    totalCents: cents,
    openCents: cents,
    currency: z.string(),
    daysOverdue: z.int(),
    ...papers,
    ...fine,
  })
  .transform(({ totalCents, openCents, currency, exact, reference, attachments, ...row }) => ({
    ...row,
    ...about({ reference, attachments }),
    total: moneyOf({ exact, currency }, "total", totalCents),
    open: moneyOf({ exact, currency }, "open", openCents),
    source: row.record,
  }));

export const LedgerRow = z
  .strictObject({
    record: z.string(),
    account: z.string(),
    balanceCents: cents,
    currency: z.string(),
    ...fine,
  })
  .transform(({ balanceCents, currency, exact, ...row }) => ({
    ...row,
    balance: moneyOf({ exact, currency }, "balance", balanceCents),
    source: row.record,
  }));
