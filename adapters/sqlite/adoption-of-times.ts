// What a file from before times and attempts were sealed holds of them, taken as it is, once; and the choices of its batches,
// which that Nova kept in the table alone, written into the chain.
import { z } from "zod";
import { partByTrust } from "./altered.ts";
import { effectColumns, EffectRow } from "./effect-rows.ts";
import type { Ledger } from "./ledger.ts";
import { proposalColumns, ProposalRow } from "./proposals.ts";
import { effectSeal, touchSeal } from "./seals.ts";
import { recordTick } from "./ticks.ts";

const untouched = {
  sql: "SELECT id, touched_at FROM proposal WHERE touch_seal IS NULL",
  row: z.object({ id: z.string(), touched_at: z.number().int() }),
};
const effects = { sql: `SELECT ${effectColumns} FROM effect WHERE seal IS NULL`, row: EffectRow };
const leftOut = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE id IN (SELECT proposal FROM unticked) ORDER BY ord`,
  row: ProposalRow,
};

export function adoptTimes(ledger: Ledger): void {
  const { store, audit } = ledger;
  for (const { id, touched_at: at } of store.all(untouched))
    store.run("UPDATE proposal SET touch_seal = ?2 WHERE id = ?1", id, touchSeal(audit, id, at));
  for (const row of store.all(effects))
    store.run("UPDATE effect SET seal = ?2 WHERE key = ?1", row.key, effectSeal(audit, row));
  // A proposal that was altered is not spoken for: it stays found out.
  for (const item of partByTrust(ledger, store.all(leftOut)).trusted) recordTick(ledger, item, false);
}
