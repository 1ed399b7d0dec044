// When a proposal was last taken up, under a seal: whoever puts that time off would leave what was approved lying, and
// whoever puts it back would have it taken up twice.
import type { Ledger } from "./ledger.ts";
import { touchSeal } from "./seals.ts";

/** Now, and its seal: the values of `touched_at` and `touch_seal`. */
export function touched({ audit, now }: Ledger, id: string): readonly [number, string] {
  const at = now();
  return [at, touchSeal(audit, id, at)];
}

/** Handed out: only after a while will it be handed out again. */
export function touch(ledger: Ledger, id: string): void {
  const sql = "UPDATE proposal SET touched_at = ?2, touch_seal = ?3 WHERE id = ?1";
  ledger.store.run(sql, id, ...touched(ledger, id));
}
