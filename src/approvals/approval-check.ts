// The question that every connector asks again at run time, because types are stripped: is this an approval, of exactly
// this command with exactly these effects?
import { Approval } from "../approval.ts";
import type { Prepared } from "../ports/erp.ts";
import { commandHashOf, effectHashOf } from "../proposal.ts";

const mostNames = 10;
const mostLetters = 60;

/**
 * Who approved it, as words for the note on an ERP's record: letters, digits and what joins them, so that no name can pass
 * for markup or for a mark of Nova's. Empty where nobody is named.
 */
export function approvedBy(approval: unknown): string {
  if (!Approval.isGranted(approval)) return "";
  const names = approval.approvers
    .map((name) =>
      name
        .normalize("NFC")
        .replaceAll(/[^\p{L}\p{M}\p{N}.'’-]+/gu, " ")
        .trim()
        .slice(0, mostLetters)
        .toWellFormed(),
    )
    .filter((name) => name !== "");
  const more = names.length > mostNames ? [`${names.length - mostNames} more`] : [];
  return [...names.slice(0, mostNames), ...more].join(" and ");
}

/** The sentence that says why not; null when the approval is granted and fits. */
export function approvalProblem(approval: unknown, prepared: Prepared, actionId: string): string | null {
  if (!Approval.isGranted(approval)) return "There is no approval for this.";
  if (approval.proposalId !== actionId) return "The approval is for another proposal.";
  if (approval.commandHash !== commandHashOf(prepared.command)) return "The approval is for another command.";
  if (approval.effectHash !== effectHashOf(prepared)) return "The approval is for other effects.";
  return null;
}
