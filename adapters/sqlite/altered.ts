// Rows that were changed outside Nova: one of them must not hold up the others. It is left out and set aside, with a
// failure that says so; what it was changed to stays on disk as evidence, and put right again it counts again.
import { z } from "zod";
import { ThreadId } from "../../src/ids.ts";
import { toFailure } from "../../src/failures.ts";
import type { NovaFailure } from "../../src/failures.ts";
import type { Proposal } from "../../src/proposal.ts";
import { failureIdOf, storeFailure } from "./failures.ts";
import type { Ledger } from "./ledger.ts";
import { verifiedProposal } from "./proposals.ts";
import type { ProposalRow } from "./proposals.ts";

/** Where its card hangs: what the row itself says about that can't be trusted any more. */
const placeOf = {
  sql: "SELECT thread FROM outbox WHERE proposal = ?1 ORDER BY ord LIMIT 1",
  row: z.object({ thread: ThreadId }),
};
/** `person`: what somebody reads of it, where that is not what the failure says anyway. */
export type Altered = { readonly id: string; readonly failure: NovaFailure; readonly person?: string };
type Parted = { readonly trusted: readonly Proposal[]; readonly altered: readonly Altered[] };

/** Which rows are as Nova left them, and which are not. Writes nothing. */
export function partByTrust(ledger: Ledger, rows: readonly ProposalRow[]): Parted {
  const trusted: Proposal[] = [];
  const altered: Altered[] = [];
  for (const row of rows) {
    try {
      trusted.push(verifiedProposal(ledger, row));
      ledger.aside.delete(row.id);
    } catch (error) {
      altered.push({ id: row.id, failure: toFailure(error) });
    }
  }
  return { trusted, altered };
}

export function setAside(ledger: Ledger, altered: readonly Altered[]): void {
  for (const { id, failure, person = failure.forPerson } of altered) {
    ledger.aside.add(id);
    storeFailure(ledger, {
      id: failureIdOf(["tampered", id]),
      turn: null,
      thread: ledger.store.get(placeOf, id)?.thread ?? null,
      kind: failure.kind,
      person,
      operator: failure.detail,
      at: ledger.now(),
    });
  }
}

/** Inside a commit. */
export function trustedOf(ledger: Ledger, rows: readonly ProposalRow[]): readonly Proposal[] {
  const { trusted, altered } = partByTrust(ledger, rows);
  setAside(ledger, altered);
  return trusted;
}
