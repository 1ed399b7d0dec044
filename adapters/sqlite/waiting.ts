// Proposals that wait for people: whom to remind at half of their time, and what was decided and then left
// lying. Each question is asked of an index first, so that nothing is committed while nothing is due.
import { z } from "zod";
import { reminderFrom } from "../../src/cards/card-times.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { OutboxDraft } from "../../src/ports/journal-rows.ts";
import type { Proposal } from "../../src/proposal.ts";
import { trustedOf } from "./altered.ts";
import type { GroupCommit } from "./group-commit.ts";
import { heldBackOf } from "./held-back.ts";
import type { HeldBackPart } from "./held-back.ts";
import { decisionsOf } from "./decision-figures.ts";
import type { DecisionsPart } from "./decision-figures.ts";
import { latelyOf } from "./lately.ts";
import type { LatelyPart } from "./lately.ts";
import type { Ledger } from "./ledger.ts";
import { startsOf } from "./starts.ts";
import type { StartPart } from "./starts.ts";
import { redrawCards, storePending } from "./outbox.ts";
import {
  batchItems,
  proposalColumns,
  ProposalRow,
  readProposal,
  record,
  writeStanding,
} from "./proposals.ts";
import { touch } from "./touches.ts";

/** Preparing, sending and reading back may each take a minute. */
export const strandedMs = 240_000;

const reminders = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE state = 'pending' AND remind_at IS NOT NULL
    AND remind_at <= ?1 AND expires_at > ?1 ORDER BY ord`,
  row: ProposalRow,
};
const nextReminder = {
  sql: `SELECT id, remind_at AS at FROM proposal WHERE state = 'pending' AND remind_at IS NOT NULL
    ORDER BY remind_at LIMIT ?1`,
  row: z.object({ id: z.string(), at: z.number().int() }),
};
const stranded = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE state IN ('approved', 'executing')
    AND max(touched_at, coalesce(run_at, 0)) <= ?1 ORDER BY ord`,
  row: ProposalRow,
};
const nextStranded = {
  sql: `SELECT id, max(touched_at, coalesce(run_at, 0)) AS at FROM proposal WHERE state IN ('approved', 'executing')
    ORDER BY at LIMIT ?1`,
  row: z.object({ id: z.string(), at: z.number().int() }),
};

export type WaitingPart = HeldBackPart &
  StartPart &
  LatelyPart &
  DecisionsPart &
  Pick<Journal, "remindDue" | "remind" | "strandedDue">;
export function waitingOf(ledger: Ledger, group: GroupCommit): WaitingPart {
  const { commit } = group;
  const isOver = (at: number | null): boolean => at !== null && at <= ledger.now();
  return {
    ...heldBackOf(ledger, group),
    ...startsOf(ledger, group),
    ...latelyOf(ledger, group),
    ...decisionsOf(ledger),
    remindDue: async () => (isOver(nextReminderAt(ledger)) ? commit(() => remindDue(ledger)) : []),
    remind: async (id, notice) => commit(() => remind(ledger, id, notice)),
    strandedDue: async () => (isOver(nextStrandedAt(ledger)) ? commit(() => strandedDue(ledger)) : []),
  };
}

/** Looked for late, at night: it is put off until it disturbs nobody. */
function remindDue(ledger: Ledger): readonly Proposal[] {
  const now = ledger.now();
  return trustedOf(ledger, ledger.store.all(reminders, now)).filter((proposal) => {
    const remindAt = reminderFrom({ ...proposal, expiresAt: proposal.expiresAt ?? now }, now);
    if (remindAt === now) return true;
    const after: Proposal = { ...proposal, remindAt };
    writeStanding(ledger, proposal, after);
    record(ledger, { id: proposal.id, kind: "proposal", note: { from: proposal.state }, now: after });
    return false;
  });
}

function remind(ledger: Ledger, id: string, notice: OutboxDraft): boolean {
  const proposal = readProposal(ledger, id);
  const now = ledger.now();
  if (proposal?.state !== "pending" || proposal.remindAt == null || (proposal.expiresAt ?? 0) <= now)
    return false;
  // Who may decide later may decide all that is on its card.
  const others = proposal.batch === undefined ? [] : batchItems(ledger, id).filter((item) => item.id !== id);
  for (const item of [proposal, ...others.filter(({ state }) => state === "pending")]) {
    const after: Proposal = { ...item, remindAt: null, escalatedAt: now };
    writeStanding(ledger, item, after);
    record(ledger, { id: item.id, kind: "reminder", note: {}, now: after });
  }
  redrawCards(ledger, id);
  storePending(ledger, notice);
  return true;
}

function strandedDue(ledger: Ledger): readonly Proposal[] {
  const now = ledger.now();
  const found = trustedOf(ledger, ledger.store.all(stranded, now - strandedMs));
  for (const { id } of found) touch(ledger, id);
  return found;
}

type Next = typeof nextReminder;
/** A row that was set aside stays past its time for ever: it must not make "now" the answer for ever. */
const firstOf = ({ store, aside }: Ledger, next: Next): number | null =>
  store.all(next, aside.size + 1).find(({ id }) => !aside.has(id))?.at ?? null;

export const nextReminderAt = (ledger: Ledger): number | null => firstOf(ledger, nextReminder);

export function nextStrandedAt(ledger: Ledger): number | null {
  const at = firstOf(ledger, nextStranded);
  return at === null ? null : at + strandedMs;
}
