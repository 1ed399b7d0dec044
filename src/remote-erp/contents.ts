// What stands in a document that a step moves: bound with the step, so that an approval of one order is never used for what
// it was changed into, and read back with it.
import type { DocumentChange } from "../ports/erp.ts";

/** Values by record and label, in the words of the plan's changes. */
export type StandingValue = { readonly record: string; readonly label: string; readonly value: string };

/** One of its values in words, e.g. `total`, `66.60 USD`. Labels are unique within a document. */
export type Content = { readonly label: string; readonly text: string };

/** Values that the step leaves as they are. */
export const toBound = (record: string, contents: readonly Content[]): readonly DocumentChange[] =>
  contents.map(({ label, text }) => ({ record, label, before: text, after: text }));

/** The same values as they stand there now. */
export const toStanding = (record: string, contents: readonly Content[]): readonly StandingValue[] =>
  contents.map(({ label, text }) => ({ record, label, value: text }));

/** Whether everything that was approved is what stands there, value by value. */
export const isAsApproved = (changes: readonly DocumentChange[], values: readonly StandingValue[]): boolean =>
  changes.every(({ record, label, after }) =>
    values.some((one) => one.record === record && one.label === label && one.value === (after ?? "")),
  );
