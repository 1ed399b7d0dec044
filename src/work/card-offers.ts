// What a card offers beside Approve and Reject: fields to edit while it is open, an undoing once it was done.
import type { CardOffers } from "../cards/card.ts";
import type { Erp } from "../ports.ts";
import type { Proposal, ProposalState } from "../proposal.ts";
import { editFormOf, toPostField } from "./edit-form.ts";
import type { EffectHolders } from "./edit-form.ts";

type Deps = EffectHolders & { readonly erps: ReadonlyMap<string, Erp> };

export const createCardOffers =
  ({ erps, ...holders }: Deps) =>
  (proposal: Proposal): CardOffers => ({
    fields: editFormOf(holders, proposal)?.fields.map(toPostField) ?? null,
    isUndoable: stands.has(proposal.state) && hasUndo(erps, proposal),
  });

/** Something of it stands in the ERP. */
export const stands: ReadonlySet<ProposalState> = new Set<ProposalState>(["applied", "partial"]);

function hasUndo(erps: Deps["erps"], { prepared }: Proposal): boolean {
  const { instance, op } = prepared.command;
  const known = erps.get(instance)?.capabilities().compensates ?? [];
  return prepared.undo !== null && known.includes(op);
}
