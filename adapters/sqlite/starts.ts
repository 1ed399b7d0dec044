// What was approved and waits before it runs: handed out once when its wait is over, from the row and never from a timer
// alone, so that a restart neither loses it nor begins it early.
import { z } from "zod";
import type { Journal } from "../../src/ports/journal.ts";
import type { Proposal } from "../../src/proposal.ts";
import { trustedOf } from "./altered.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { proposalColumns, ProposalRow } from "./proposals.ts";
import { touch } from "./touches.ts";

// Touched since: it was handed out, and whoever took it has as long as any execution before it is called stranded.
const waits = "state = 'approved' AND run_at IS NOT NULL AND touched_at < run_at";
// Approved at a time that has not come yet: the clock was set back. It must not wait for days until the clock has caught up,
// and then look like the yes of a minute ago: it is handed out at once, to be asked again.
const at = "CASE WHEN decided_at > ?1 + 60000 THEN 0 ELSE run_at END";
const due = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE ${waits} AND ${at} <= ?1 ORDER BY ord`,
  row: ProposalRow,
};
const next = {
  sql: `SELECT id, ${at} AS at FROM proposal WHERE ${waits} ORDER BY at LIMIT ?2`,
  row: z.object({ id: z.string(), at: z.number().int() }),
};

export type StartPart = Pick<Journal, "startDue">;
export const startsOf = (ledger: Ledger, { commit }: GroupCommit): StartPart => ({
  startDue: async () => {
    const at = nextStartAt(ledger);
    return at !== null && at <= ledger.now() ? commit(() => startDue(ledger)) : [];
  },
});

function startDue(ledger: Ledger): readonly Proposal[] {
  const found = trustedOf(ledger, ledger.store.all(due, ledger.now()));
  for (const { id } of found) touch(ledger, id);
  return found;
}

/** A row that was set aside stays past its time for ever: it must not make "now" the answer for ever. */
export const nextStartAt = ({ store, aside, now }: Ledger): number | null =>
  store.all(next, now(), aside.size + 1).find(({ id }) => !aside.has(id))?.at ?? null;
