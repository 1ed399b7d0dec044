// What became of a send: confirmed, put off, or given up. A confirmed card starts its proposal's clock; a proposal
// whose last card could not be delivered anywhere is blocked, because nobody could ever decide it.
import { z } from "zod";
import { isCopy } from "../../src/cards/card-copies.ts";
import { ThreadId } from "../../src/ids.ts";
import { cardClock } from "../../src/cards/card-times.ts";
import { NovaFailure } from "../../src/failures.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { failureIdOf, storeFailure } from "./failures.ts";
import type { Ledger } from "./ledger.ts";
import { redrawCards, storePending } from "./outbox.ts";
import type { Proposal } from "../../src/proposal.ts";
import { batchItems, readProposal, transition } from "./proposals.ts";
import { placeSeal } from "./seals.ts";

type Postponed = Parameters<Journal["postpone"]>[0];
type ShownRow = Parameters<Journal["shown"]>[0];

const confirm = {
  sql: `UPDATE outbox SET platform_id = ?3, place_seal = ?4, shown_rev = ?2, state = CASE WHEN rev = ?2 THEN 'sent' ELSE 'pending' END,
    claimed_at = CASE WHEN rev = ?2 THEN claimed_at ELSE ?5 END,
    not_before = 0, is_unclear = 0, attempts = 0, why = NULL WHERE id = ?1 AND state <> 'dead' RETURNING proposal, thread`,
  row: z.object({ proposal: z.string().nullable(), thread: ThreadId }),
};
const isMoreInThread = {
  sql: "SELECT 1 AS found FROM outbox WHERE thread = ?1 AND state IN ('pending', 'sending') AND state = 'pending' LIMIT 1",
  row: z.object({ found: z.number() }),
};
// Unclear stays unclear until it is confirmed or its post is known to be gone: a later "certainly not" speaks only
// of its own try, which then does not count: waiting for a connection must never use up the tries.
const putOff = `UPDATE outbox SET state = 'pending', not_before = ?2, why = ?3,
  attempts = CASE WHEN ?4 = 1 OR ?5 = 1 THEN attempts ELSE attempts - 1 END,
  is_unclear = CASE WHEN ?5 = 1 THEN ?4 WHEN ?4 = 1 THEN 1 ELSE is_unclear END,
  platform_id = CASE WHEN ?5 = 1 THEN NULL ELSE platform_id END,
  place_seal = CASE WHEN ?5 = 1 THEN NULL ELSE place_seal END
  WHERE id = ?1 AND state IN ('pending', 'sending')`;
const giveUp = {
  sql: `UPDATE outbox SET state = 'dead', why = ?2 WHERE id = ?1 AND state <> 'dead' RETURNING thread, turn, proposal, rev`,
  row: z.object({
    thread: ThreadId,
    turn: z.string().nullable(),
    proposal: z.string().nullable(),
    rev: z.number().int(),
  }),
};
const isCardLeft = {
  sql: "SELECT 1 AS found FROM outbox WHERE proposal = ?1 AND (state <> 'dead' OR platform_id IS NOT NULL) LIMIT 1",
  row: z.object({ found: z.number() }),
};

export function markShown(ledger: Ledger, { id, rev, platformId, drawnAt }: ShownRow): boolean {
  const seal = placeSeal(ledger.audit, id, platformId);
  const row = ledger.store.get(confirm, id, rev, platformId, seal, ledger.now());
  if (row === null) return false;
  if (row.proposal !== null) startClock(ledger, row.proposal, drawnAt);
  return ledger.store.get(isMoreInThread, row.thread) !== null;
}

/** Less than this the end that a card names may be off: it is named to the minute. */
const lateMs = 60_000;

function startClock(ledger: Ledger, id: string, drawnAt?: number): void {
  const shownAt = ledger.now();
  for (const proposal of onCardOf(ledger, id)) {
    if (proposal.state !== "proposed") continue;
    const { expiresAt, remindAt } = cardClock(proposal, shownAt);
    // One card, one reminder.
    const reminder = proposal.id === id && remindAt !== null ? { remindAt } : {};
    transition(ledger, proposal, { to: "pending", shownAt, ...reminder, expiresAt });
    if (proposal.id !== id || drawnAt === undefined) continue;
    // It came late, and names an end that is too early: said once more as it is.
    if (Math.abs(expiresAt - cardClock(proposal, drawnAt).expiresAt) >= lateMs) redrawCards(ledger, id);
  }
}

/** What this card is of: one proposal, or all of a batch. */
function onCardOf(ledger: Ledger, id: string): readonly Proposal[] {
  const proposal = readProposal(ledger, id);
  if (proposal === null) return [];
  return proposal.batch === undefined ? [proposal] : batchItems(ledger, id);
}

export function postpone({ store }: Ledger, row: Postponed): void {
  const isUnclear = row.isUnclear ? 1 : 0;
  store.run(putOff, row.id, row.untilMs, row.why, isUnclear, row.isGone ? 1 : 0);
}

export function bury(ledger: Ledger, { id, why, instead }: Parameters<Journal["bury"]>[0]): void {
  const row = ledger.store.get(giveUp, id, why);
  if (row === null) return;
  const failure = new NovaFailure("delivery.failed", why);
  storeFailure(ledger, {
    id: failureIdOf(["bury", id, row.rev]),
    turn: row.turn,
    thread: row.thread,
    kind: failure.kind,
    person: failure.forPerson,
    operator: `${id}: ${why}`,
    at: ledger.now(),
  });
  if (row.proposal === null) return instead === undefined ? undefined : storePending(ledger, instead);
  if (ledger.store.get(isCardLeft, row.proposal) !== null) {
    if (isCopy(id) && instead !== undefined) storePending(ledger, instead);
    return;
  }
  const left = onCardOf(ledger, row.proposal).filter(
    ({ state }) => state === "proposed" || state === "pending",
  );
  if (left.length === 0) return;
  for (const proposal of left)
    transition(ledger, proposal, { to: "blocked", detail: `No card could be delivered: ${why}` });
  if (instead !== undefined) storePending(ledger, instead);
}
