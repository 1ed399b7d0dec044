// Whether those who approved may still approve, asked right before the effect runs; and where they may not, whether
// anybody is left who could be asked in their place.
import { decidersOf, neededFor, reachableIn, withStandIns } from "../approvals/authority.ts";
import { goneAmong, withOutsiders } from "../approvals/membership.ts";
import type { ApprovalPolicy } from "../approvals/policy.ts";
import type { Proposal } from "../proposal.ts";
import type { Ending } from "./outcome.ts";

/** Null: every yes still counts, and they are enough. `unclear`: nothing speaks against it, and nobody says so either. */
export async function approversTrouble(
  policy: Pick<ApprovalPolicy, "directory" | "directPlaces" | "membershipOf">,
  proposal: Proposal,
): Promise<Ending | "unclear" | null> {
  const { directory, directPlaces } = policy;
  const { decidedBy, stakes, requester, thread } = proposal;
  const { outsiders, unclear } = await withOutsiders(policy, [proposal]);
  const strangers = new Set(goneAmong(directory, decidedBy, outsiders));
  const allowed = new Set(decidersOf(directory, proposal));
  const gone = decidedBy.filter((name) => !allowed.has(name) || strangers.has(name));
  const needed = neededFor(directory, proposal);
  if (gone.length === 0 && new Set(decidedBy).size >= needed) {
    const unsure = goneAmong(directory, decidedBy, new Set([...outsiders, ...unclear]));
    return unsure.length === 0 ? null : "unclear";
  }
  const why =
    gone.length === 0
      ? `it takes ${needed} approvals now`
      : `${gone.join(" and ")}, who approved it, may not approve it any more`;
  const { approvers, minApprovals } = directory.quorumFor(stakes, requester);
  const left = reachableIn(directory, withStandIns(directory, approvers), {
    thread,
    directPlaces,
    outsiders,
  });
  return left.length >= minApprovals
    ? { to: "stale", detail: why }
    : { to: "blocked", detail: `${why}, and nobody else who may can be reached here` };
}
