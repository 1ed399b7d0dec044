// How a proposal is judged, from the owner's config: how hard, for how long, by how many, and under which version of all that.
import type { Config } from "./config.ts";
import type { Directory } from "./people.ts";
import type { Entropy } from "./ports.ts";
import type { Stakes } from "./proposal.ts";
import { policyVersionOf } from "./stakes.ts";

export type ApprovalPolicy = {
  readonly directory: Directory;
  readonly entropy: Entropy;
  readonly highAmountCents: number;
  /** How long a card of such stakes may wait for its decision. */
  readonly lifeMsOf: (stakes: Stakes) => number;
  /** What a card was asked under. */
  readonly version: string;
};

export function createPolicy(
  { approvals }: Config,
  { directory, entropy }: Pick<ApprovalPolicy, "directory" | "entropy">,
): ApprovalPolicy {
  const highAmountCents = Math.round(approvals.highAmount * 100);
  const { expireAfter, expireHighAfter, fourEyes } = approvals;
  return {
    directory,
    entropy,
    highAmountCents,
    lifeMsOf: (stakes) => (stakes === "high" ? Math.min(expireAfter, expireHighAfter) : expireAfter),
    version: policyVersionOf({ highAmountCents, fourEyes }),
  };
}
