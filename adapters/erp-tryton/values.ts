// Tryton's values in Nova's: Decimal to integer cents and back, float quantities to integer thousandths, dates to ISO days.
import { z } from "zod";
import type { JsonObject } from "../../src/ports.ts";
import { MoneyFigure, toFields } from "../../src/remote-erp/figures.ts";

const Decimal = z.object({
  __class__: z.literal("Decimal"),
  decimal: z.string().regex(/^-?\d+(?:\.\d+)?$/u),
});

/** "37.00" > 3700. More than two decimals are refused unless they are zeros: nothing is rounded in silence. */
export const Cents = Decimal.transform(({ decimal }, context) => {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(decimal) ?? [];
  const rest = fraction.slice(2);
  if (/[1-9]/u.test(rest)) {
    context.addIssue({ code: "custom", message: `${decimal} has a fraction of a cent` });
    return z.NEVER;
  }
  const cents = Number(`${whole}${fraction.slice(0, 2).padEnd(2, "0")}`);
  return sign === "-" ? -cents : cents;
});

/**
 * A price of one piece, which Tryton keeps to four decimals: `text` as it stands, `cents` rounded for rows that show cents.
 * What is owed is never computed from it: amounts come from Tryton.
 */
export const Price = Decimal.transform(({ decimal }) => ({
  ...priceFigure(decimal),
  text: decimal.replace(/^(-?\d+)$/u, "$1.00").replace(/(\.\d\d\d*?)0+$/u, "$1"),
}));

/** `row`: as rows carry it, exact where it is finer than a cent. */
function priceFigure(decimal: string): { readonly cents: number; readonly row: JsonObject } {
  const price = MoneyFigure.parse(decimal);
  return { cents: price.parts, row: toFields({ price }) };
}

export const Thousandths = z.number().transform((quantity) => Math.round(quantity * 1000));

export const Day = z
  .object({ __class__: z.literal("date"), year: z.int(), month: z.int(), day: z.int() })
  .transform(({ year, month, day }) =>
    [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-"),
  );

/** 3700 > a Decimal of "37.00". */
export function toDecimal(cents: number): { readonly __class__: "Decimal"; readonly decimal: string } {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return {
    __class__: "Decimal",
    decimal: `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`,
  };
}

export function toDate(day: string): Readonly<Record<string, string | number>> {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return { __class__: "date", year, month, day: date };
}

/** 102078 > "1,020.78". */
export function centsText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/gu, ",");
  return `${cents < 0 ? "-" : ""}${whole}.${digits.slice(-2)}`;
}
