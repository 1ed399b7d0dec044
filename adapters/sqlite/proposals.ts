// Proposals: stored once, sealed, and moved only by `transition`, which writes the state, its audit row and the redraw
// of every card together. A row that was changed outside Nova is refused wherever it could lead to an effect.
import { z } from "zod";
import { NovaFailure } from "../../src/failures.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { EffectResult } from "../../src/ports/erp.ts";
import { ProposalState } from "../../src/proposal.ts";
import type { NewProposal, Proposal } from "../../src/proposal.ts";
import type { Ledger } from "./ledger.ts";
import { redrawCards } from "./outbox.ts";
import { inBody } from "./repeats-schema.ts";
import { assertRun } from "./runs.ts";
import { fromJson, ProposalBody } from "./shapes.ts";
import { touchSeal } from "./seals.ts";
import { standingOf, standingTextOf } from "./standings.ts";
import type { Standing } from "./standings.ts";
import type { Query, Value } from "./store.ts";
import { touched } from "./touches.ts";

export const ProposalRow = z.object({
  id: z.string(),
  project: z.string().nullable(),
  body: z.string(),
  created_at: z.number().int(),
  touched_at: z.number().int(),
  touch_seal: z.string().nullable(),
  row_mac: z.string(),
  state: z.string(),
  expires_at: z.number().int().nullable(),
  decided_by: z.string(),
  decided_at: z.number().int().nullable(),
  reason: z.string().nullable(),
  outcome_detail: z.string().nullable(),
  shown_at: z.number().int().nullable(),
  remind_at: z.number().int().nullable(),
  escalated_at: z.number().int().nullable(),
  run_at: z.number().int().nullable(),
  result: z.string().nullable(),
});
const Result = z.strictObject({ ids: z.array(z.string()), tookMs: z.number().int() });
export type ProposalRow = z.infer<typeof ProposalRow>;
export const proposalColumns =
  "id, project, body, created_at, touched_at, touch_seal, row_mac, state, expires_at, decided_by, decided_at, reason, outcome_detail, shown_at, remind_at, escalated_at, run_at, result";
const byId: Query<ProposalRow> = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE id = ?1`,
  row: ProposalRow,
};
const insert = `INSERT INTO proposal (id, project, body, created_at, row_mac, state, touched_at, touch_seal, decided_by)
  VALUES (?1, ?2, ?3, ?4, ?5, 'proposed', ?4, ?6, '[]') ON CONFLICT (id) DO NOTHING`;
const move = `UPDATE proposal SET state = ?3, expires_at = ?4, decided_by = ?5, decided_at = ?6, reason = ?7,
  outcome_detail = ?8, shown_at = ?9, remind_at = ?10, escalated_at = ?11, run_at = ?12,
  result = ?13, touched_at = ?14, touch_seal = ?15 WHERE id = ?1 AND state = ?2`;

export type Move = {
  readonly to: ProposalState;
  readonly expiresAt?: number;
  readonly shownAt?: number;
  readonly remindAt?: number;
  readonly decidedBy?: readonly string[];
  readonly decidedAt?: number;
  readonly runAt?: number;
  readonly reason?: string | null;
  readonly detail?: string;
  readonly result?: EffectResult;
};

/** Idempotent by id: false, and nothing changed, when the proposal is known. */
export function storeProposal(ledger: Ledger, proposal: NewProposal): boolean {
  const { store, audit, now } = ledger;
  assertRun(ledger, proposal);
  const body = JSON.stringify(ProposalBody.parse(proposal));
  const at = now();
  const { id, project } = proposal;
  const seal = audit.seal(["proposal", id, project, body, at]);
  if (store.run(insert, id, project, body, at, seal, touchSeal(audit, id, at)) === 0) return false;
  const standing = { expiresAt: null, decidedBy: [], decidedAt: null, reason: null, outcomeDetail: null };
  record(ledger, {
    id,
    kind: "proposal",
    note: askedNote(proposal),
    now: { state: "proposed", ...standing },
  });
  return true;
}

/** What was asked, as the audit chain keeps it: by hash, with who asked, who may decide and how many must. */
const askedNote = (proposal: NewProposal): Record<string, unknown> => {
  const { effect, agent, requester, thread, commandHash, effectHash } = proposal;
  const { stakes, approvers, minApprovals, policyVersion } = proposal;
  const asked = { effect, agent, requester, thread, commandHash, effectHash };
  return { ...asked, stakes, approvers, minApprovals, policyVersion };
};

/** Null when unknown. Throws when the row or its last audit row was changed outside Nova. */
export function readProposal(ledger: Ledger, id: string): Proposal | null {
  const row = ledger.store.get(byId, id);
  return row === null ? null : verifiedProposal(ledger, row);
}

export function verifiedProposal({ audit }: Ledger, row: ProposalRow): Proposal {
  const seal = audit.seal(["proposal", row.id, row.project, row.body, row.created_at]);
  if (seal !== row.row_mac) throw tampered(row.id, "its stored command or approvers");
  const last = audit.lastSealed(row.id);
  if (last === null || nowOf(last.body) !== standingTextOf(row)) {
    throw tampered(row.id, "its state or its last audit row");
  }
  if (row.touch_seal !== touchSeal(audit, row.id, row.touched_at)) {
    throw tampered(row.id, "the time of its last move");
  }
  return {
    ...fromJson(row.body, ProposalBody),
    state: ProposalState.parse(row.state),
    expiresAt: row.expires_at,
    decidedBy: fromJson(row.decided_by, z.array(z.string())),
    decidedAt: row.decided_at,
    reason: row.reason,
    outcomeDetail: row.outcome_detail,
    shownAt: row.shown_at,
    remindAt: row.remind_at,
    escalatedAt: row.escalated_at,
    runAt: row.run_at,
    result: row.result === null ? null : fromJson(row.result, Result),
  };
}

const tampered = (id: string, what: string): NovaFailure =>
  new NovaFailure("audit.broken", `Proposal ${id}: ${what} was changed outside Nova; nothing was executed.`);

const AuditBody = z.looseObject({ now: z.unknown() });
const nowOf = (body: string): string => JSON.stringify(fromJson(body, AuditBody).now);

/** Compare-and-set from the state that `proposal` was read in. Throws when it moved meanwhile. */
export function transition(ledger: Ledger, proposal: Proposal, to: Move): Proposal {
  const moved = withMove(proposal, to);
  writeStanding(ledger, proposal, moved);
  const note = { from: proposal.state, commandHash: proposal.commandHash, effectHash: proposal.effectHash };
  record(ledger, { id: proposal.id, kind: "proposal", note, now: moved });
  // The card that has just been confirmed is up to date: it shows that the proposal waits.
  if (to.to !== "pending") redrawCards(ledger, proposal.batch?.lead ?? proposal.id);
  return moved;
}

const withMove = (proposal: Proposal, { to, detail, ...change }: Move): Proposal => ({
  ...proposal,
  ...change,
  state: to,
  outcomeDetail: detail ?? proposal.outcomeDetail,
});

export function writeStanding(ledger: Ledger, before: Proposal, after: Proposal): void {
  const { expiresAt, decidedBy, decidedAt, reason, outcomeDetail } = after;
  const { shownAt = null, remindAt = null, escalatedAt = null, runAt = null } = after;
  const result = after.result == null ? null : JSON.stringify(after.result);
  const decided: readonly Value[] = [JSON.stringify(decidedBy), decidedAt, reason, outcomeDetail];
  const times: readonly Value[] = [shownAt, remindAt, escalatedAt, runAt];
  const values: readonly Value[] = [expiresAt, ...decided, ...times, result, ...touched(ledger, before.id)];
  if (ledger.store.run(move, before.id, before.state, after.state, ...values) !== 1) {
    throw new NovaFailure("unexpected", `Proposal ${before.id} was no longer ${before.state}.`);
  }
}

type Recorded = {
  readonly id: string;
  readonly kind: "proposal" | "vote" | "reminder" | "tick";
  readonly note: Record<string, unknown>;
  readonly now: Standing;
};
/** One audit row that carries the proposal's whole standing: the row in the table must always agree with it. */
export function record({ audit }: Ledger, { id, kind, note, now }: Recorded): void {
  audit.append({ kind, subject: id, body: JSON.stringify({ ...note, now: standingOf(now) }) });
}

const ofBatch: Query<ProposalRow> = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE ${inBody("batch.lead")} = ?1 ORDER BY ord`,
  row: ProposalRow,
};

/** The items that share this one's card, itself among them; alone where there is no batch. Throws when one was altered. */
export const batchItems = (ledger: Ledger, lead: string): readonly Proposal[] =>
  ledger.store.all(ofBatch, lead).map((row) => verifiedProposal(ledger, row));

/** As they are stored: whoever shows or uses one verifies it first. */
export function listProposalRows(
  ledger: Ledger,
  filter: Parameters<Journal["proposals"]>[0],
): readonly ProposalRow[] {
  const { project, states } = filter;
  if (states?.length === 0) return [];
  const values: Value[] = [...(states ?? []), ...(typeof project === "string" ? [project] : [])];
  const inStates =
    states === undefined ? "1 = 1" : `state IN (${states.map((_, at) => `?${at + 1}`).join(", ")})`;
  const inProject = project === null ? "project IS NULL" : `project = ?${values.length}`;
  const where = project === undefined ? inStates : `${inStates} AND ${inProject}`;
  const sql = `SELECT ${proposalColumns} FROM proposal WHERE ${where} ORDER BY ord`;
  return ledger.store.all({ sql, row: ProposalRow }, ...values);
}
