// How amounts and quantities become words. Integer in, text out: no float ever stands in between.

const group = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+$)/g, ",");

/** 59760 > "597.60"; thousands are grouped. */
export function centsText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${group(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

/** 3000 > "3", 2500 > "2.5". */
export function quantityText(thousandths: number): string {
  const digits = String(Math.abs(thousandths)).padStart(4, "0");
  const fraction = digits.slice(-3).replace(/0+$/, "");
  return `${thousandths < 0 ? "-" : ""}${group(digits.slice(0, -3))}${fraction === "" ? "" : `.${fraction}`}`;
}

/** A delta always shows its sign. */
export const signed = (text: string): string => (text.startsWith("-") ? text : `+${text}`);

/** ISO day, `days` later. */
export function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
