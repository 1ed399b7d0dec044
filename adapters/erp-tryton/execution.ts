// A deed in Tryton: checked against its approval, looked for in case it was done before, marked, done, and found again by
// its mark. Only the mark says that a deed is Nova's: a sale that stands confirmed may have been confirmed by anybody.
import { approvalProblem, approvedBy } from "../../src/approvals/approval-check.ts";
import type { ExecuteOptions, Prepared, Reconciled, Reported, Verified } from "../../src/ports.ts";
import { commandHashOf } from "../../src/proposal.ts";
import { isAsApproved } from "../../src/remote-erp/contents.ts";
import { acknowledging } from "./acknowledgement.ts";
import { findTraces, halfOf, leaveMark } from "./mark.ts";
import type { Trace } from "./mark.ts";
import type { Standing } from "./operation.ts";
import { operations } from "./operations.ts";
import { changedSince, operationOf } from "./preparation.ts";
import type { House } from "./preparation.ts";
import { TrytonRefusal, TrytonWarning } from "./refusal.ts";

export type { House } from "./preparation.ts";
type Execution = {
  readonly approval: unknown;
  readonly prepared: Prepared;
  readonly run: ExecuteOptions;
};

export async function execute(house: House, { approval, prepared, run }: Execution): Promise<Reported> {
  const denied = approvalProblem(approval, prepared, run.actionId);
  if (denied !== null) return { kind: "denied", detail: denied };
  if (run.signal.aborted) return { kind: "transport", detail: "Cancelled before it was sent." };
  try {
    const before = await lookFor(house, prepared, run.actionId);
    if (before.verified === "applied")
      return { kind: "ok", ids: before.ids, detail: "It had been done before; nothing was done again." };
    if (before.verified !== "absent") return { kind: "rejected", detail: before.why };
    const changed = await changedSince(house, prepared);
    if (changed !== null) return { kind: "stale", detail: changed };
    await act(house, { approval, prepared, run });
    const after = await lookFor(house, prepared, run.actionId);
    return { kind: "ok", ids: after.ids, detail: "" };
  } catch (thrown) {
    return reportOf(thrown, prepared);
  }
}

async function act(house: House, { approval, prepared, run }: Execution): Promise<void> {
  const { desk } = house;
  const { args, op } = prepared.command;
  const operation = operationOf(house, prepared.command);
  const { warnings: acknowledged } = prepared;
  const by = approvedBy(approval);
  const mark = { id: run.actionId, hash: commandHashOf(prepared.command), op, by, acknowledged };
  await desk.tryton.refresh();
  const anchor = await operation.anchor(desk, args);
  if (anchor !== null) await leaveMark(desk.tryton, anchor, { mark, signal: run.signal });
  const tryton = acknowledging(desk.tryton, prepared.warnings);
  await operation.run({ ...desk, tryton }, args, {
    mark,
    tokens: prepared.versionTokens,
    signal: run.signal,
  });
}

function reportOf(thrown: unknown, { warnings }: Prepared): Reported {
  // All that it has asked so far: what was acknowledged before was taken back with the call.
  if (thrown instanceof TrytonWarning)
    return { kind: "needs_ack", detail: thrown.message, warnings: [...warnings, thrown.text] };
  if (!(thrown instanceof TrytonRefusal))
    return { kind: "transport", detail: thrown instanceof Error ? thrown.message : String(thrown) };
  return { kind: reports[thrown.kind], detail: thrown.message };
}
const reports = {
  rejected: "rejected",
  // Tryton's own "are you sure?" is for a person to hear.
  warning: "needs_ack",
  stale: "stale",
  denied: "denied",
  login: "denied",
  fault: "transport",
  transport: "transport",
} as const;

export async function verify(house: House, prepared: Prepared, actionId: string): Promise<Verified> {
  return (await lookFor(house, prepared, actionId)).verified;
}

type Found = Pick<Standing, "verified" | "ids"> & { readonly why: string };

/** What this action has come to, as far as its marks lead. */
export async function lookFor(
  house: House,
  { command, changes }: Prepared,
  actionId: string,
): Promise<Found> {
  const traces = await findTraces(house.desk.tryton, actionId);
  const hash = halfOf(commandHashOf(command));
  if (traces.some((trace) => (trace.hash ?? hash) !== hash || trace.op !== command.op)) {
    const why = "This action was used for another command already. Nothing was done.";
    return { verified: "diverged", ids: [], why };
  }
  const [first, ...more] = traces;
  if (first === undefined) return { verified: "absent", ids: [], why: "" };
  const isSame = more.every(({ anchor }) => anchor.id === first.anchor.id);
  if (!isSame) return { verified: "diverged", ids: [], why: "This action is on two records in Tryton." };
  const looked = { anchor: first.anchor, actionId, args: command.args };
  const { verified, ids, values } = await operationOf(house, command).look(house.desk, looked);
  const isOther = verified === "applied" && !isAsApproved(changes, values);
  const why = "This action was begun before and is done in part. Look at it in Tryton.";
  return { verified: isOther ? "diverged" : verified, ids, why };
}

/** After a crash nothing but the id is known: the marks say what was to be done, and to what. */
export async function reconcile({ desk }: House, actionId: string): Promise<Reconciled> {
  const found: Verified[] = [];
  for (const trace of await findTraces(desk.tryton, actionId)) found.push(await standingOf(trace));
  if (found.length === 0) return "absent";
  if (found.includes("diverged")) return "undecidable";
  if (found.includes("underway")) return "underway";
  if (found.every((verified) => verified === "applied")) return "applied";
  return found.every((verified) => verified === "absent") ? "absent" : "partial";

  async function standingOf({ op, anchor }: Trace): Promise<Verified> {
    const looked = { anchor, actionId, args: null };
    return (await operations.get(op)?.look(desk, looked))?.verified ?? "diverged";
  }
}
