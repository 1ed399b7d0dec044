// Where a decided proposal stands, in one sentence for who pressed too late or pressed an old card: what happened, who
// decided, and when.
import { ageInWords } from "../memory/staleness.ts";
import { isWaitingToRun, namedIn } from "../proposal.ts";
import type { Proposal } from "../proposal.ts";
import { runWords } from "./state-words.ts";

const ends = {
  approved: "and about to run",
  executing: "and running now",
  applied: "and done",
  compensated: "done, and undone since",
  failed: "but it failed",
  denied: "but it was refused",
  partial: "but only a part took effect",
  not_applied: "but it did not take effect",
  stale: "but it was outdated, so nothing was done",
  needs_ack: "but the ERP asked for more, so nothing was done",
  unknown: "and its outcome is not known yet",
  needs_human: "and its outcome is not known: please look in the ERP",
} as const satisfies Partial<Record<Proposal["state"], string>>;

export function standingOf(proposal: Proposal, now: number): string {
  const { state, decidedBy, decidedAt, outcomeDetail } = proposal;
  const when = decidedAt === null ? "" : `, ${ageInWords(decidedAt, now)} at ${minuteOf(decidedAt)}`;
  const unchanged = "your press changed nothing.";
  switch (state) {
    case "proposed":
    case "pending":
      if ((proposal.shownAt ?? 0) > now + 60_000)
        return "My clock stands before the time this card was shown, so nothing was done: set the clock of Nova's machine right, then press again.";
      if ((proposal.expiresAt ?? now + 1) <= now)
        return "This has expired; nothing was done. Ask again if it is still wanted.";
      return `This waits for ${namedIn(proposal).join(" or ")}: decide on its own card.`;
    case "expired":
      return `This has expired; nothing was done${when}. Ask again if it is still wanted.`;
    case "superseded":
      return `This was replaced by ${outcomeDetail ?? "a newer proposal"}; nothing was done, and ${unchanged}`;
    case "cancelled":
      if (proposal.runAt != null)
        return `This was ${outcomeDetail ?? "stopped"}; nothing was done, and ${unchanged}`;
      return `This was withdrawn; nothing was done, and ${unchanged}`;
    case "blocked":
      return `This was closed, because nobody could decide it here; nothing was done, and ${unchanged}`;
    case "rejected":
      return `Already rejected by ${decidedBy.join(" and ")}${when}; nothing was done, and ${unchanged}`;
    case "approved":
    case "executing":
    case "applied":
    case "compensated":
    case "failed":
    case "denied":
    case "partial":
    case "not_applied":
    case "stale":
    case "needs_ack":
    case "unknown":
    case "needs_human":
      return `Already approved by ${decidedBy.join(" and ")}${when}${isWaitingToRun(proposal) ? `. ${runWords(proposal)} on its card` : `, ${ends[state]}`}; ${unchanged}`;
  }
}

const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(11, 16)} UTC`;
