// The question that every connector asks again at run time, because types are stripped: is this an approval, of exactly
// this command with exactly these effects?
import { Approval } from "../approval.ts";
import type { Prepared } from "../ports/erp.ts";
import { commandHashOf, effectHashOf } from "../proposal.ts";

/** The sentence that says why not; null when the approval is granted and fits. */
export function approvalProblem(approval: unknown, prepared: Prepared, actionId: string): string | null {
  if (!Approval.isGranted(approval)) return "There is no approval for this.";
  if (approval.proposalId !== actionId) return "The approval is for another proposal.";
  if (approval.commandHash !== commandHashOf(prepared.command)) return "The approval is for another command.";
  if (approval.effectHash !== effectHashOf(prepared)) return "The approval is for other effects.";
  return null;
}
