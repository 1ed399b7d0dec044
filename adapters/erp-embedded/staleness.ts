// Whether an approval still covers what its command would do by now: asked within the transaction that would do it.
import { lackOf } from "../../src/approvals/coverage.ts";
import type { Prepared } from "../../src/ports/erp.ts";
import { commandHashOf, effectHashOf } from "../../src/proposal.ts";

/** Why the approval doesn't cover what it would do now; null: it does. */
export function staleness(approved: Prepared, now: Prepared, effectHash: string): string | null {
  const lack = lackOf(approved, now);
  if (
    commandHashOf(now.command) !== commandHashOf(approved.command) ||
    effectHashOf(approved) !== effectHash ||
    lack?.kind === "effect"
  )
    return "The record changed since this was proposed.";
  if (lack?.kind === "version") return `${lack.records[0] ?? "A record"} changed since this was proposed.`;
  return lack === null ? null : lack.unseen.join(" ");
}
