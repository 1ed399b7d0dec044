// Proposals whose outcome is unknown: when the ERP is asked about each again. How often it was asked, and since when it
// is unknown, is read from the audit rows, so that it survives a restart and can't be shortened by whoever writes the file.
import { z } from "zod";
import type { Unclear } from "../../src/ports/journal-rows.ts";
import { trustedOf } from "./altered.ts";
import type { Ledger } from "./ledger.ts";
import { proposalColumns, ProposalRow } from "./proposals.ts";
import { fromJson } from "./shapes.ts";

export const gapsMs = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000] as const;
export const slowestMs = 60_000;

const unclear = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE state = 'unknown' ORDER BY ord`,
  row: ProposalRow,
};
const anyUnclear = {
  sql: "SELECT 1 AS found FROM proposal WHERE state = 'unknown' LIMIT 1",
  row: z.object({ found: z.number() }),
};
const moves = {
  sql: "SELECT at, body FROM audit WHERE subject = ?1 AND kind = 'proposal' ORDER BY seq",
  row: z.object({ at: z.number().int(), body: z.string() }),
};
const Body = z.looseObject({ now: z.looseObject({ state: z.string() }) });

type Look = { readonly sinceMs: number; readonly dueAt: number };
function nextLook({ store }: Ledger, id: string): Look {
  const looks = store
    .all(moves, id)
    .filter(({ body }) => fromJson(body, Body).now.state === "unknown")
    .map(({ at }) => at);
  const gapMs = gapsMs[looks.length - 1] ?? slowestMs;
  return { sinceMs: looks[0] ?? 0, dueAt: (looks.at(-1) ?? 0) + gapMs };
}

export const hasUnclear = ({ store }: Ledger): boolean => store.get(anyUnclear) !== null;

/** Inside a commit. */
export function unclearDue(ledger: Ledger): readonly Unclear[] {
  return trustedOf(ledger, ledger.store.all(unclear))
    .map(({ id }) => ({ id, ...nextLook(ledger, id) }))
    .filter(({ dueAt }) => dueAt <= ledger.now())
    .map(({ id, sinceMs }) => ({ id, sinceMs }));
}

export function nextUnclearAt(ledger: Ledger): number | null {
  const times = ledger.store
    .all(unclear)
    .filter(({ id }) => !ledger.aside.has(id))
    .map(({ id }) => nextLook(ledger, id).dueAt);
  return times.length === 0 ? null : Math.min(...times);
}
