// The ERP's journal in the plain-text form that hledger and its kin read: an independent eye on the books.
import { z } from "zod";
import type { ErpRow } from "../ports.ts";

const Row = z.object({
  entry: z.int(),
  day: z.iso.date(),
  memo: z.string(),
  document: z.string().nullable(),
  account: z.string(),
  debitCents: z.int(),
  creditCents: z.int(),
  currency: z.string(),
});
type Row = z.infer<typeof Row>;

/** Rows of the port's `entries` question, in any order; oldest first in the text. */
export function toHledger(rows: readonly ErpRow[]): string {
  const entries = Map.groupBy(
    rows.map((row) => Row.parse(row)),
    ({ entry }) => entry,
  );
  return [...entries.values()]
    .toSorted(([left], [right]) => (left === undefined || right === undefined ? 0 : order(left, right)))
    .map(entryText)
    .join("\n");
}

const order = (left: Row, right: Row): number =>
  left.day === right.day ? left.entry - right.entry : left.day < right.day ? -1 : 1;

function entryText(lines: readonly Row[]): string {
  const [first] = lines;
  if (first === undefined) return "";
  const code = first.document === null ? "" : ` (${first.document})`;
  // A semicolon would begin a comment, and a line break an entry.
  const memo = first.memo.replaceAll(/[;|\n\r]+/gu, ",");
  return `${first.day}${code} ${memo}\n${lines.map(postingText).join("")}`;
}

function postingText({ account, debitCents, creditCents, currency }: Row): string {
  const cents = debitCents - creditCents;
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const amount = `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  return `    ${account}  ${amount} ${currency}\n`;
}
