// What stands in a paper of Tryton's, value by value in words: bound with every step of it, and read back after it. The same
// words before and after, so that nothing is compared that a person was not shown.
import type { Content } from "../../src/remote-erp/contents.ts";
import { moneyText, quantityText } from "../../src/remote-erp/figures.ts";
import type { Invoice, InvoiceLine } from "./invoice-records.ts";
import type { Party, Sale, SaleLine } from "./records.ts";
import { centsText } from "./values.ts";

type Line = {
  readonly quantity: number;
  readonly unit: string;
  readonly title: string;
  readonly priceText: string;
  readonly netCents: number;
};

/** "[GEAR-12] Gear 12" > "Gear 12 (GEAR-12)". */
export const itemText = (title: string): string => title.replace(/^\[([^\]]*)\] (.*)$/u, "$2 ($1)");
export const partyText = ({ rec_name, id }: Party): string => `${rec_name} (party ${id})`;

const lineText = ({ quantity, unit, title, priceText, netCents }: Line): string =>
  `${quantityText(quantity)} ${unit} × ${itemText(title)} at ${priceText}: ${centsText(netCents)} net`;

/** Each says how many there are: one more is another paper, too. */
export const numbered = (what: string, texts: readonly string[]): readonly Content[] =>
  texts.map((text, index) => ({ label: `${what} ${index + 1} of ${texts.length}`, text }));
export const lineContents = (lines: readonly Line[]): readonly Content[] =>
  numbered(
    "line",
    lines.map((line) => lineText(line)),
  );

/** Its day only where it has one: Tryton gives it one when it is confirmed. */
export const saleContents = (sale: Sale, lines: readonly SaleLine[]): readonly Content[] => [
  { label: "total", text: moneyText(sale.totalCents, sale.currency) },
  { label: "tax", text: moneyText(sale.taxCents, sale.currency) },
  ...lineContents(lines),
  { label: "party", text: partyText(sale.party) },
  ...(sale.day === "" ? [] : [{ label: "day", text: sale.day }]),
  { label: "ship to", text: sale.shipTo },
];

/** `sign`: -1 for what its credit note will say. The day is the command's, so it is not among them. */
export const invoiceContents = (
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  sign: 1 | -1 = 1,
): readonly Content[] => [
  { label: "total", text: moneyText(sign * invoice.totalCents, invoice.currency) },
  { label: "tax", text: moneyText(sign * invoice.taxCents, invoice.currency) },
  ...lineContents(
    lines.map((line) => ({ ...line, quantity: sign * line.quantity, netCents: sign * line.netCents })),
  ),
  { label: "party", text: partyText(invoice.party) },
  { label: "payment term", text: invoice.term },
];
