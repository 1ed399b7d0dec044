// Under which policy a card was asked: one short text that changes with whatever would have it asked in another way, be it
// the rules' code, the way an approval binds, the table of operations, or a line of the owner's config. Proposals keep it; another one is asked again.
import { canonicalHash } from "../canonical.ts";
import type { Config } from "../config.ts";
import type { Stakes } from "../proposal.ts";
import { boundVersion } from "../bound.ts";
import { stakesVersion } from "./stakes.ts";

export type PolicyLines = {
  readonly approvals: Pick<
    Config["approvals"],
    "highAmount" | "fourEyes" | "waitAlone" | "expireAfter" | "expireHighAfter" | "escalateTo" | "approvers"
  >;
  /** Who may decide where no list is given. */
  readonly owners: readonly string[];
  readonly operations: Readonly<Record<string, Stakes>>;
};

/** The order of names says nothing and changes nothing. */
export function policyVersionOf({ approvals, owners, operations }: PolicyLines): string {
  const { highAmount, fourEyes, waitAlone, expireAfter, expireHighAfter, escalateTo, approvers } = approvals;
  const lines = {
    highAmount,
    fourEyes: fourEyes.toSorted(),
    waitAlone,
    expireAfter,
    expireHighAfter,
    escalateTo: escalateTo.toSorted(),
    approvers: (["low", "medium", "high"] as const).map((stakes) => (approvers[stakes] ?? owners).toSorted()),
    operations,
  };
  return `${stakesVersion}/bound.${boundVersion}/${canonicalHash(lines).slice(0, 8)}`;
}
