// What a project asked and did lately: by this the stakes of the next effect are judged, so every row is verified first.
import type { Journal } from "../../src/ports/journal.ts";
import { partByTrust, setAside } from "./altered.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { proposalColumns, ProposalRow } from "./proposals.ts";

const open = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE state IN ('proposed', 'pending', 'approved', 'executing', 'unknown')
    AND project IS ?1 ORDER BY ord`,
  row: ProposalRow,
};
const done = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE project IS ?1 AND decided_at >= ?2
    AND state IN ('applied', 'partial', 'needs_human') ORDER BY ord`,
  row: ProposalRow,
};

export type LatelyPart = Pick<Journal, "lately">;
export const latelyOf = (ledger: Ledger, { commit }: GroupCommit): LatelyPart => ({
  lately: async (project, sinceMs) => {
    const rows = [...ledger.store.all(open, project), ...ledger.store.all(done, project, sinceMs)];
    const { trusted, altered } = partByTrust(ledger, rows);
    if (altered.some(({ id }) => !ledger.aside.has(id))) await commit(() => setAside(ledger, altered));
    return trusted;
  },
});
