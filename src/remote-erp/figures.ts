// Money and quantities of ERPs that speak decimal numbers, as the integers that Nova counts with, and as words.
import { z } from "zod";

/** A JSON number as an integer number of parts; more decimals than that are an error, never rounded away. */
function toParts(value: number, perUnit: number): number | null {
  const parts = Math.round(value * perUnit);
  // A double carries 15 digits: what is left beyond them is not a fraction that anybody wrote.
  const isWhole = Math.abs(value * perUnit - parts) <= 1e-6 * Math.max(1, Math.abs(parts) * 1e-6);
  return isWhole && Number.isSafeInteger(parts) ? parts : null;
}

function partsOf(perUnit: number, what: string) {
  return z.number().transform((value, context) => {
    const parts = toParts(value, perUnit);
    if (parts !== null) return parts;
    context.addIssue({ code: "custom", message: `${value} is no whole number of ${what}` });
    return z.NEVER;
  });
}

/** 66.6 > 6660. */
export const Cents = partsOf(100, "cents");
/** 2.5 > 2500. */
export const Thousandths = partsOf(1000, "thousandths");

export const toAmount = (cents: number): number => cents / 100;
export const toQuantity = (thousandths: number): number => thousandths / 1000;

const group = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+$)/gu, ",");

/** 102078, "EUR" > "1,020.78 EUR". */
export function moneyText(cents: number, currency: string): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${group(digits.slice(0, -2))}.${digits.slice(-2)} ${currency}`;
}

/** 2500 > "2.5". */
export function quantityText(thousandths: number): string {
  const digits = String(Math.abs(thousandths)).padStart(4, "0");
  const fraction = digits.slice(-3).replace(/0+$/u, "");
  return `${thousandths < 0 ? "-" : ""}${group(digits.slice(0, -3))}${fraction === "" ? "" : `.${fraction}`}`;
}

/** A movement always shows its sign. */
export const signed = (text: string): string => (text.startsWith("-") ? text : `+${text}`);

/** Quantity times price, rounded half up to the cent, as both ERPs round a line. */
export function lineCents(thousandths: number, priceCents: number): number {
  const exact = BigInt(thousandths) * BigInt(priceCents);
  return Number((exact + 500n) / 1000n);
}

/** 5550 at 2000 basis points > 1110, rounded half up. */
export const taxCents = (netCents: number, basisPoints: number): number =>
  Number((BigInt(netCents) * BigInt(basisPoints) + 5000n) / 10_000n);
