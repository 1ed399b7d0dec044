// Whom a proposal waits for, in the words of its card: who has said yes so far, and whose yes it still takes.
import { namedIn } from "../proposal.ts";
import type { Proposal } from "../proposal.ts";

export function waitingWords(proposal: Proposal): string {
  const { minApprovals, decidedBy } = proposal;
  const left = namedIn(proposal).filter((name) => !decidedBy.includes(name));
  if (minApprovals === 1) return `Waiting for ${left.join(" or ")}`;
  const missing = minApprovals - decidedBy.length;
  const who = missing >= left.length ? left.join(" and ") : `${missing} of ${left.join(", ")}`;
  return decidedBy.length === 0
    ? `Waiting for ${who}`
    : `${decidedBy.length} of ${minApprovals} approved by ${decidedBy.join(" and ")}; waiting for ${who}`;
}
