// Lines of an effect that no card may leave to its details: amounts, whom it is about and where money goes, and records
// that its title does not name. What the title says already need not be said twice.
import { toOneLine } from "../markdown/visible.ts";
import type { DocumentChange, Prepared } from "../ports/erp.ts";

const money = /^[-+]?[\d,]*\d[.]\d\d(?: [A-Z]{3})?$/u;
const moneyLabel = /\b(?:amount|total|sum|price|fee|discount|credit limit|payment|paid|open)\b/iu;
const party = /^(?:party|customer|supplier|vendor|partner|payee|recipient|beneficiary|account holder|to)$/iu;
const bank = /\b(?:iban|bic|swift|bank|account (?:no|number)|routing number)\b/iu;

/** So much of a title is cut nowhere, however it is escaped. */
export const wholeStart = 120;

/** By position in `changes`. */
export function keyLines({ summary, changes }: Pick<Prepared, "summary" | "changes">): ReadonlySet<number> {
  const title = toOneLine(summary).slice(0, wholeStart);
  const named = new Set<string>();
  const keys = changes.flatMap((change, at) => {
    const isFirst = !named.has(change.record);
    named.add(change.record);
    const isUnnamed = isFirst && change.before !== null && !isNamed(title, change.record);
    return isUnnamed || (isKey(change) && !isSaid(title, change)) ? [at] : [];
  });
  return new Set(keys);
}

const isKey = ({ label, before, after }: DocumentChange): boolean =>
  [moneyLabel, party, bank].some((one) => one.test(label)) ||
  [before, after].some((value) => money.test(value ?? ""));

/** One value can be said by a title; that it was another one before can't. */
const isSaid = (title: string, { before, after }: DocumentChange): boolean =>
  (before === null || before === after) && after !== null && isNamed(title, after);

/** As a word or a figure of its own, not as the beginning or end of another. */
function isNamed(title: string, value: string): boolean {
  const words = toOneLine(value);
  const parts = words === "" ? [] : title.split(words);
  return parts.some(
    (part, at) =>
      at > 0 && !/[\p{L}\d.,]$/u.test(parts[at - 1] ?? "") && !/^(?:[\p{L}\d]|[.,]\d)/u.test(part),
  );
}
