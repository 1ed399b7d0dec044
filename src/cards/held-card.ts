// A card that was held back, once its time has come: as it would have been hung up when it was asked.
import { batchButtons } from "./batch-buttons.ts";
import type { Journal, OutboxDraft } from "../ports.ts";
import type { Proposal } from "../proposal.ts";
import { cardDraft } from "../rooms/outbox.ts";

export async function heldCard(journal: Pick<Journal, "batch">, proposal: Proposal): Promise<OutboxDraft> {
  const { id, thread, turn, batch } = proposal;
  const card = cardDraft(id, { thread, turn }, proposal);
  const items = batch === undefined ? [] : (await journal.batch(id)).items;
  return { ...card, buttons: [...card.buttons, ...batchButtons(proposal, items)] };
}
