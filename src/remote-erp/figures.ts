// Money and quantities of ERPs that speak decimal numbers, as the integers that Nova counts with, and as words.
import { z } from "zod";
import type { JsonObject } from "../ports/erp.ts";

/**
 * A figure as the ERP wrote it, as plain decimal text: `-12.5`, `0.0005`. A double carries 15 digits; what is left beyond
 * them is not a fraction that anybody wrote.
 */
export const DecimalText = z.union([z.number(), z.string()]).transform((value, context) => {
  const text = typeof value === "number" ? value.toPrecision(15) : value.trim();
  const [, sign = "", whole = "", fraction = "", power = "0"] =
    /^(-?)(\d{1,30})(?:\.(\d{1,30}))?(?:e([+-]?\d{1,2}))?$/iu.exec(text) ?? [];
  if (whole !== "") return plainDecimal(sign, shifted(whole, fraction, Number(power)));
  context.addIssue({ code: "custom", message: `${String(value)} is no decimal number` });
  return z.NEVER;
});

type Digits = { readonly whole: string; readonly fraction: string };

/** 1, 25, -3 > 0, 00125. */
function shifted(whole: string, fraction: string, power: number): Digits {
  const point = whole.length + power;
  const digits = `${whole}${fraction}`;
  if (point <= 0) return { whole: "0", fraction: `${"0".repeat(-point)}${digits}` };
  return { whole: digits.slice(0, point).padEnd(point, "0"), fraction: digits.slice(point) };
}

function plainDecimal(sign: string, { whole, fraction }: Digits): string {
  const before = whole.replace(/^0+(?=\d)/u, "");
  const after = fraction.replace(/0+$/u, "");
  const text = after === "" ? before : `${before}.${after}`;
  return text === "0" ? text : `${sign}${text}`;
}

/** Parts of a unit, rounded half away from zero; `isWhole`: nothing was left to round. */
function partsIn(decimal: string, places: number): { readonly parts: number; readonly isWhole: boolean } {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(decimal) ?? [];
  const kept = BigInt(`${whole}${fraction.slice(0, places).padEnd(places, "0")}`);
  const rest = fraction.slice(places);
  const rounded = Number(/^[5-9]/u.test(rest) ? kept + 1n : kept);
  return { parts: sign === "-" && rounded !== 0 ? -rounded : rounded, isWhole: rest === "" };
}

function partsOf(places: number, what: string) {
  return DecimalText.transform((decimal, context) => {
    const { parts, isWhole } = partsIn(decimal, places);
    if (isWhole && Number.isSafeInteger(parts)) return parts;
    context.addIssue({ code: "custom", message: `${decimal} is no whole number of ${what}` });
    return z.NEVER;
  });
}

/** 66.6 > 6660. More decimals than that are an error, never rounded away: an effect is computed from these. */
export const Cents = partsOf(2, "cents");
/** 2.5 > 2500. */
export const Thousandths = partsOf(3, "thousandths");

/** For rows, which are only shown: rounded `parts` to sort and add up, and the figure itself where it is finer. */
export type Figure = {
  readonly unit: "Cents" | "Thousandths";
  readonly parts: number;
  readonly exact: string | null;
};
function figureIn(unit: Figure["unit"], places: number) {
  return DecimalText.transform((decimal, context): Figure => {
    const { parts, isWhole } = partsIn(decimal, places);
    if (Number.isSafeInteger(parts)) return { unit, parts, exact: isWhole ? null : decimal };
    context.addIssue({ code: "custom", message: `${decimal} is beyond every figure that Nova can show` });
    return z.NEVER;
  });
}
export const MoneyFigure = figureIn("Cents", 2);
export const QuantityFigure = figureIn("Thousandths", 3);

/** `{ price }` > `{ priceCents }`, with `exact: { price: "0.125" }` where a row would otherwise show something rounded. */
export function toFields(figures: Readonly<Record<string, Figure>>): JsonObject {
  const all = Object.entries(figures);
  const parts = all.map(([name, { unit, parts: value }]) => [`${name}${unit}`, value] as const);
  const fine = all.flatMap(([name, { exact }]) => (exact === null ? [] : [[name, exact] as const]));
  return {
    ...Object.fromEntries(parts),
    ...(fine.length === 0 ? {} : { exact: Object.fromEntries(fine) }),
  };
}

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

/** "1020.125", "EUR" > "1,020.125 EUR": a price of one piece, with two decimals at least. */
export function priceText(decimal: string, currency: string): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(decimal) ?? [];
  return `${sign}${group(whole)}.${fraction.padEnd(2, "0")} ${currency}`;
}

/** A movement always shows its sign. */
export const signed = (text: string): string => (text.startsWith("-") ? text : `+${text}`);

/** Quantity times price of one (decimal text), rounded half up to the cent, as both ERPs round a line. */
export function lineCents(thousandths: number, price: string): number {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(price) ?? [];
  const exact = BigInt(thousandths) * BigInt(`${whole}${fraction}`) * 100n;
  const scale = 1000n * 10n ** BigInt(fraction.length);
  const rounded = Number((exact + scale / 2n) / scale);
  return sign === "-" && rounded !== 0 ? -rounded : rounded;
}

/** 5550 at 2000 basis points > 1110, rounded half up. */
export const taxCents = (netCents: number, basisPoints: number): number =>
  Number((BigInt(netCents) * BigInt(basisPoints) + 5000n) / 10_000n);
