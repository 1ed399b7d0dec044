// The parts of the journal that have a file of their own, as one: who adds a part names it here.
import type { AttemptsJournal } from "./journal-attempts.ts";
import type { BudgetJournal } from "./journal-budgets.ts";
import type { ErpRecordJournal } from "./erp-record.ts";
import type { FeedbackJournal } from "./journal-feedback.ts";
import type { HandOffJournal } from "./journal-hand-offs.ts";
import type { TrustJournal } from "./journal-trust.ts";
import type { WaitingJournal } from "./journal-waiting.ts";

export type JournalParts = AttemptsJournal &
  BudgetJournal &
  ErpRecordJournal &
  FeedbackJournal &
  HandOffJournal &
  TrustJournal &
  WaitingJournal;
