// The outbox: what has to be shown, in which order, and what is known about each try. `sending` is committed before
// the network is touched, so an interrupted send is found again and never taken for one that did not happen.
import { z } from "zod";
import { ThreadId } from "../../src/ids.ts";
import { Post } from "../../src/post.ts";
import type { OutboxContent, OutboxDraft, OutboxRow, PreviewRow } from "../../src/ports/journal-rows.ts";
import type { Audit } from "./audit.ts";
import { isWholePost } from "./buttons.ts";
import type { Ledger } from "./ledger.ts";
import { buttonSeal, postSeal } from "./seals.ts";
import { fromJson } from "./shapes.ts";
import { takePreview } from "./previews.ts";
import type { Query } from "./store.ts";

const Row = z.object({
  id: z.string(),
  thread: ThreadId,
  turn: z.string().nullable(),
  proposal: z.string().nullable(),
  post: z.string().nullable(),
  rev: z.number().int(),
  platform_id: z.string().nullable(),
  attempts: z.number().int(),
  claimed_at: z.number().int(),
  is_unclear: z.number().int(),
  seal: z.string().nullable(),
  place_seal: z.string().nullable(),
});
export type Row = z.infer<typeof Row>;
const columns =
  "id, thread, turn, proposal, post, rev, platform_id, attempts, claimed_at, is_unclear, seal, place_seal";

const stateOf = {
  sql: "SELECT state FROM outbox WHERE id = ?1",
  row: z.object({ state: z.enum(["pending", "sending", "sent", "dead"]) }),
};
// An edit of a post that is already shown can't come out of order, so it neither blocks nor waits.
const isWaitingBefore = {
  sql: `SELECT 1 AS found FROM outbox WHERE thread = ?1 AND state IN ('pending', 'sending')
    AND state = 'pending' AND platform_id IS NULL LIMIT 1`,
  row: z.object({ found: z.number() }),
};
const insert = `INSERT INTO outbox (id, thread, turn, proposal, post, state, rev, shown_rev, attempts, not_before, claimed_at, is_unclear, seal)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, 0, ?7, 0, ?8, 0, ?9)`;
const stand = "UPDATE outbox SET platform_id = ?2, is_unclear = ?3 WHERE id = ?1";
const change = `UPDATE outbox SET proposal = ?2, post = ?3, seal = ?4, rev = rev + 1 WHERE id = ?1`;
const insertButton = `INSERT INTO button (nonce, outbox, action, seal) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (nonce) DO UPDATE SET action = excluded.action, seal = excluded.seal WHERE button.outbox = excluded.outbox`;
// An unclear try keeps its time: whether it may be resent depends on when it may first have arrived.
const claim: Query<Row> = {
  sql: `UPDATE outbox SET state = 'sending', attempts = attempts + 1,
    claimed_at = CASE WHEN is_unclear = 1 THEN claimed_at ELSE ?2 END WHERE id = ?1 RETURNING ${columns}`,
  row: Row,
};
const isFree = `o.state IN ('pending', 'sending') AND o.state = 'pending'
  AND (o.platform_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM outbox e WHERE e.thread = o.thread
    AND e.state IN ('pending', 'sending') AND e.ord < o.ord AND e.platform_id IS NULL))`;
const due = {
  sql: `SELECT o.id FROM outbox o WHERE ${isFree} AND o.not_before <= ?1 ORDER BY o.thread, o.ord`,
  row: z.object({ id: z.string() }),
};
const nextDue = {
  sql: `SELECT min(o.not_before) AS at FROM outbox o WHERE ${isFree}`,
  row: z.object({ at: z.number().int().nullable() }),
};

export function toRow(row: Row): OutboxRow {
  return {
    id: row.id,
    thread: row.thread,
    turn: row.turn,
    content: toContent(row),
    rev: row.rev,
    platformId: row.platform_id,
    attempts: row.attempts,
    claimedAt: row.claimed_at,
    isUnclear: row.is_unclear === 1,
  };
}

function toContent(row: Row): OutboxContent {
  if (row.proposal !== null) return { kind: "card", proposal: row.proposal };
  return { kind: "post", post: fromJson(row.post ?? "null", Post) };
}

/** Stores each draft and claims it, unless an earlier post of its thread still waits to be shown. */
export function storeDrafts(ledger: Ledger, drafts: readonly OutboxDraft[]): readonly OutboxRow[] {
  const claimed: OutboxRow[] = [];
  for (const draft of drafts) {
    const known = ledger.store.get(stateOf, draft.id);
    const row =
      known === null
        ? insertDraft(ledger, draft, ledger.store.get(isWaitingBefore, draft.thread) !== null)
        : changeDraft(ledger, draft, known.state);
    if (row !== null) claimed.push(row);
    storeButtons(ledger, draft);
  }
  return claimed;
}

/** Stores a post that `claimDue` hands out: for who stores it has nobody at hand to send it. */
export function storePending(ledger: Ledger, draft: OutboxDraft): void {
  insertDraft(ledger, draft, true);
  storeButtons(ledger, draft);
}

function insertDraft(ledger: Ledger, draft: OutboxDraft, isBlocked: boolean): OutboxRow | null {
  const { id, thread, turn, content, preview = null } = draft;
  if (preview !== null) return insertOver(ledger, draft, preview);
  // Of one that waits: since when it does.
  const claimedAt = ledger.now();
  const attempts = isBlocked ? 0 : 1;
  insertRow(ledger, draft, { state: isBlocked ? "pending" : "sending", attempts, claimedAt });
  if (isBlocked) return null;
  // Straight from memory: the hot path never reads back what it has just written.
  return { id, thread, turn, content, rev: 1, platformId: null, attempts, claimedAt, isUnclear: false };
}

/** Part of it is on the platform, in its place in the thread, so it waits for nobody: it is changed there, or looked for. */
function insertOver(ledger: Ledger, draft: OutboxDraft, preview: PreviewRow): OutboxRow {
  const { store, now } = ledger;
  const { id, thread, turn, content } = draft;
  const { platformId } = preview;
  const isUnclear = platformId === null;
  const claimedAt = isUnclear ? preview.at : now();
  insertRow(ledger, draft, { state: "sending", attempts: 1, claimedAt });
  store.run(stand, id, platformId, isUnclear ? 1 : 0);
  if (turn !== null) takePreview(store, turn);
  return { id, thread, turn, content, rev: 1, platformId, attempts: 1, claimedAt, isUnclear };
}

type Start = Pick<OutboxRow, "attempts" | "claimedAt"> & { readonly state: "pending" | "sending" };
function insertRow({ store, audit }: Ledger, draft: OutboxDraft, start: Start): void {
  const { proposal, post, seal } = sealed(audit, draft);
  const { state, attempts, claimedAt } = start;
  store.run(insert, draft.id, draft.thread, draft.turn, proposal, post, state, attempts, claimedAt, seal);
}

/** What it shows, as its row holds it, under a seal. */
function sealed(audit: Audit, { id, thread, content }: OutboxDraft) {
  const proposal = content.kind === "card" ? content.proposal : null;
  const post = content.kind === "post" ? JSON.stringify(content.post) : null;
  return { proposal, post, seal: postSeal(audit, { id, thread, proposal, post }) };
}

/** What is being sent right now stays due afterwards because its rev rose; what was given up stays so. */
function changeDraft({ store, audit, now }: Ledger, draft: OutboxDraft, state: string): OutboxRow | null {
  const { proposal, post, seal } = sealed(audit, draft);
  store.run(change, draft.id, proposal, post, seal);
  if (state !== "sent") return null;
  const row = store.get(claim, draft.id, now());
  return row === null ? null : { ...toRow(row), content: draft.content };
}

function storeButtons({ store, audit }: Ledger, draft: OutboxDraft): void {
  for (const { nonce, action: does } of draft.buttons) {
    const [outbox, action] = [draft.id, JSON.stringify(does)];
    if (store.run(insertButton, nonce, outbox, action, buttonSeal(audit, { nonce, outbox, action })) !== 1) {
      throw new Error(`Button ${nonce} of ${draft.id} already sits on another post.`);
    }
  }
}

const byId = { sql: `SELECT ${columns} FROM outbox WHERE id = ?1`, row: Row };

export function readRow({ store, audit }: Ledger, id: string): OutboxRow | null {
  const row = store.get(byId, id);
  return row === null || !isWholePost(audit, row) ? null : toRow(row);
}

/** As they are stored: whoever shows one asks first whether it is whole. */
export function claimRows({ store, now }: Ledger): readonly Row[] {
  return store
    .all(due, now())
    .map(({ id }) => store.get(claim, id, now()))
    .filter((row) => row !== null);
}

/** When `claimDue` would next return something. */
export function nextOutboxAt({ store }: Ledger): number | null {
  return store.get(nextDue)?.at ?? null;
}

/** Every card of this proposal is drawn again from its row. One that is being sent becomes due when it is confirmed. */
export function redrawCards({ store, now }: Ledger, proposal: string): void {
  store.run(
    `UPDATE outbox SET rev = rev + 1, not_before = CASE WHEN state = 'sent' THEN 0 ELSE not_before END,
      claimed_at = CASE WHEN state = 'sent' THEN ?2 ELSE claimed_at END,
      state = CASE WHEN state = 'sent' THEN 'pending' ELSE state END WHERE proposal = ?1 AND state <> 'dead'`,
    proposal,
    now(),
  );
}

/** At boot: a send that was interrupted may have arrived. */
export function markInterrupted({ store }: Ledger): void {
  store.run(
    "UPDATE outbox SET state = 'pending', is_unclear = 1, not_before = 0 WHERE state IN ('pending', 'sending') AND state = 'sending'",
  );
}
