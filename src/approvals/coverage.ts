// What an approval covers: exactly the effect, of records as they stood then, with the ERP's warnings that were on the
// card. Asked right before an effect runs, of what it would be by then.
import type { Prepared } from "../ports/erp.ts";
import { effectHashOf } from "../proposal.ts";

export type Lack =
  | { readonly kind: "effect" }
  /** The same effect, on a record that somebody has changed. */
  | { readonly kind: "version"; readonly records: readonly string[] }
  /** The same effect, and the ERP warns of something that nobody has read. */
  | { readonly kind: "warning"; readonly unseen: readonly string[] };

/** Null: an approval of the one covers the other. A warning that has gone since takes nothing from it. */
export function lackOf(approved: Prepared, now: Prepared): Lack | null {
  const { warnings, versionTokens } = approved;
  if (effectHashOf({ ...now, warnings, versionTokens }) !== effectHashOf(approved)) return { kind: "effect" };
  const records = movedRecords(approved, now);
  if (records.length > 0) return { kind: "version", records };
  const unseen = now.warnings.filter((warning) => !warnings.includes(warning));
  return unseen.length > 0 ? { kind: "warning", unseen } : null;
}

/** Records whose version is another one, was not looked at before, or can't be told any more. */
export function movedRecords(
  { versionTokens: before }: Prepared,
  { versionTokens: now }: Prepared,
): readonly string[] {
  const records = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...records].filter((record) => before[record] !== now[record]);
}
