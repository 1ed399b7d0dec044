// Cards that are held back: stored with their time to be shown, and hung up when it has come. Whom cards asked lately is
// read from the same rows, so that it outlives a restart.
import { z } from "zod";
import type { Journal } from "../../src/ports/journal.ts";
import type { OutboxDraft, RecentCard } from "../../src/ports/journal-rows.ts";
import type { Proposal } from "../../src/proposal.ts";
import { trustedOf } from "./altered.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { storePending } from "./outbox.ts";
import { proposalColumns, ProposalRow } from "./proposals.ts";
import { inBody } from "./repeats-schema.ts";
import { fromJson } from "./shapes.ts";

/** More than anybody is asked within an hour. */
const recentAtMost = 500;

// A body that was changed outside Nova may be no JSON, or hold anything: that row is none of these, and others go on.
const safely = (path: string, type: string): string =>
  `CASE WHEN json_valid(body) THEN CASE json_type(body, '${path}') WHEN '${type}' THEN json_extract(body, '${path}') END END`;
const showAt = safely("$.showAt", "integer");
/** An item of a batch stands on the card of the first one. */
const hasCard = `coalesce(${inBody("batch.lead")}, id) = id`;
const heldBack = `state = 'proposed' AND ${showAt} IS NOT NULL AND ${hasCard}
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.proposal = proposal.id)`;
const due = {
  sql: `SELECT ${proposalColumns} FROM proposal WHERE ${heldBack} AND ${showAt} <= ?1 ORDER BY ord`,
  row: ProposalRow,
};
const next = {
  sql: `SELECT id, ${showAt} AS at FROM proposal WHERE ${heldBack} ORDER BY at LIMIT ?1`,
  row: z.object({ id: z.string(), at: z.number() }),
};
const recent = {
  sql: `SELECT ${safely("$.approvers", "array")} AS approvers, COALESCE(shown_at, ${showAt}, created_at) AS at
    FROM proposal WHERE ${hasCard} ORDER BY ord DESC LIMIT ?1`,
  row: z.object({ approvers: z.string().nullable(), at: z.number() }),
};
const Names = z.array(z.string()).catch([]);
const known = {
  sql: "SELECT 1 AS found FROM outbox WHERE id = ?1",
  row: z.object({ found: z.number() }),
};

export type HeldBackPart = Pick<Journal, "recentCards" | "showDue" | "hang">;
export function heldBackOf(ledger: Ledger, { commit }: GroupCommit): HeldBackPart {
  return {
    recentCards: async (sinceMs) => recentCards(ledger, sinceMs),
    showDue: async () => {
      const at = nextHeldBackAt(ledger);
      return at !== null && at <= ledger.now() ? commit(() => showDue(ledger)) : [];
    },
    hang: async (card) => commit(() => hang(ledger, card)),
  };
}

function recentCards({ store }: Ledger, sinceMs: number): readonly RecentCard[] {
  return store
    .all(recent, recentAtMost)
    .filter(({ at }) => at >= sinceMs)
    .map(({ approvers, at }) => ({ approvers: fromJson(approvers ?? "[]", Names), at }));
}

const showDue = (ledger: Ledger): readonly Proposal[] =>
  trustedOf(ledger, ledger.store.all(due, ledger.now()));

function hang(ledger: Ledger, card: OutboxDraft): void {
  if (ledger.store.get(known, card.id) === null) storePending(ledger, card);
}

/** A row that was set aside stays past its time for ever: it must not make "now" the answer for ever. */
export const nextHeldBackAt = ({ store, aside }: Ledger): number | null =>
  store.all(next, aside.size + 1).find(({ id }) => !aside.has(id))?.at ?? null;
