// The durable ledger, as whole operations: each is one transaction, and none exposes a transaction to its caller,
// so that SQLite and Postgres can both implement it. Operations called in the same turn of the event loop may share
// one commit; each resolves only after it is durable. Every operation that could not be committed rejects.
import type { ProjectId, ThreadId } from "../ids.ts";
import type { CardPlace, Home, OpenQuestion } from "./board.ts";
import type { Message, Outcome } from "../message.ts";
import type { Exchange } from "../pack.ts";
import type { NewProposal, Proposal, ProposalState } from "../proposal.ts";
import type { EffectResult } from "./erp.ts";
import type { JournalParts } from "./journal-parts.ts";
import type {
  AuditRow,
  AuditVerdict,
  AnswerPlace,
  TrailRow,
  Kept,
  OutboxRow,
  OutboxDraft,
  PreviewRow,
  Finished,
  Finish,
  Vote,
  Batch,
  BatchVote,
  Decided,
  RunState,
  RunRow,
  RunStep,
  FailureRow,
  Fact,
  WalkRow,
  Unclear,
  Recovered,
} from "./journal-rows.ts";

export interface Journal extends JournalParts {
  // --- turns
  keep(message: Message, who: { readonly person: string; readonly project: ProjectId | null }): Promise<Kept>;
  /** Outcome, proposals, buttons, runs, failures, hand-offs, thread state, audit and outbox rows (claimed for sending) in one commit; hands out the thread's next turn. Finishing a finished turn changes nothing. */
  finish(finish: Finish): Promise<Finished>;
  /** The stored message of a turn, for a button that runs it again; null when unknown. */
  turn(id: string): Promise<{ readonly message: Message; readonly outcome: Outcome | null } | null>;
  /** First use of a button by this turn; true again for the same turn (a recovery), false for any other: pressed already. */
  useButton(nonce: string, turn: string): Promise<boolean>;
  /** True when this thread is already a conversation with Nova. */
  knowsThread(thread: ThreadId): Promise<boolean>;
  history(thread: ThreadId, limit: number): Promise<readonly Exchange[]>;
  lastWalk(thread: ThreadId): Promise<WalkRow | null>;
  /** Messages of this thread that wait behind the turn that is being worked on, in order. */
  queued(thread: ThreadId): Promise<readonly Message[]>;
  /** The newest text kept in each thread of a surface since then, the newest thread first; asked when it connects. */
  lastHeard(surface: string, sinceMs: number): Promise<readonly Message[]>;
  // --- outbox
  /** A preview of this turn's first post may be on the platform (null), or is, as this. Once the turn is finished, the post that takes its place learns of it. False, and nothing is noted: none may begin yet, because an earlier post of the thread is still to be shown. */
  notePreview(turn: string, platformId: string | null): Promise<boolean>;
  /** Whether a message on the platform that carries no id may be this post: it is known as no other, and nothing else of the thread may have begun there. */
  mayStandFor(post: string, platformId: string): Promise<boolean>;
  /** What was noted of an unfinished turn, for one that is worked on again. */
  previewOf(turn: string): Promise<PreviewRow | null>;
  /** Stores or changes posts outside a turn and claims them for sending. */
  post(drafts: readonly OutboxDraft[]): Promise<readonly OutboxRow[]>;
  /** Claims what is due: pending or postponed rows, in order per thread, none behind an open row of its thread. */
  claimDue(): Promise<readonly OutboxRow[]>;
  /** Confirms what `rev` showed. The first confirmed card of a proposal moves it `proposed > pending` and starts its clock; one that was drawn (`drawnAt`, epoch ms) so long before that it names another end is due once more. A row whose rev was raised meanwhile stays due. True when its thread has more to show: that row, or one that waited behind it. */
  shown(row: {
    readonly id: string;
    readonly rev: number;
    readonly platformId: string;
    readonly drawnAt?: number;
  }): Promise<boolean>;
  /** Puts it off; `isUnclear`: it may have arrived. `isGone`: forget the platform id and send anew. A try that is neither certainly did not arrive and does not count as an attempt. */
  postpone(row: {
    readonly id: string;
    readonly untilMs: number;
    readonly why: string;
    readonly isUnclear: boolean;
    readonly isGone: boolean;
  }): Promise<void>;
  /** Gives up for good, with a failure row. A proposal with no card left anywhere becomes `blocked`. `instead` is stored to be shown, of a card only then, of a copy of one always. */
  bury(row: { readonly id: string; readonly why: string; readonly instead?: OutboxDraft }): Promise<void>;
  /** The row as it is now, for whoever had to wait before sending it; null: gone. */
  outboxRow(id: string): Promise<OutboxRow | null>;
  // --- approvals
  /** For a run's step: idempotent by id; stores the proposal with its card row. */
  propose(proposal: NewProposal, card: OutboxDraft | null): Promise<void>;
  proposal(id: string): Promise<Proposal | null>;
  proposals(filter: {
    readonly project?: ProjectId | null;
    readonly states?: readonly ProposalState[];
  }): Promise<readonly Proposal[]>;
  /** The newest proposal of exactly this command, or of the same wish, in this thread's channel; null: it was never asked there. */
  lastProposal(
    thread: ThreadId,
    asked: Pick<NewProposal, "commandHash" | "sameness">,
  ): Promise<Proposal | null>;
  /** Compare-and-set: only `pending` and unexpired moves. Vote, state, audit and the redraw of every card in one commit. */
  decide(vote: Vote): Promise<Decided>;
  /** The items of a batch by its first one's id; empty: there is none. */
  batch(lead: string): Promise<Batch>;
  /** Says whether the batch's approval covers this item, and keeps the button of exactly that choice; null: it is decided. */
  tick(item: string, isTicked: boolean): Promise<Proposal | null>;
  /** Its votes in one commit, each like `decide`; null: other items are ticked than the card showed, and nothing was decided. */
  decideBatch(vote: BatchVote): Promise<readonly Decided[] | null>;
  /** `approved > executing` with the effect row; false when another hand was first. Nothing may stand between this and the send. */
  beginExecute(proposal: string): Promise<boolean>;
  /** From one of `from` to `to`, with audit, the redraw of every card, and a notice to be shown; false when it was in no such state. */
  settle(
    proposal: string,
    move: {
      readonly from: readonly ProposalState[];
      readonly to: ProposalState;
      readonly detail: string;
      /** What the effect left behind; kept until another one is told. */
      readonly result?: EffectResult;
      readonly notice?: OutboxDraft;
      /** Asked in its place, from the same commit on; without a card (null) where that is held back until `showAt`. */
      readonly next?: { readonly proposal: NewProposal; readonly card: OutboxDraft | null };
    },
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
  // --- feedback
  /** The turn behind what the platform shows under this id, where an agent answered it; null: no answer of Nova's. One indexed look. */
  answerAt(platformId: string): Promise<AnswerPlace | null>;
  /** How one turn was answered; null when it is unknown or was never routed. */
  walk(turn: string): Promise<(WalkRow & { readonly thread: ThreadId }) | null>;
  // --- audit
  /** What the audit chain says of one subject (a proposal, a fact), oldest first. */
  trail(subject: string): Promise<readonly TrailRow[]>;
  /** The whole chain, its end as it was kept outside the database, every proposal and vote against it, and the lists of the ERPs that joined. */
  verifyAudit(): Promise<AuditVerdict>;
  /** The same before something runs: once the whole was sound, only what may have changed since is walked again. */
  proveAudit(): Promise<AuditVerdict>;
  /** Rows behind `afterSeq` as they are stored, in order. */
  auditRows(afterSeq: number, limit: number): Promise<readonly AuditRow[]>;
  /** An operator has judged what was lost and takes the chain as it is, which the chain records. Throws while rows or proposals in it were changed: only a backup mends that. */
  acceptAudit(): Promise<AuditVerdict>;
  // --- memory, failures, figures
  remember(fact: Fact): Promise<void>;
  /** Overwrites the fact's words; false when there is none in this project. `by`: who said so, for the audit chain. */
  forget(project: ProjectId, factId: string, by?: string): Promise<boolean>;
  fact(project: ProjectId, factId: string): Promise<Fact | null>;
  /** Somebody says that it is still true: its age counts from then on. False when there is none in this project. */
  vouch(
    project: ProjectId,
    factId: string,
    voucher: { readonly by: string; readonly at: number },
  ): Promise<boolean>;
  /** `next` takes the place of the old fact, which is no longer recalled. Idempotent by `next.id`; false when there is no old one. */
  supersede(factId: string, next: Fact): Promise<boolean>;
  recall(project: ProjectId, text: string, limit: number): Promise<readonly Fact[]>;
  facts(project: ProjectId, limit: number): Promise<readonly Fact[]>;
  fail(failure: FailureRow): Promise<void>;
  failures(limit: number): Promise<readonly FailureRow[]>;
  /** Messages that were not meant for Nova are counted, not kept. */
  figures(): Promise<{
    readonly open: number;
    readonly done: number;
    readonly outboxDue: number;
    readonly dead: number;
  }>;
  // --- board
  /** Where the card of each of these proposals stands in its own thread; those without one there are left out. */
  cardPlaces(proposals: readonly string[]): Promise<readonly CardPlace[]>;
  /** Questions that nobody has answered yet, newest first. */
  openQuestions(limit: number): Promise<readonly OpenQuestion[]>;
  /** Remembers that this person opened their home; the newest opening counts. */
  keepHome(home: Home): Promise<void>;
  homes(openedSinceMs: number): Promise<readonly Home[]>;
  // --- notes: a few words of an adapter's own that outlive the process
  note(key: string): Promise<string | null>;
  keepNote(key: string, words: string): Promise<void>;
  // --- life
  /** At boot: unfinished turns (the first of each thread, claimed again), interrupted sends marked unclear, proposals left `approved`, `executing` or `unknown`, open runs. */
  recover(): Promise<Recovered>;
  /** When something is due next (expiry, postponed send, look at an unknown outcome), epoch ms; null: nothing waits. */
  nextDueAt(): Promise<number | null>;
  isWritable(): Promise<boolean>;
  close(): Promise<void>;
}
