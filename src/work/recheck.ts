// Everything that an approval rested on, asked once more right before its effect runs: whatever does not hold any more
// stops it before anything is sent.
import { lackOf } from "../approvals/coverage.ts";
import type { Lack } from "../approvals/coverage.ts";
import { stakesNow } from "../approvals/judgement.ts";
import type { ApprovalPolicy } from "../approvals/policy.ts";
import type { Clock, Erp, Journal, Prepared } from "../ports.ts";
import { commandHashOf, effectHashOf, isApprovedAhead } from "../proposal.ts";
import type { Proposal, ProposalState } from "../proposal.ts";
import { isHigher } from "../approvals/stakes.ts";
import { approversTrouble } from "./approvers-left.ts";
import { barredWhy } from "./entitlement.ts";
import type { Entitling } from "./entitlement.ts";
import type { Ending } from "./outcome.ts";
import { prepareAgain } from "./prepare-again.ts";

export type RecheckDeps = {
  readonly erps: ReadonlyMap<string, Erp>;
  readonly clock: Clock;
  readonly policy: ApprovalPolicy;
  readonly roster: Entitling["roster"];
  readonly journal: Pick<Journal, "lately">;
};
export type Checked =
  | { readonly kind: "go"; readonly erp: Erp }
  | ({ readonly kind: "stop" } & Ending)
  /** Nothing speaks against it, and nothing can be asked just now. */
  | { readonly kind: "later"; readonly detail: string };

/** An approval is for now: what could not be started by then is asked again. */
const startWithinMs = 15 * 60_000;

const stop = (to: ProposalState, detail: string): Checked => ({ kind: "stop", to, detail });

export async function recheck(deps: RecheckDeps, proposal: Proposal): Promise<Checked> {
  const why = await standingTrouble(deps, proposal);
  if (why !== null) return why;
  const erp = deps.erps.get(proposal.prepared.command.instance);
  if (erp === undefined) return stop("failed", "its ERP is not configured any more");
  const again = await prepareAgain(deps.clock, erp, proposal);
  if (again === null) return { kind: "later", detail: "the ERP could not be reached, and I go on trying" };
  if (again.kind === "refused") return stop("stale", again.why);
  return (await judge(deps, proposal, again.prepared)) ?? { kind: "go", erp };
}

/** What Nova knows by itself. */
async function standingTrouble(
  { policy, clock, roster }: RecheckDeps,
  proposal: Proposal,
): Promise<Checked | null> {
  const { prepared, commandHash, effectHash, policyVersion } = proposal;
  // Asking again would be asking in the name of somebody who may not, so nobody is asked.
  const barred = barredWhy({ directory: policy.directory, roster }, proposal);
  if (barred !== null) return stop("blocked", barred);
  const trouble = await approversTrouble(policy, proposal);
  if (trouble !== null && trouble !== "unclear") return { kind: "stop", ...trouble };
  // Before the hashes: what another Nova asked may have been bound in another way.
  if (policyVersion !== policy.version) return stop("stale", "the policy has changed since it was asked");
  if (commandHashOf(prepared.command) !== commandHash || effectHashOf(prepared) !== effectHash)
    return stop("denied", "the stored proposal no longer fits its approval");
  if (isApprovedAhead(proposal, clock.now()))
    return stop("stale", "the clock of Nova's machine was set back since it was approved");
  if (clock.now() - (proposal.decidedAt ?? 0) > startWithinMs)
    return stop("stale", "it was approved a while ago and could not be started in time");
  return trouble === "unclear"
    ? {
        kind: "later",
        detail: "it could not be found out whether who approved still may, and I go on asking",
      }
    : null;
}

/** What it would be now, beside what was approved. */
async function judge(deps: RecheckDeps, proposal: Proposal, now: Prepared): Promise<Checked | null> {
  const lack = lackOf(proposal.prepared, now);
  if (lack !== null) return stop(lack.kind === "warning" ? "needs_ack" : "stale", lackWords(lack));
  const stakes = await stakesNow(deps, proposal, now);
  return isHigher(stakes, proposal.stakes)
    ? stop("stale", `more is at stake now: ${stakes}, and it was approved as ${proposal.stakes}`)
    : null;
}

function lackWords(lack: Lack): string {
  switch (lack.kind) {
    case "effect":
      return "its effect would be another one now";
    case "version":
      return `${lack.records.join(" and ")} changed in the ERP since it was asked`;
    case "warning":
      return `the ERP warns of what nobody has seen: ${lack.unseen.join(" ")}`;
  }
}
