// What became of an effect, as a table of what the ERP reported and what reading back showed.
import type { Reported, Verified } from "../ports.ts";
import type { ProposalState } from "../proposal.ts";

export type Ending = { readonly to: ProposalState; readonly detail: string };

/** Final outcome = f(reported, verified). OK is not an effect; an error is not the absence of one. */
export function outcomeOf(reported: Reported, verified: Verified | "unreachable"): Ending {
  const { detail } = reported;
  if (verified === "unreachable") return { to: "unknown", detail };
  if (verified === "applied") return { to: "applied", detail };
  if (verified === "partial" || verified === "diverged") return { to: "partial", detail };
  switch (reported.kind) {
    case "ok":
      return { to: "failed", detail: "the ERP accepted it and did nothing" };
    case "rejected":
      return { to: "failed", detail };
    case "stale":
    case "denied":
    case "needs_ack":
      return { to: reported.kind, detail };
    case "transport":
      return { to: "unknown", detail };
  }
}
