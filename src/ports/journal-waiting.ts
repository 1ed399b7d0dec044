// The part of the journal that waits: for people who may decide, and for the time when something may be shown or begin.
import type { ProjectId } from "../ids.ts";
import type { Proposal } from "../proposal.ts";
import type { Decision, OutboxDraft, RecentCard } from "./journal-rows.ts";

/** `wakeAt`: when Nova itself will look at it next, epoch ms; null: never. */
export type OpenRow = {
  readonly kind: "turn" | "proposal" | "post" | "run";
  readonly id: string;
  readonly state: string;
  readonly wakeAt: number | null;
};

export interface WaitingJournal {
  /** Whom cards asked since then, or will ask once they are shown, and when. */
  recentCards(sinceMs: number): Promise<readonly RecentCard[]>;
  /** What was asked in this project and may have an effect: decided since then and done, or of unknown outcome, or still on its way, however old. Rows that were altered outside Nova are left out: with one of them nothing runs. */
  lately(project: ProjectId | null, sinceMs: number): Promise<readonly Proposal[]>;
  /** Votes since then, oldest first, as the audit chain has them; at most those among its newest 20,000 rows. */
  decisions(sinceMs: number): Promise<readonly Decision[]>;
  /** Proposals whose card was held back, and whose time to be shown has come; `hang` stores such a card, once, due at once. */
  showDue(): Promise<readonly Proposal[]>;
  hang(card: OutboxDraft): Promise<void>;
  /** Pending proposals past half of their time of which nobody was reminded yet. */
  remindDue(): Promise<readonly Proposal[]>;
  /** Notes the reminder, lets `escalateTo` decide, redraws every card and stores the notice, in one commit; false when it was reminded of, decided or over. */
  remind(proposal: string, notice: OutboxDraft): Promise<boolean>;
  /** `approved` or `executing` and untouched for longer than any execution takes; each is handed out again only after as long. */
  strandedDue(): Promise<readonly Proposal[]>;
  /** Approved, and the wait that followed is over: each is handed out once, and by `strandedDue` should nobody begin it. */
  startDue(): Promise<readonly Proposal[]>;
  /** Rows that are not over, and that Nova itself will never look at again, or should have looked at longer ago than this. A question to a person is the end of its turn and counts as none. */
  overdue(slackMs: number): Promise<readonly OpenRow[]>;
  /** What must never be: a row that is overdue by two minutes, or an end that a card does not show and nobody is told of. One sentence each. */
  stuck(): Promise<readonly string[]>;
}
