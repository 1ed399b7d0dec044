// What became of an effect, as a table of what the ERP reported and what reading back showed.
import type { Reported, Verified } from "../ports.ts";
import type { ProposalState } from "../proposal.ts";

export type Ending = {
  readonly to: ProposalState;
  readonly detail: string;
  /** What the ERP wants to be acknowledged before it does it. */
  readonly warnings?: readonly string[];
};
/** It is looked at again, like everything whose end nobody has seen. */
export const underWay: Ending = { to: "unknown", detail: "the ERP has taken it and is still working on it" };

/** Final outcome = f(reported, verified). OK is not an effect; an error is not the absence of one. */
export function outcomeOf(reported: Reported, verified: Verified | "unreachable"): Ending {
  const { detail } = reported;
  if (verified === "unreachable") return { to: "unknown", detail };
  if (verified === "underway") return underWay;
  if (verified === "applied") return { to: "applied", detail };
  if (verified === "partial" || verified === "diverged") return { to: "partial", detail };
  if (verified === "unverifiable") return { to: "needs_human", detail: unverified(reported) };
  switch (reported.kind) {
    case "ok":
      return { to: "failed", detail: "the ERP accepted it and did nothing" };
    case "rejected":
      return { to: "failed", detail };
    case "stale":
    case "denied":
      return { to: reported.kind, detail };
    case "needs_ack":
      return { to: reported.kind, detail, warnings: reported.warnings ?? [] };
    case "transport":
      return { to: "unknown", detail };
  }
}

/** Whatever was reported, nobody has seen the effect: said as it was reported, and a person looks. */
function unverified({ kind, detail }: Reported): string {
  const words = detail === "" ? "" : ` (${detail})`;
  if (kind === "ok") return `reported as done${words}, but not verified`;
  return kind === "transport"
    ? `no clear answer came back${words}, and it could not be verified`
    : `reported as not done${words}, but not verified`;
}
