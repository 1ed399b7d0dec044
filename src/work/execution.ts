// The one function that executes effects. It trusts nothing that was computed earlier: hashes, approvers and the effect
// itself are derived again, and the outcome is read back from the ERP instead of being believed.
import { grantApproval } from "../approval.ts";
import type { AuditTrouble } from "../approvals/audit-watch.ts";
import { outcomeOf } from "./outcome.ts";
import type { Ending } from "./outcome.ts";
import { raceSignal, withDeadline } from "../deadline.ts";
import type { EffectResult, Erp, Journal, Reported, Verified } from "../ports.ts";
import { isApprovedAhead } from "../proposal.ts";
import type { Proposal, ProposalState } from "../proposal.ts";
import type { Succeed } from "../approvals/succession.ts";
import { afterLook, executeDeadlineMs, lookFor, notThere, notYet, settledFrom } from "./interruption.ts";
import { inTime } from "./prepare-again.ts";
import { recheck } from "./recheck.ts";
import type { RecheckDeps } from "./recheck.ts";
import { createRecordLane, recordsOf } from "./record-lane.ts";

export type ExecutionDeps = RecheckDeps & {
  readonly journal: Journal;
  readonly auditTrouble: AuditTrouble;
  readonly succeed: Succeed;
  /** Its cards show something else now: bring them up to date. */
  readonly onMoved: () => void;
};
/** Runs an approved proposal to an outcome; called again it returns the outcome, or goes on where a crash left it. One that waits before it runs stays as it is until then. */
export type ExecuteApproved = (proposalId: string) => Promise<Proposal>;

type Go = { readonly erp: Erp; readonly attempt: number };
/** Begun, and not ended. */
const from: readonly ProposalState[] = ["executing", "unknown"];

export function createExecution(deps: ExecutionDeps): ExecuteApproved {
  // A press that is taken up after a crash and the boot itself may both come: the second waits for the first one's outcome.
  const running = new Map<string, Promise<Proposal>>();
  const inLane = createRecordLane();
  const execute = async (id: string): Promise<Proposal> => {
    const { prepared } = await mustFind(deps.journal, id);
    await inLane(recordsOf(prepared), async () => advance(deps, id));
    deps.onMoved();
    return mustFind(deps.journal, id);
  };
  return async (id) => {
    const outcome = running.get(id) ?? execute(id).finally(() => running.delete(id));
    running.set(id, outcome);
    return outcome;
  };
}

/** As far as it goes now: from wherever it stands once its records are free. */
async function advance(deps: ExecutionDeps, id: string): Promise<void> {
  const proposal = await mustFind(deps.journal, id);
  if (proposal.state === "approved") await fromApproved(deps, proposal);
  else if (from.includes(proposal.state)) await fromInterrupted(deps, proposal);
}

async function mustFind(journal: Journal, id: string): Promise<Proposal> {
  const proposal = await journal.proposal(id);
  if (proposal === null) throw new Error(`proposal ${id} is not in the journal`);
  return proposal;
}

async function fromApproved(deps: ExecutionDeps, proposal: Proposal): Promise<void> {
  // Whoever asks for it early: until its wait is over it can be stopped. The watchdog comes again when it is.
  const now = deps.clock.now();
  if (now < (proposal.runAt ?? 0) && !isApprovedAhead(proposal, now)) return;
  const checked = await recheck(deps, proposal);
  // It stays approved, and the watchdog comes again until its time is over.
  if (checked.kind === "later")
    return end(deps, proposal, { from: ["approved"], to: "approved", detail: checked.detail });
  if (checked.kind === "stop") return end(deps, proposal, { ...checked, from: ["approved"] });
  const trouble = await deps.auditTrouble();
  if (trouble !== null) {
    await deps.journal.settle(proposal.id, { from: ["approved"], to: "failed", detail: trouble });
    return;
  }
  if (!(await deps.journal.beginExecute(proposal.id))) return;
  await run(deps, proposal, { erp: checked.erp, attempt: 1 });
}

async function run(deps: ExecutionDeps, proposal: Proposal, go: Go): Promise<void> {
  const sentAt = deps.clock.now();
  const reported = await send(deps, proposal, go);
  const verified = await readBack(deps, go.erp, proposal);
  const ids = reported.kind === "ok" ? reported.ids : [];
  const result = { ids: [...ids], tookMs: deps.clock.now() - sentAt };
  await end(deps, proposal, { from, ...outcomeOf(reported, verified), result });
}

const askedAgain: ReadonlySet<ProposalState> = new Set<ProposalState>(["stale", "needs_ack"]);

/** What the approval does not cover any more is asked again as it would be now, in the same commit. */
async function end(deps: ExecutionDeps, proposal: Proposal, ending: Ending & From): Promise<void> {
  const { from, to, detail, warnings = [], result } = ending;
  const next = askedAgain.has(to) ? await deps.succeed(proposal, detail, warnings) : null;
  const more = next === null ? { detail } : { detail: `${detail}; ${next.proposal.id} asks again`, next };
  await deps.journal.settle(proposal.id, {
    from,
    to,
    ...more,
    ...(result === undefined || to === "stale" || to === "needs_ack" ? {} : { result }),
  });
}
type From = { readonly from: readonly ProposalState[]; readonly result?: EffectResult };

/** What is handed over is what was approved, with its versions and its warnings: the ERP compares once more. */
async function send(deps: ExecutionDeps, proposal: Proposal, go: Go): Promise<Reported> {
  const { erp, attempt } = go;
  const approval = grantApproval({
    proposalId: proposal.id,
    commandHash: proposal.commandHash,
    effectHash: proposal.effectHash,
    approvers: proposal.decidedBy,
  });
  try {
    return await withDeadline({ clock: deps.clock, afterMs: executeDeadlineMs }, async (signal) =>
      raceSignal(
        signal,
        erp.execute(approval, proposal.prepared, { actionId: proposal.id, attempt, signal }),
      ),
    );
  } catch (thrown) {
    return { kind: "transport", detail: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

async function readBack(
  { clock }: ExecutionDeps,
  erp: Erp,
  { id, prepared }: Proposal,
): Promise<Verified | "unreachable"> {
  try {
    return await inTime(clock, async () => erp.verify(prepared, id));
  } catch {
    // Not swallowed: it makes the outcome `unknown`, which is shown and reconciled.
    return "unreachable";
  }
}

/** After a crash or a lost answer, a look comes first. Only where the ERP knows our key, and only if all that the approval rested on still holds, the same is sent once more. */
async function fromInterrupted(deps: ExecutionDeps, proposal: Proposal): Promise<void> {
  const { journal, clock } = deps;
  const erp = deps.erps.get(proposal.prepared.command.instance);
  if (erp === undefined)
    return end(deps, proposal, { from, to: "needs_human", detail: "its ERP is not configured any more" });
  const { idempotency } = erp.capabilities();
  const last = await journal.attempt(proposal.id);
  const attempt = last?.number ?? 1;
  const notBefore = settledFrom(last?.intentAt ?? clock.now(), erp.capabilities());
  const found = await lookFor(clock, erp, { proposal, notBefore });
  const isSettled = clock.now() >= notBefore;
  const next = afterLook({ found, idempotency, isSettled });
  if (next.kind === "end") {
    const ids = proposal.result?.ids ?? [];
    const result = { ids, tookMs: clock.now() - (last?.intentAt ?? clock.now()) };
    return end(deps, proposal, { ...next, from, ...(next.to === "applied" ? { result } : {}) });
  }
  // While the record can't be trusted nothing is sent, not even once more: only looking is left.
  if ((await deps.auditTrouble()) !== null)
    return end(deps, proposal, { from, ...(isSettled ? notThere : notYet) });
  const checked = await recheck(deps, proposal);
  if (checked.kind === "later") return end(deps, proposal, { from, to: "unknown", detail: checked.detail });
  // What was sent before may still arrive: nobody is asked again while it might.
  if (checked.kind === "stop") return end(deps, proposal, { from, ...(isSettled ? checked : notYet) });
  if (await journal.beginAgain(proposal.id)) await run(deps, proposal, { erp, attempt: attempt + 1 });
}
