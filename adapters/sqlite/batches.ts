// Batches in the journal: items are proposals like any other; what is kept beside them is which of them are unticked.
// Everything that moves several of them is one commit.
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { batchNonce, tickedOf } from "../../src/approvals/batch.ts";
import { nonceOn } from "../../src/cards/card-copies.ts";
import type { Batch, BatchVote, Decided } from "../../src/ports/journal-rows.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { Proposal } from "../../src/proposal.ts";
import { decide } from "./decisions.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Ledger } from "./ledger.ts";
import { redrawCards } from "./outbox.ts";
import { batchItems, readProposal } from "./proposals.ts";
import { buttonSeal } from "./seals.ts";
import { assertTicks, recordTick } from "./ticks.ts";

const unticked = {
  sql: "SELECT proposal FROM unticked WHERE lead = ?1",
  row: z.object({ proposal: z.string() }),
};

const cardsOf = {
  sql: "SELECT id FROM outbox WHERE proposal = ?1",
  row: z.object({ id: z.string() }),
};

/** Throws when an item or the choice of items was changed outside Nova. */
function batchOf(ledger: Ledger, lead: string): Batch {
  const items = batchItems(ledger, lead);
  for (const { id } of items) assertTicks(ledger, id);
  return { items, unticked: ledger.store.all(unticked, lead).map(({ proposal }) => proposal) };
}

/** Said, not toggled: the same again changes nothing. */
function tick(ledger: Ledger, id: string, isTicked: boolean): Proposal | null {
  const item = readProposal(ledger, id);
  if (item?.batch === undefined || (item.state !== "pending" && item.state !== "proposed")) return null;
  const { lead } = item.batch;
  const changed = ledger.store.run(
    isTicked
      ? "DELETE FROM unticked WHERE proposal = ?1 AND lead = ?2"
      : "INSERT INTO unticked (proposal, lead) VALUES (?1, ?2) ON CONFLICT (proposal) DO NOTHING",
    id,
    lead,
  );
  if (changed === 1) recordTick(ledger, item, isTicked);
  keepApproveButton(ledger, lead);
  redrawCards(ledger, lead);
  return item;
}

/** Each choice has an Approve of its own on each of its cards, known before it is shown. */
function keepApproveButton(ledger: Ledger, lead: string): void {
  const batch = batchOf(ledger, lead);
  const [first] = batch.items;
  if (first === undefined) return;
  const nonce = batchNonce(
    first,
    tickedOf(batch).map(({ id }) => id),
  );
  for (const { id: outbox } of ledger.store.all(cardsOf, lead)) {
    const action = JSON.stringify({ kind: "approve", proposal: lead });
    const button = { nonce: nonceOn(outbox, nonce), outbox, action };
    ledger.store.run(
      "INSERT INTO button (nonce, outbox, action, seal) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (nonce) DO NOTHING",
      button.nonce,
      outbox,
      action,
      buttonSeal(ledger.audit, button),
    );
  }
}

/** In one commit with its votes: what was ticked meanwhile, was on no card of this press. */
function decideBatch(ledger: Ledger, { lead, unticked: seen, votes }: BatchVote): readonly Decided[] | null {
  const { unticked: standing } = batchOf(ledger, lead);
  if (!isDeepStrictEqual(new Set(standing), new Set(seen))) return null;
  return votes.map((vote) => decide(ledger, vote));
}

export type BatchPart = Pick<Journal, "batch" | "tick" | "decideBatch">;
export const batchesOf = (ledger: Ledger, { commit }: GroupCommit): BatchPart => ({
  batch: async (lead) => batchOf(ledger, lead),
  tick: async (id, isTicked) => commit(() => tick(ledger, id, isTicked)),
  decideBatch: async (vote) => commit(() => decideBatch(ledger, vote)),
});
