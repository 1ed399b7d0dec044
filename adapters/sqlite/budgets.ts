// Money set aside and spent. Every operation is one transaction: a request fits under all of its lines or takes nothing
// from any, whatever else is on its way.
import { z } from "zod";
import type {
  BudgetJournal,
  BudgetLine,
  BudgetStanding,
  BudgetSum,
  Reserved,
} from "../../src/ports/journal-budgets.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { fromJson } from "./shapes.ts";
import type { Query } from "./store.ts";

const columns = "scope, day, reserved_micros, spent_micros, unsettled_micros";
const Row = z
  .object({
    scope: z.string(),
    day: z.string(),
    reserved_micros: z.number().int(),
    spent_micros: z.number().int(),
    unsettled_micros: z.number().int(),
  })
  .transform((row): BudgetStanding => ({
    scope: row.scope,
    day: row.day,
    reservedMicros: row.reserved_micros,
    spentMicros: row.spent_micros,
    unsettledMicros: row.unsettled_micros,
  }));
const one: Query<BudgetStanding> = {
  sql: `SELECT ${columns} FROM budget WHERE scope = ?1 AND day = ?2`,
  row: Row,
};
const onDay: Query<BudgetStanding> = {
  sql: `SELECT ${columns} FROM budget WHERE day = ?1 ORDER BY scope`,
  row: Row,
};
const Lines = z.array(z.tuple([z.string(), z.string()]));
const Open = z.object({ id: z.number().int(), lines: z.string(), highest_micros: z.number().int() });
const open: Query<z.infer<typeof Open>> = {
  sql: "SELECT id, lines, highest_micros FROM reservation WHERE id = ?1",
  row: Open,
};
const allOpen: Query<z.infer<typeof Open>> = {
  sql: "SELECT id, lines, highest_micros FROM reservation ORDER BY id",
  row: Open,
};
const setAside = `INSERT INTO budget (scope, day, reserved_micros) VALUES (?1, ?2, ?3)
  ON CONFLICT (scope, day) DO UPDATE SET reserved_micros = reserved_micros + excluded.reserved_micros`;
const keep: Query<{ id: number }> = {
  sql: "INSERT INTO reservation (lines, highest_micros, at) VALUES (?1, ?2, ?3) RETURNING id",
  row: z.object({ id: z.number().int() }),
};
const settle = `UPDATE budget SET reserved_micros = reserved_micros - ?3, spent_micros = spent_micros + ?4,
  unsettled_micros = unsettled_micros + ?5 WHERE scope = ?1 AND day = ?2`;

export const budgetsOf = (ledger: Ledger, { commit, commitSoon }: GroupCommit): BudgetJournal => ({
  reserve: async (highestMicros, lines) => commit(() => reserve(ledger, highestMicros, lines)),
  // A crash that takes it leaves the reservation, which then counts at its highest: nobody waits for an fsync.
  settleCost: async (id, costMicros) => commitSoon(() => settleCost(ledger, id, costMicros)),
  budgetsOn: async (day) => ledger.store.all(onDay, day),
});

function reserve(ledger: Ledger, highestMicros: number, lines: readonly BudgetLine[]): Reserved {
  const { store, now } = ledger;
  for (const [at, line] of lines.entries()) {
    if (line.limitMicros === null) continue;
    const leftMicros = line.limitMicros - takenFrom(ledger, line);
    // A limit of nothing allows nothing, not even what would cost nothing.
    if (line.limitMicros <= 0 || highestMicros > leftMicros)
      return { kind: "refused", at, leftMicros: Math.max(0, leftMicros) };
  }
  for (const { scope, day } of lines) store.run(setAside, scope, day, highestMicros);
  const sums = JSON.stringify(lines.map(({ scope, day }) => [scope, day]));
  const kept = store.get(keep, sums, highestMicros, now());
  if (kept === null) throw new Error("The reservation was not kept.");
  return { kind: "held", id: kept.id };
}

function takenFrom({ store }: Ledger, { scope, day }: BudgetSum): number {
  const standing = store.get(one, scope, day);
  return standing === null ? 0 : standing.reservedMicros + standing.spentMicros;
}

function settleCost(ledger: Ledger, id: number, costMicros: number | null): void {
  const { store } = ledger;
  const found = store.get(open, id);
  if (found === null) return;
  const { highest_micros: highest } = found;
  const unsettled = costMicros === null ? highest : 0;
  for (const [scope, day] of fromJson(found.lines, Lines))
    store.run(settle, scope, day, highest, costMicros ?? highest, unsettled);
  store.run("DELETE FROM reservation WHERE id = ?1", id);
}

/** At boot: whoever asked is dead, and what they asked for may have cost all that it could. */
export function settleLeftOpen(ledger: Ledger): void {
  for (const { id } of ledger.store.all(allOpen)) settleCost(ledger, id, null);
}
