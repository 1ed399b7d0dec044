// The durable ledger, as whole operations: each is one transaction, and none exposes a transaction to its caller,
// so that SQLite and Postgres can both implement it. Operations called in the same turn of the event loop may share
// one commit; each resolves only after it is durable. Every operation that could not be committed rejects.
import type { AccountId, ProjectId, ThreadId } from "../ids.ts";
import type { Answer, Exchange, Message, Outcome, StoredButton, ThreadState } from "../message.ts";
import type { ButtonAction, NewProposal, Proposal, ProposalState } from "../proposal.ts";
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
};
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
};
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
};
export type WalkRow = {
  readonly turn: string;
  readonly agent: string | null;
  readonly route: Answer["route"];
  readonly pack: Answer["pack"];
  readonly usage: Answer["usage"];
  readonly outcome: Outcome;
  readonly at: number;
};
export type Spend = { readonly person: string; readonly dollars: number };

export interface Journal {
  // --- turns
  keep(message: Message, who: { readonly person: string; readonly project: ProjectId | null }): Promise<Kept>;
  /** Outcome, proposals, buttons, runs, failure, thread state, audit and outbox rows (claimed for sending) in one commit; hands out the thread's next turn. Finishing a finished turn changes nothing. */
  finish(finish: Finish): Promise<Finished>;
  /** The stored message of a turn, for a button that runs it again; null when unknown. */
  turn(id: string): Promise<{ readonly message: Message; readonly outcome: Outcome | null } | null>;
  /** True when this thread is already a conversation with Nova. */
  knowsThread(thread: ThreadId): Promise<boolean>;
  history(thread: ThreadId, limit: number): Promise<readonly Exchange[]>;
  lastWalk(thread: ThreadId): Promise<WalkRow | null>;
  // --- outbox
  /** Stores or changes posts outside a turn and claims them for sending. */
  post(drafts: readonly OutboxDraft[]): Promise<readonly OutboxRow[]>;
  /** Claims what is due: pending or postponed rows, in order per thread, none behind an open row of its thread. */
  claimDue(): Promise<readonly OutboxRow[]>;
  /** Confirms what `rev` showed. The first confirmed card of a proposal moves it `proposed > pending` and starts its clock. A row whose rev was raised meanwhile stays due. */
  shown(row: { readonly id: string; readonly rev: number; readonly platformId: string }): Promise<void>;
  /** Puts it off; `isUnclear`: it may have arrived. `isGone`: forget the platform id and send anew. */
  postpone(row: {
    readonly id: string;
    readonly untilMs: number;
    readonly why: string;
    readonly isUnclear: boolean;
    readonly isGone: boolean;
  }): Promise<void>;
  /** Gives up for good, with a failure row. A proposal with no card left anywhere becomes `blocked`. */
  bury(row: { readonly id: string; readonly why: string }): Promise<void>;
  // --- approvals
  /** For a run's step: idempotent by id; stores the proposal with its card row. */
  propose(proposal: NewProposal, card: OutboxDraft): Promise<void>;
  proposal(id: string): Promise<Proposal | null>;
  proposals(filter: {
    readonly project?: ProjectId | null;
    readonly states?: readonly ProposalState[];
  }): Promise<readonly Proposal[]>;
  /** Compare-and-set: only `pending` and unexpired moves. Vote, state, audit and the redraw of every card in one commit. */
  decide(vote: Vote): Promise<Decided>;
  /** `approved > executing` with the effect row; false when another hand was first. Nothing may stand between this and the send. */
  beginExecute(proposal: string): Promise<boolean>;
  /** From one of `from` to `to`, with audit and the redraw of every card; false when it was in no such state. */
  settle(
    proposal: string,
    move: { readonly from: readonly ProposalState[]; readonly to: ProposalState; readonly detail: string },
  ): Promise<boolean>;
  /** Moves every proposal past its time to `expired`; returns those that moved. */
  expireDue(): Promise<readonly Proposal[]>;
  // --- runs
  run(id: string): Promise<RunRow | null>;
  runs(filter: { readonly open: boolean; readonly limit: number }): Promise<readonly RunRow[]>;
  /** Upserts one step by name and the run's state; returns the row as it is now. A terminal run stays as it is. */
  advance(
    run: string,
    change: { readonly state?: RunState; readonly step?: RunStep; readonly detail?: string },
  ): Promise<RunRow>;
  // --- memory, failures, figures
  remember(fact: Fact): Promise<void>;
  /** Overwrites the fact's words; false when there is none in this project. */
  forget(project: ProjectId, factId: string): Promise<boolean>;
  recall(project: ProjectId, text: string, limit: number): Promise<readonly Fact[]>;
  facts(project: ProjectId, limit: number): Promise<readonly Fact[]>;
  fail(failure: FailureRow): Promise<void>;
  failures(limit: number): Promise<readonly FailureRow[]>;
  spentSince(atMs: number): Promise<readonly Spend[]>;
  /** Messages that were not meant for Nova are counted, not kept. */
  figures(): Promise<{
    readonly open: number;
    readonly done: number;
    readonly outboxDue: number;
    readonly dead: number;
  }>;
  // --- life
  /** At boot: unfinished turns (the first of each thread, claimed again), interrupted sends marked unclear, proposals left `approved` or `executing`, open runs. */
  recover(): Promise<Recovered>;
  /** When something is due next (expiry, postponed send), epoch ms; null: nothing waits. */
  nextDueAt(): Promise<number | null>;
  verifyAudit(): Promise<{
    readonly rows: number;
    readonly brokenAt: number | null;
    readonly why: string | null;
  }>;
  isWritable(): Promise<boolean>;
  close(): Promise<void>;
}
export type Recovered = {
  readonly turns: readonly KeptTurn[];
  readonly proposals: readonly Proposal[];
  readonly runs: readonly RunRow[];
};
