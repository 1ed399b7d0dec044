// What becomes of a decided proposal, told in the thread. Written from the journal's row and nothing else, so that no model
// can phrase it.
import { placeOf } from "../cards/place.ts";
import { isWaitingToRun } from "../proposal.ts";
import type { Proposal } from "../proposal.ts";
import { idWords } from "../cards/result-words.ts";
import { notAppliedNext, runWords } from "../cards/state-words.ts";

/** Written from the journal's row and nothing else: "done" appears only behind an applied effect. */
export function receiptOf(proposal: Proposal): string {
  const { summary } = proposal.prepared;
  const by = proposal.decidedBy.join(" and ");
  // An ERP ends its own sentences; here they stand inside one.
  const detail = (proposal.outcomeDetail ?? "").replace(/\.$/u, "");
  switch (proposal.state) {
    case "applied":
      return `✓ Done: ${summary} (approved by ${by}).${recordWords(proposal)}${detail === "" ? "" : ` ${detail}.`}`;
    case "compensated":
      return `Done, and undone since by ${detail}: ${summary}.`;
    case "partial":
      return `A part was done: ${summary} (approved by ${by}).${detail === "" ? "" : ` ${detail}`} Please look in ${placeOf(proposal.prepared.command)}; what stands there may offer Undo on its card.`;
    case "rejected":
      return `Rejected by ${by}${proposal.reason === null ? "" : `: ${proposal.reason}`}. Nothing was done.`;
    case "stale":
    case "needs_ack":
      return `Not done: ${summary}. The reason: ${detail.replace(/\.$/u, "")}. ${detail.endsWith(" asks again") ? "Decide on its new card." : "Ask again to see it as it is now."}`;
    case "unknown":
    case "executing":
      return `Outcome unknown: ${summary}. I am checking ${placeOf(proposal.prepared.command)} and will not send it again blindly.`;
    case "needs_human":
      return `Outcome unknown: ${summary}. ${detail}; please look in ${placeOf(proposal.prepared.command)}.`;
    case "approved":
      if (detail !== "") return `Not done yet: ${summary}. ${detail}.`;
      if (isWaitingToRun(proposal)) return `Approved by ${by}. ${runWords(proposal)}: ${summary}.`;
      return `Not done: ${summary}. It is approved.`;
    case "not_applied":
      return `Not done: ${summary}. It did not take effect: ${detail}. ${notAppliedNext}.`;
    case "proposed":
    case "pending":
    case "blocked":
    case "expired":
    case "cancelled":
    case "superseded":
    case "failed":
    case "denied":
      return `Not done: ${summary}. ${detail === "" ? `It is ${proposal.state}.` : `${detail}.`}`;
  }
}

function recordWords(proposal: Proposal): string {
  const ids = idWords(proposal);
  return ids === "" ? "" : ` In the ERP: ${ids}.`;
}
