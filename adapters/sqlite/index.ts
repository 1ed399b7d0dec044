// The journal on node:sqlite: one file, one connection, one process. Operations that change something go through the
// group commit; questions are asked directly and see what is committed.
import type { Journal } from "../../src/ports/journal.ts";
import type { AttemptsJournal } from "../../src/ports/journal-attempts.ts";
import type { BudgetJournal } from "../../src/ports/journal-budgets.ts";
import type { HandOffJournal } from "../../src/ports/journal-hand-offs.ts";
import { partByTrust, setAside } from "./altered.ts";
import { auditOf } from "./audit-proof.ts";
import type { AuditPart } from "./audit-proof.ts";
import { boardOf } from "./board.ts";
import { budgetsOf } from "./budgets.ts";
import * as decisions from "./decisions.ts";
import * as delivery from "./delivery.ts";
import { attemptsOf } from "./attempts.ts";
import { claimDue } from "./due.ts";
import { createErpRecords } from "./erp-records.ts";
import type { ErpRecordJournal } from "../../src/ports/erp-record.ts";
import { type EvidencePart, evidenceOf } from "./evidence.ts";
import * as facts from "./facts.ts";
import * as failures from "./failures.ts";
import { type FeedbackPart, feedbackOf } from "./feedback.ts";
import { finishTurn } from "./finish.ts";
import { createGroupCommit } from "./group-commit.ts";
import type { GroupCommit } from "./group-commit.ts";
import { handOffsOf } from "./hand-offs.ts";
import type { Ledger } from "./ledger.ts";
import * as notes from "./notes.ts";
import { openJournal } from "./opening.ts";
import type { SqliteJournalOptions } from "./opening.ts";
import { type OpenRowPart, openRowsOf } from "./open-rows.ts";
import * as outbox from "./outbox.ts";
import { type PreviewPart, previewsOf } from "./previews.ts";
import { listProposalRows, readProposal, storeProposal } from "./proposals.ts";
import { isWritable, nextDueAt, recover } from "./recovery.ts";
import * as runs from "./runs.ts";
import * as turns from "./turns.ts";
import { lastWalkOf } from "./walks.ts";
import { hasUnclear, unclearDue } from "./unclear.ts";
import { type RepeatPart, repeatsOf } from "./repeats.ts";
import { type WaitingPart, waitingOf } from "./waiting.ts";

export { createKeyvContext } from "./context.ts";
export { journalFile } from "./opening.ts";

/** Throws a BootError when the folder is taken, can't be written, or holds a damaged or newer journal. */
export function createSqliteJournal(options: SqliteJournalOptions): Journal {
  const opened = openJournal(options);
  const { db, ledger, head, release } = opened;
  const group = createGroupCommit(db, head.follow);
  const erps = createErpRecords(opened);
  return {
    ...turnsOf(ledger, group),
    ...approvalsOf(ledger, group),
    ...previewsOf(ledger, group),
    ...feedbackOf(ledger, group),
    ...evidenceOf(ledger, group),
    ...attemptsOf(ledger, group),
    ...budgetsOf(ledger, group),
    ...handOffsOf(ledger),
    ...waitingOf(ledger, group),
    ...repeatsOf(ledger, group),
    ...openRowsOf(ledger),
    ...auditOf({ ...opened, erps }, group),
    joinErp: erps.join,
    ...restOf(ledger, group),
    close: async () => {
      if (!db.isOpen) return;
      group.close();
      head.close();
      db.close();
      release();
    },
  };
}

type TurnPart = Pick<
  Journal,
  | "keep"
  | "finish"
  | "turn"
  | "useButton"
  | "knowsThread"
  | "history"
  | "lastWalk"
  | "post"
  | "claimDue"
  | "outboxRow"
  | "lastHeard"
  | "shown"
  | "postpone"
  | "bury"
>;
function turnsOf(ledger: Ledger, { commit, commitSoon }: GroupCommit): TurnPart {
  return {
    keep: async (message, who) => commit(() => turns.keepMessage(ledger, message, who)),
    finish: async (finish) => commit(() => finishTurn(ledger, finish)),
    turn: async (id) => turns.readTurn(ledger, id),
    useButton: async (nonce, turn) => commit(() => turns.useButton(ledger, nonce, turn)),
    knowsThread: async (thread) => turns.knowsThread(ledger, thread),
    history: async (thread, limit) => turns.historyOf(ledger, thread, limit),
    lastWalk: async (thread) => lastWalkOf(ledger, thread),
    post: async (drafts) => commit(() => outbox.storeDrafts(ledger, drafts)),
    claimDue: async () => commit(() => claimDue(ledger)),
    outboxRow: async (id) => outbox.readRow(ledger, id),
    lastHeard: async (surface, sinceMs) => notes.lastHeard(ledger, surface, sinceMs),
    // A receipt that a crash takes is found again on the platform, so it needs no fsync of its own.
    shown: async (row) => commitSoon(() => delivery.markShown(ledger, row)),
    postpone: async (row) => commit(() => delivery.postpone(ledger, row)),
    bury: async (row) => commit(() => delivery.bury(ledger, row)),
  };
}

type ApprovalPart = Pick<
  Journal,
  "propose" | "proposal" | "proposals" | "decide" | "beginExecute" | "settle" | "expireDue" | "unclearDue"
>;
function approvalsOf(ledger: Ledger, { commit }: GroupCommit): ApprovalPart {
  return {
    propose: async (proposal, card) =>
      commit(() => {
        if (storeProposal(ledger, proposal) && card !== null) outbox.storePending(ledger, card);
      }),
    proposal: async (id) => readProposal(ledger, id),
    proposals: async (filter) => {
      const { trusted, altered } = partByTrust(ledger, listProposalRows(ledger, filter));
      // Reading costs a commit only when there is something to say.
      if (altered.some(({ id }) => !ledger.aside.has(id))) await commit(() => setAside(ledger, altered));
      return trusted;
    },
    decide: async (vote) => commit(() => decisions.decide(ledger, vote)),
    beginExecute: async (id) => commit(() => decisions.beginExecute(ledger, id)),
    settle: async (id, move) => commit(() => decisions.settle(ledger, id, move)),
    expireDue: async () => commit(() => decisions.expireDue(ledger)),
    unclearDue: async () => (hasUnclear(ledger) ? commit(() => unclearDue(ledger)) : []),
  };
}

type RestPart = Omit<
  Journal,
  | keyof (TurnPart &
      ApprovalPart &
      AttemptsJournal &
      BudgetJournal &
      HandOffJournal &
      PreviewPart &
      FeedbackPart &
      EvidencePart &
      WaitingPart &
      OpenRowPart &
      AuditPart &
      ErpRecordJournal &
      RepeatPart)
  | "close"
>;
function restOf(ledger: Ledger, { commit }: GroupCommit): RestPart {
  return {
    run: async (id) => runs.readRun(ledger, id),
    runs: async (filter) => runs.listRuns(ledger, filter),
    advance: async (id, change) => commit(() => runs.advanceRun(ledger, id, change)),
    remember: async (fact) => commit(() => facts.storeFact(ledger, fact)),
    forget: async (project, id, by) => {
      const isGone = await commit(() => facts.forgetFact(ledger, project, { id, by }));
      // The words are also in the log of changes until it is emptied.
      if (isGone) ledger.store.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return isGone;
    },
    recall: async (project, text, limit) => facts.recallFacts(ledger, project, { text, limit }),
    facts: async (project, limit) => facts.listFacts(ledger, project, limit),
    fail: async (failure) => commit(() => failures.storeFailure(ledger, failure)),
    failures: async (limit) => failures.lastFailures(ledger, limit),
    figures: async () => failures.figures(ledger),
    note: async (key) => notes.readNote(ledger, key),
    keepNote: async (key, words) => void (await commit(() => notes.keepNote(ledger, key, words))),
    ...boardOf(ledger, commit),
    recover: async () => commit(() => recover(ledger)),
    nextDueAt: async () => nextDueAt(ledger),
    isWritable: async () => isWritable(ledger, commit),
  };
}
