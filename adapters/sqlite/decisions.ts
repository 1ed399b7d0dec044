// Deciding, executing, settling, expiring: each one compare-and-set. The first statement of a vote is the UPDATE that
// locks the row, so that two people at once are counted one after the other on every database.
import { z } from "zod";
import { NovaFailure } from "../../src/failures.ts";
import { namedIn, terminalStates } from "../../src/proposal.ts";
import type { EffectResult } from "../../src/ports/erp.ts";
import type { NewProposal, Proposal, ProposalState } from "../../src/proposal.ts";
import type { Decided, OutboxDraft, Vote } from "../../src/ports/journal-rows.ts";
import { trustedOf } from "./altered.ts";
import { begin } from "./attempts.ts";
import { endEffect } from "./effect-rows.ts";
import type { Ledger } from "./ledger.ts";
import { redrawCards, storePending } from "./outbox.ts";
import {
  proposalColumns,
  ProposalRow,
  readProposal,
  record,
  storeProposal,
  transition,
  verifiedProposal,
  writeStanding,
} from "./proposals.ts";
import { assertVotes } from "./votes.ts";

// A clock that was set back must not lengthen a card's life: before it was shown, nobody can have read it.
const lock = {
  sql: `UPDATE proposal SET touched_at = touched_at WHERE id = ?1 AND state = 'pending' AND expires_at > ?2
    AND COALESCE(shown_at, 0) <= ?2 + 60000 RETURNING ${proposalColumns}`,
  row: ProposalRow,
};
const cast = `INSERT INTO vote (proposal, person, account, decision, reason, at, surface, instead_of)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
  ON CONFLICT (proposal, person) DO UPDATE SET account = excluded.account, decision = excluded.decision,
    reason = excluded.reason, at = excluded.at, surface = excluded.surface, instead_of = excluded.instead_of`;
const overdue = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE state = 'pending' AND expires_at <= ?1 ORDER BY ord`,
  row: ProposalRow,
};
const nextExpiry = {
  sql: `SELECT id, expires_at FROM proposal WHERE state = 'pending' AND expires_at IS NOT NULL
    ORDER BY expires_at LIMIT ?1`,
  row: z.object({ id: z.string(), expires_at: z.number().int() }),
};
const leftBehind = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE state IN ('approved', 'executing', 'unknown') ORDER BY ord`,
  row: ProposalRow,
};

export function decide(ledger: Ledger, vote: Vote): Decided {
  const locked = ledger.store.get(lock, vote.proposal, ledger.now());
  if (locked === null) return decideLate(ledger, vote);
  const proposal = verifiedProposal(ledger, locked);
  assertVotes(ledger, proposal.id);
  // The engine asks this first; the ledger asks again, because nothing that counts a stranger's vote may exist.
  if (!namedIn(proposal).includes(vote.insteadOf ?? vote.person)) {
    throw new NovaFailure("unexpected", `${vote.person} is not listed to decide ${vote.proposal}.`);
  }
  // Who has approved so far is read from the sealed row, never from the table of votes.
  if (vote.decision === "approve" && proposal.decidedBy.includes(vote.person)) {
    return { kind: "counted", proposal };
  }
  const at = ledger.now();
  const counted = countVote(ledger, proposal, { ...vote, at });
  const to = verdictOf(counted, vote);
  if (to === null) {
    redrawCards(ledger, proposal.id);
    return { kind: "counted", proposal: counted };
  }
  const reason = to === "rejected" ? vote.reason : counted.reason;
  const { waitMs } = counted;
  const wait = to === "approved" && waitMs !== undefined ? { runAt: at + waitMs } : {};
  return { kind: "decided", proposal: transition(ledger, counted, { to, decidedAt: at, reason, ...wait }) };
}

/** Not open any more. The same person's same vote again is a redelivery while the state is what that vote led to. */
function decideLate(ledger: Ledger, vote: Vote): Decided {
  const proposal = readProposal(ledger, vote.proposal);
  if (proposal === null) return { kind: "unknown" };
  const ledTo = vote.decision === "approve" ? "approved" : "rejected";
  const isAgain = proposal.state === ledTo && proposal.decidedBy.includes(vote.person);
  return { kind: isAgain ? "decided" : "late", proposal };
}

function countVote(ledger: Ledger, proposal: Proposal, vote: Vote & { readonly at: number }): Proposal {
  const { person, account, decision, reason, typed = null, insteadOf = null, at } = vote;
  const surface = account.slice(0, account.indexOf(":"));
  ledger.store.run(cast, proposal.id, person, account, decision, reason, at, surface, insteadOf);
  const decidedBy = decision === "approve" ? [...proposal.decidedBy, person] : [person];
  const counted = { ...proposal, decidedBy };
  writeStanding(ledger, proposal, counted);
  record(ledger, {
    id: proposal.id,
    kind: "vote",
    note: { person, account, surface, decision, reason, typed, insteadOf, at },
    now: counted,
  });
  return counted;
}

function verdictOf(
  { decidedBy, minApprovals }: Proposal,
  { decision }: Vote,
): "approved" | "rejected" | null {
  if (decision === "reject") return "rejected";
  return decidedBy.length >= minApprovals ? "approved" : null;
}

export const beginExecute = (ledger: Ledger, id: string): boolean => begin(ledger, id, ["approved"]);

type Settling = {
  readonly from: readonly ProposalState[];
  readonly to: ProposalState;
  readonly detail: string;
  readonly result?: EffectResult;
  readonly notice?: OutboxDraft;
  readonly next?: { readonly proposal: NewProposal; readonly card: OutboxDraft | null };
};
export function settle(ledger: Ledger, id: string, move: Settling): boolean {
  const { from, to, detail, notice, next, result } = move;
  const proposal = readProposal(ledger, id);
  if (proposal === null || !from.includes(proposal.state) || terminalStates.has(proposal.state)) return false;
  transition(ledger, proposal, { to, detail, ...(result === undefined ? {} : { result }) });
  if (to === "applied") markUndone(ledger, proposal);
  endEffect(ledger, id, { state: to, detail });
  if (notice !== undefined) storePending(ledger, notice);
  if (next !== undefined && storeProposal(ledger, next.proposal) && next.card !== null)
    storePending(ledger, next.card);
  return true;
}

/** What it was proposed to undo says so from the same commit on. */
function markUndone(ledger: Ledger, { id, link }: Proposal): void {
  const done = link?.undoes === undefined ? null : readProposal(ledger, link.undoes.proposal);
  if (done?.state === "applied") transition(ledger, done, { to: "compensated", detail: id });
}

export function expireDue(ledger: Ledger): readonly Proposal[] {
  return trustedOf(ledger, ledger.store.all(overdue, ledger.now())).map((proposal) =>
    transition(ledger, proposal, { to: "expired", decidedAt: ledger.now() }),
  );
}

/** A row that was set aside stays past its time for ever: it must not make "now" the answer for ever. */
export function nextExpiryAt({ store, aside }: Ledger): number | null {
  const first = store.all(nextExpiry, aside.size + 1).find(({ id }) => !aside.has(id));
  return first?.expires_at ?? null;
}

/** At boot: decided but not begun, or begun and not settled, or settled without a certain outcome. */
export const proposalsLeftBehind = (ledger: Ledger): readonly Proposal[] =>
  trustedOf(ledger, ledger.store.all(leftBehind));
