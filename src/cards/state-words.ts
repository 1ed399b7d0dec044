// Where a proposal stands, in the words of its card: from the journal's row, never from a model.
import { placeOf } from "./place.ts";
import { isWaitingToRun } from "../proposal.ts";
import type { Proposal, ProposalState } from "../proposal.ts";
import { waitingWords } from "./waiting-words.ts";

const plainStates = {
  blocked: "Nobody could decide it here, so nothing will happen",
  expired: "Expired undecided; nothing was done",
  cancelled: "Withdrawn; nothing was done",
} as const;

/** To the second: that is how long there is to stop it. */
const secondOf = (at: number): string => `${new Date(at).toISOString().slice(11, 19)} UTC`;

/** What the card of an approved effect says while it waits. */
export const runWords = ({ runAt }: Proposal): string =>
  `Runs at ${secondOf(runAt ?? 0)} unless you press Stop`;

/** What is sent again without a person might be done twice. */
export const notAppliedNext = "It is not sent again by itself: ask for it again if it is still wanted";

export function stateWords(proposal: Proposal): string {
  const by = proposal.decidedBy.join(" and ");
  const detail =
    proposal.outcomeDetail === null || proposal.outcomeDetail === "" ? "" : `: ${proposal.outcomeDetail}`;
  switch (proposal.state) {
    case "proposed":
    case "pending":
      return waitingWords(proposal);
    case "rejected":
      return `Rejected by ${by}${proposal.reason === null ? "" : `: ${proposal.reason}`}`;
    case "approved":
      return `Approved by ${by}${soonWords(proposal, detail)}`;
    case "executing":
      return `Approved by ${by}, running`;
    case "applied":
      return `Approved by ${by}, done${detail}`;
    case "compensated":
      return `Approved by ${by}, done, and undone by ${proposal.outcomeDetail ?? "another proposal"}`;
    case "stale":
    case "needs_ack":
      return `Approved by ${by}, but nothing was done${detail}`;
    case "failed":
    case "denied":
    case "partial":
    case "not_applied":
      return `Approved by ${by}, ${failedWords[proposal.state]}${detail}${nextWords(proposal)}`;
    case "superseded":
      return `Replaced by ${proposal.outcomeDetail ?? "a newer proposal"}; nothing was done`;
    case "cancelled":
      return proposal.runAt == null ? plainStates.cancelled : `Not run${detail}; nothing was done`;
    case "blocked":
      return by === "" ? plainStates.blocked : `Approved by ${by}, but nothing was done${detail}`;
    case "expired":
      return plainStates[proposal.state];
    case "unknown":
      return `Outcome unknown, checking ${placeOf(proposal.prepared.command)}`;
    case "needs_human":
      return `Outcome unknown${detail}: please look in ${placeOf(proposal.prepared.command)}`;
  }
}

const nextWords = ({ state }: Proposal): string => (state === "not_applied" ? `. ${notAppliedNext}` : "");

/** A try that could not even ask the ERP leaves its reason. */
function soonWords(proposal: Proposal, detail: string): string {
  if (detail !== "") return `, and not done yet${detail}`;
  return isWaitingToRun(proposal) ? `. ${runWords(proposal)}` : ", about to run";
}

const failedWords: Readonly<
  Record<Extract<ProposalState, "failed" | "denied" | "partial" | "not_applied">, string>
> = {
  failed: "but it failed",
  denied: "but it was refused",
  partial: "only a part took effect",
  not_applied: "but it did not take effect",
};
