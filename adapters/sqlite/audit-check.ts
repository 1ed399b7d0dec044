// The chain alone can't tell that its last rows were cut off; the proposals can, because each must stand exactly
// where its last audit row says.
import { toFailure } from "../../src/failures.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { Ledger } from "./ledger.ts";
import { proposalColumns, ProposalRow, verifiedProposal } from "./proposals.ts";

type Verdict = Awaited<ReturnType<Journal["verifyAudit"]>>;

export function verifyStandings(ledger: Ledger, chain: Verdict): Verdict {
  if (chain.brokenAt !== null) return chain;
  const rows = ledger.store.all({
    sql: `SELECT ${proposalColumns} FROM proposal ORDER BY ord`,
    row: ProposalRow,
  });
  for (const row of rows) {
    try {
      verifiedProposal(ledger, row);
    } catch (error) {
      return { rows: chain.rows, brokenAt: chain.rows, why: toFailure(error).detail };
    }
  }
  return chain;
}
