// The buttons that a batch's card begins with: everything is ticked, and every item can be left out.
import { batchNonce, tickNonce } from "../approvals/batch.ts";
import type { OutboxDraft } from "../ports.ts";
import type { NewProposal } from "../proposal.ts";

export function batchButtons(lead: NewProposal, items: readonly NewProposal[]): OutboxDraft["buttons"] {
  if (items.length === 0) return [];
  const ids = items.map(({ id }) => id);
  return [
    { nonce: batchNonce(lead, ids), action: { kind: "approve", proposal: lead.id } },
    ...ids.flatMap((proposal) =>
      [true, false].map((isTicked) => ({
        nonce: tickNonce(proposal, isTicked),
        action: { kind: "tick" as const, proposal, isTicked },
      })),
    ),
  ];
}
