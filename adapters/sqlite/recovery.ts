// What is left over at boot, and when the next thing is due.
import type { Recovered } from "../../src/ports/journal-rows.ts";
import { settleLeftOpen } from "./budgets.ts";
import { nextExpiryAt, proposalsLeftBehind } from "./decisions.ts";
import { nextHeldBackAt } from "./held-back.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { markInterrupted, nextOutboxAt } from "./outbox.ts";
import { listRuns } from "./runs.ts";
import { reclaimTurns } from "./turns.ts";
import { nextUnclearAt } from "./unclear.ts";
import { nextStartAt } from "./starts.ts";
import { nextReminderAt, nextStrandedAt } from "./waiting.ts";

/** What was left is taken up from here on: whatever it waited for counts from now. */
const born = "INSERT INTO heartbeat (id, at) VALUES (2, ?1) ON CONFLICT (id) DO UPDATE SET at = excluded.at";

export function recover(ledger: Ledger): Recovered {
  markInterrupted(ledger);
  settleLeftOpen(ledger);
  ledger.store.run(born, ledger.now());
  return {
    turns: reclaimTurns(ledger),
    proposals: proposalsLeftBehind(ledger),
    runs: listRuns(ledger, { open: true, limit: Number.MAX_SAFE_INTEGER }),
  };
}

export function nextDueAt(ledger: Ledger): number | null {
  const times = [
    nextExpiryAt(ledger),
    nextOutboxAt(ledger),
    nextUnclearAt(ledger),
    nextReminderAt(ledger),
    nextStrandedAt(ledger),
    nextHeldBackAt(ledger),
    nextStartAt(ledger),
  ].filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** Asks by writing: a full disk or a lost file shows only then. */
export async function isWritable({ store, now }: Ledger, commit: GroupCommit["commit"]): Promise<boolean> {
  const beat =
    "INSERT INTO heartbeat (id, at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET at = excluded.at";
  return commit(() => store.run(beat, now())).then(
    (rows) => rows === 1,
    () => false,
  );
}
