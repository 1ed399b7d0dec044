// The rows and verdicts of the journal: what its operations take and give.
import type { AccountId, ProjectId, ThreadId } from "../ids.ts";
import type { Answer, Message, Outcome, StoredButton, ThreadState } from "../message.ts";
import type { ButtonAction, Mark, Proposal } from "../proposal.ts";
import type { FailureKind } from "../failures.ts";
import type { Post } from "../post.ts";

/** A claimed turn: its attempt is already counted and durable. */
export type KeptTurn = {
  readonly id: string;
  readonly message: Message;
  readonly attempt: number;
  readonly thread: ThreadState;
  /** For a press: the button as stored; null for anything else, and for an unknown nonce. */
  readonly button: StoredButton | null;
  /** Its row was put there or changed outside Nova, or it was answered before: `message` is empty, and only says where. */
  readonly isAltered?: true;
};
export type Kept =
  | { readonly kind: "seen" }
  /** No earlier turn of its thread is open: claimed in the same commit, work may start. */
  | { readonly kind: "next"; readonly turn: KeptTurn }
  /** Kept; an earlier turn of its thread is still open, and finishing that one hands this one out. */
  | { readonly kind: "queued" };

/** What an outbox row shows: a fixed post, or a card drawn from its proposal's row whenever it is delivered. */
export type OutboxContent =
  | { readonly kind: "post"; readonly post: Post }
  | { readonly kind: "card"; readonly proposal: string };
export type OutboxRow = {
  readonly id: string;
  readonly thread: ThreadId;
  readonly turn: string | null;
  readonly content: OutboxContent;
  /** Raised with every change of what it shows; shown when `shownRev` equals it. */
  readonly rev: number;
  readonly platformId: string | null;
  readonly attempts: number;
  /** When this try was claimed, epoch ms: an unclear one may be resent only relative to it. */
  readonly claimedAt: number;
  /** True when an earlier try may have reached the platform (a crash while sending, or an unclear answer). */
  readonly isUnclear: boolean;
};
/** A post to show or to change; the same id shows the new content in place of the old. */
export type OutboxDraft = {
  readonly id: string;
  readonly thread: ThreadId;
  readonly turn: string | null;
  readonly content: OutboxContent;
  readonly buttons: readonly { readonly nonce: string; readonly action: ButtonAction }[];
  /** What of it is on the platform already: it takes the place of that. */
  readonly preview?: PreviewRow | null;
};
/** A preview of a turn's first post. `platformId` null: it may have arrived since `at`, and nobody knows as what. */
export type PreviewRow = { readonly platformId: string | null; readonly at: number };
export type Finished = { readonly next: KeptTurn | null; readonly deliveries: readonly OutboxRow[] };
export type Finish = {
  readonly answer: Answer;
  /** Posts in order, then one card row per proposal, then the progress row per run. */
  readonly outbox: readonly OutboxDraft[];
  /** The words kept as this turn's answer in the thread's history. */
  readonly answered: string;
  readonly asked: string;
};

export type Vote = {
  readonly proposal: string;
  readonly person: string;
  readonly account: AccountId;
  readonly decision: "approve" | "reject";
  readonly reason: string | null;
  /** What was typed to approve, where typing was asked for. */
  readonly typed?: string | null;
  /** The listed person in whose place it is cast; absent: in their own. */
  readonly insteadOf?: string | null;
};
/** A vote that was cast, epoch milliseconds; `shownAt`: since when its card could be read, null where it never could. */
export type Decision = {
  readonly person: string;
  readonly decision: Vote["decision"];
  readonly at: number;
  readonly shownAt: number | null;
};
/** The items of one card, in order, and which of them its approval leaves out. */
export type Batch = { readonly items: readonly Proposal[]; readonly unticked: readonly string[] };
/** The votes of one press on a batch, and what was unticked on the card that was pressed. */
export type BatchVote = Pick<Batch, "unticked"> & { readonly lead: string; readonly votes: readonly Vote[] };
export type Decided =
  /** This vote moved it, or it is this person's same vote again (a redelivery): go on. */
  | { readonly kind: "decided"; readonly proposal: Proposal }
  /** More votes are needed. */
  | { readonly kind: "counted"; readonly proposal: Proposal }
  /** Too late: somebody decided, or it expired. Nothing changed. */
  | { readonly kind: "late"; readonly proposal: Proposal }
  | { readonly kind: "unknown" };

export type RunState = "new" | "running" | "waiting" | "done" | "failed" | "stopped";
export type RunRow = {
  readonly id: string;
  readonly agent: string;
  readonly version: number;
  readonly project: ProjectId | null;
  readonly thread: ThreadId;
  readonly requester: string;
  readonly requesterAccount: AccountId;
  readonly input: unknown;
  readonly state: RunState;
  /** Steps so far in order, each with its own state; what the progress post shows. */
  readonly steps: readonly RunStep[];
  readonly startedAt: number;
  readonly detail: string;
};
export type RunStep = {
  readonly name: string;
  readonly state: "running" | "waiting" | "done" | "failed";
  readonly at: number;
  readonly detail: string;
};

export type FailureRow = {
  readonly id: string;
  readonly turn: string | null;
  readonly thread: ThreadId | null;
  readonly kind: FailureKind;
  readonly person: string;
  readonly operator: string;
  readonly at: number;
};
export type Fact = {
  readonly id: string;
  readonly project: ProjectId;
  readonly text: string;
  readonly kind: "fact" | "decision";
  readonly saidBy: string;
  readonly at: number;
  readonly turn: string;
  /** When somebody last said that it is still true, and who. */
  readonly vouchedAt?: number;
  readonly vouchedBy?: string;
};
/** Where an agent's answer stands: the conversation that it belongs to, whatever place a platform's event names. */
export type AnswerPlace = { readonly thread: ThreadId; readonly turn: string; readonly agent: string };
export type Rating = {
  readonly turn: string;
  readonly person: string;
  readonly account: AccountId;
  readonly mark: Mark;
  /** `set` and `unset` follow a reaction; `press` sets the mark, or takes it back where it stands already. */
  readonly change: "set" | "unset" | "press";
  /** The turn that brings it: heard again, it changes nothing. */
  readonly by: string;
};
/** What stands now; null: nothing. */
export type Rated = { readonly agent: string; readonly mark: Mark | null };
export type AgentRating = { readonly agent: string; readonly up: number; readonly down: number };
/** One row of the audit chain as it is stored; `body` is JSON. */
export type AuditRow = {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly subject: string;
  readonly body: string;
  readonly prev: string;
  readonly mac: string;
};
/** `rows`: how many were walked; `why`: in words that follow "the audit chain is broken:". */
export type AuditVerdict = {
  readonly rows: number;
  readonly brokenAt: number | null;
  readonly why: string | null;
  /** All that is there is as Nova wrote it, and its end is missing: the one case that `acceptAudit` takes. */
  readonly isLostEnd?: true;
};
export type TrailRow = { readonly at: number; readonly kind: string; readonly body: string };
export type WalkRow = {
  readonly turn: string;
  readonly agent: string | null;
  readonly route: Answer["route"];
  readonly pack: Answer["pack"];
  readonly usage: Answer["usage"];
  readonly outcome: Outcome;
  readonly at: number;
  /** How far it was to be believed, as its footer said; null: nothing was said. */
  readonly verification: string | null;
};
/** One card and the people whom it asks; `at`: shown, or to be shown, epoch ms. */
export type RecentCard = { readonly approvers: readonly string[]; readonly at: number };
/** An effect that was begun and whose outcome nobody knows yet. */
export type Unclear = { readonly id: string; readonly sinceMs: number };
export type Recovered = {
  readonly turns: readonly KeptTurn[];
  readonly proposals: readonly Proposal[];
  readonly runs: readonly RunRow[];
};
