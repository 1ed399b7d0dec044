// Faults in what is stored and what is asked of the journal: rows that bear a seal, the chain over them, and the law of what is
// not over.
import type { Fault } from "./faults.ts";

const proposals = "adapters/sqlite/proposals.ts";
const tamper = "test/adapters/sqlite-tamper.test.ts";

export const rowFaults: readonly Fault[] = [
  {
    fault: "a stored command may be changed",
    file: proposals,
    cut: "if (seal !== row.row_mac) throw",
    put: "if (row.row_mac === '') throw",
    noticedBy: tamper,
    named: "is refused by every reader",
  },
  {
    fault: "a stored state may be changed",
    file: proposals,
    cut: "if (last === null || nowOf(last.body) !== standingTextOf(row)) {",
    put: "if (last === null) {",
    noticedBy: tamper,
    named: "is refused by every reader",
  },
  {
    fault: "a vote that nobody cast counts",
    file: "adapters/sqlite/votes.ts",
    cut: "if (!isSame)",
    put: "if (cast.length > 1_000)",
    noticedBy: "test/adapters/sqlite-planted.test.ts",
    named: "A1 A14",
  },
  {
    fault: "when a proposal is taken up again may be changed",
    file: proposals,
    cut: "if (row.touch_seal !== touchSeal(audit, row.id, row.touched_at)) {",
    put: "if (row.touch_seal === '') {",
    noticedBy: "test/adapters/sqlite-planted.test.ts",
    named: "1,000 random edits",
  },
  {
    fault: "how often and when a deed was sent may be changed",
    file: "adapters/sqlite/effect-rows.ts",
    cut: "  row.seal === effectSeal(audit, row);",
    put: "  row.seal === effectSeal(audit, row) || row.seal !== '';",
    noticedBy: "test/adapters/sqlite-planted.test.ts",
    named: "1,000 random edits",
  },
  {
    fault: "a deed that was begun may be forgotten",
    file: "adapters/sqlite/effect-rows.ts",
    cut: "if (isBegun === (store.get(byKey, proposal) !== null)) return;",
    put: "if (isBegun || store.get(byKey, proposal) === null) return;",
    noticedBy: "test/adapters/sqlite-planted.test.ts",
    named: "a row of effect that was taken away",
  },
  {
    fault: "what is left out of a batch may be changed",
    file: "adapters/sqlite/ticks.ts",
    cut: "if ((store.get(leftOut, proposal)?.lead ?? null) === expected) return;",
    put: "if (expected !== '') return;",
    noticedBy: "test/adapters/sqlite-planted.test.ts",
    named: "a row of unticked that was taken away",
  },
  {
    fault: "when somebody voted may be changed",
    file: "adapters/sqlite/votes.ts",
    cut: "writtenWithinMs : at === sealed.at;",
    put: "writtenWithinMs : at !== -1;",
    noticedBy: "test/adapters/sqlite-planted.test.ts",
    named: "1,000 random edits",
  },
  {
    fault: "nobody says that nothing will wake a row",
    file: "src/watchdog.ts",
    cut: "  await sayOverdue();\n",
    put: "",
    noticedBy: "test/watchdog.test.ts",
    named: "A32: a row that nothing will wake",
  },
  {
    fault: "a row without a time is not overdue",
    file: "adapters/sqlite/open-rows.ts",
    cut: "WHERE wake_at IS NULL OR wake_at < ?1",
    put: "WHERE wake_at < ?1",
    noticedBy: "test/adapters/sqlite-open-rows.test.ts",
    named: "is named",
  },
  {
    fault: "the chain takes rows with any seal",
    file: "adapters/sqlite/audit.ts",
    cut: "return row.mac === expected.seal ? null : ",
    put: "return row.mac !== '' ? null : ",
    noticedBy: tamper,
    named: "can't be forged",
  },
  {
    fault: "anything passes for an approval",
    file: "src/approvals/approval-check.ts",
    cut: 'if (!Approval.isGranted(approval)) return "There is no approval for this.";',
    put: 'if (!(approval instanceof Object) || !("effectHash" in approval) || !("commandHash" in approval) || !("proposalId" in approval)) return "There is no approval for this.";',
    noticedBy: "test/contracts/erp.test.ts",
    named: "not a granted approval",
  },
  {
    fault: "an approval of other effects will do",
    file: "src/approvals/approval-check.ts",
    cut: 'if (approval.effectHash !== effectHashOf(prepared)) return "The approval is for other effects.";',
    put: "",
    noticedBy: "test/contracts/erp.test.ts",
    named: "not a granted approval",
  },
];
