// The durable ledger, as whole operations: each is one transaction, and none exposes a transaction to its caller,
// so that SQLite and Postgres can both implement it. Operations called in the same turn of the event loop may share
// one commit; each resolves only after it is durable. Every operation that could not be committed rejects.
import type { ProjectId, ThreadId } from "../ids.ts";
import type { Message, Outcome } from "../message.ts";
import type { Exchange } from "../pack.ts";
import type { NewProposal, Proposal, ProposalState } from "../proposal.ts";
import type {
  Kept,
  OutboxRow,
  OutboxDraft,
  Finished,
  Finish,
  Vote,
  Decided,
  RunState,
  RunRow,
  RunStep,
  FailureRow,
  Fact,
  WalkRow,
  Spend,
  Unclear,
  Recovered,
} from "./journal-rows.ts";

export interface Journal {
  // --- turns
  keep(message: Message, who: { readonly person: string; readonly project: ProjectId | null }): Promise<Kept>;
  /** Outcome, proposals, buttons, runs, failure, thread state, audit and outbox rows (claimed for sending) in one commit; hands out the thread's next turn. Finishing a finished turn changes nothing. */
  finish(finish: Finish): Promise<Finished>;
  /** The stored message of a turn, for a button that runs it again; null when unknown. */
  turn(id: string): Promise<{ readonly message: Message; readonly outcome: Outcome | null } | null>;
  /** First use of a button by this turn; true again for the same turn (a recovery), false for any other: pressed already. */
  useButton(nonce: string, turn: string): Promise<boolean>;
  /** True when this thread is already a conversation with Nova. */
  knowsThread(thread: ThreadId): Promise<boolean>;
  history(thread: ThreadId, limit: number): Promise<readonly Exchange[]>;
  lastWalk(thread: ThreadId): Promise<WalkRow | null>;
  // --- outbox
  /** Stores or changes posts outside a turn and claims them for sending. */
  post(drafts: readonly OutboxDraft[]): Promise<readonly OutboxRow[]>;
  /** Claims what is due: pending or postponed rows, in order per thread, none behind an open row of its thread. */
  claimDue(): Promise<readonly OutboxRow[]>;
  /** Confirms what `rev` showed. The first confirmed card of a proposal moves it `proposed > pending` and starts its clock. A row whose rev was raised meanwhile stays due. True when its thread has more to show: that row, or one that waited behind it. */
  shown(row: { readonly id: string; readonly rev: number; readonly platformId: string }): Promise<boolean>;
  /** Puts it off; `isUnclear`: it may have arrived. `isGone`: forget the platform id and send anew. A try that is neither certainly did not arrive and does not count as an attempt. */
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
  /** Proposals in `unknown` whose next look at the ERP is due: 1, 2, 5, 10 and 30 s after the last one, then every 60 s. */
  unclearDue(): Promise<readonly Unclear[]>;
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
  /** At boot: unfinished turns (the first of each thread, claimed again), interrupted sends marked unclear, proposals left `approved`, `executing` or `unknown`, open runs. */
  recover(): Promise<Recovered>;
  /** When something is due next (expiry, postponed send, look at an unknown outcome), epoch ms; null: nothing waits. */
  nextDueAt(): Promise<number | null>;
  verifyAudit(): Promise<{
    readonly rows: number;
    readonly brokenAt: number | null;
    readonly why: string | null;
  }>;
  isWritable(): Promise<boolean>;
  close(): Promise<void>;
}
