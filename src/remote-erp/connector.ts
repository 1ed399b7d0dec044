// What every connector to an ERP behind a network does alike: it asks for the approval again, looks whether the deed was
// done before, plans anew right before it is sent, and believes only what it reads back.
import { approvalProblem, approvedBy } from "../approvals/approval-check.ts";
import type {
  Erp,
  ErpCapabilities,
  ErpCommand,
  ErpPage,
  ErpQuery,
  ExecuteOptions,
  Prepared,
  PrepareResult,
  Reported,
  Verified,
} from "../ports.ts";
import { lackOf } from "../approvals/coverage.ts";
import { commandHashOf } from "../proposal.ts";
import { isAsApproved } from "./contents.ts";
import { ErpFault, refused } from "./fault.ts";
import type { RemoteOperation } from "./operation.ts";
import { readable } from "./readable.ts";
import { isNewTo } from "./new-party.ts";
import { stampText } from "./stamp.ts";
import type { Stamp } from "./stamp.ts";

export type Stamped = { readonly record: string; readonly stamp: string; readonly isWhole: boolean };
export type RemoteErp<D> = {
  readonly connector: string;
  readonly name: string;
  /** As a person calls it. */
  readonly product: string;
  readonly currency: string;
  readonly capabilities: Omit<ErpCapabilities, "compensates">;
  readonly operations: ReadonlyMap<string, RemoteOperation<D>>;
  readonly desk: () => D;
  readonly probe: (desk: D) => Promise<{ readonly operations: readonly string[]; readonly detail: string }>;
  readonly query: (desk: D, query: ErpQuery) => Promise<ErpPage>;
  /** Nothing but drafts was ever made out to this party, by the key that plans give. */
  readonly isNewParty: (desk: D, party: string) => Promise<boolean>;
  /** Every record that bears a stamp of this action, whatever the command was. */
  readonly findStamps: (desk: D, actionId: string) => Promise<readonly Stamped[]>;
};

export function createRemoteErp<D>(remote: RemoteErp<D>): Erp {
  return {
    connector: remote.connector,
    name: remote.name,
    capabilities: () => ({ ...remote.capabilities, compensates: compensatesOf(remote) }),
    probe: async () => remote.probe(remote.desk()),
    query: async (query) => remote.query(remote.desk(), query),
    prepare: async (command) => prepare(remote, command),
    execute: async (approval, prepared, run) => execute(remote, { approval, prepared, run }),
    verify: async (prepared, actionId) => verify(remote, prepared, actionId),
    reconcile: async (actionId) => {
      const found = await remote.findStamps(remote.desk(), actionId);
      if (found.length === 0) return "absent";
      return found.every(({ isWhole }) => isWhole) ? "applied" : "partial";
    },
    compensate: async (prepared, actionId) => compensate(remote, prepared, actionId),
    close: async () => {},
  };
}

const compensatesOf = <D>({ operations }: RemoteErp<D>): readonly string[] =>
  [...operations].filter(([, { undo }]) => undo !== undefined).map(([op]) => op);

/** Only what stands in the ERP can be undone. */
async function compensate<D>(
  remote: RemoteErp<D>,
  { command, changes }: Prepared,
  actionId: string,
): Promise<ErpCommand | null> {
  const undo = remote.operations.get(command.op)?.undo;
  if (undo === undefined) return null;
  const found = await remote.findStamps(remote.desk(), actionId);
  const own = stampText({ actionId, commandHash: commandHashOf(command) });
  const isDone = found.some(({ stamp }) => stamp === own);
  return isDone ? { ...command, ...undo(remote.desk(), command.args, changes) } : null;
}

function operationOf<D>(remote: RemoteErp<D>, command: ErpCommand): RemoteOperation<D> {
  const { connector, name, operations, product } = remote;
  if (command.connector !== connector || command.instance !== name)
    throw refused(
      `This is the ERP ${connector}/${name}, the command is for ${command.connector}/${command.instance}.`,
    );
  const operation = operations.get(command.op);
  if (operation === undefined)
    throw refused(
      `Nova can't do "${command.op}" in ${product}. It can do: ${[...operations.keys()].join(", ")}.`,
    );
  return operation;
}

async function prepare<D>(remote: RemoteErp<D>, command: ErpCommand): Promise<PrepareResult> {
  try {
    const { prepared } = await plan(remote, command);
    const isNew = await isNewTo(prepared, async (party) => remote.isNewParty(remote.desk(), party));
    return { kind: "prepared", prepared: { ...prepared, risk: { ...prepared.risk, ...isNew } } };
  } catch (thrown) {
    // An ERP that is silent, or lets nobody in, has said nothing about the command.
    if (thrown instanceof ErpFault && thrown.trouble === null)
      return { kind: "refused", why: thrown.message };
    throw thrown;
  }
}

async function plan<D>(remote: RemoteErp<D>, command: ErpCommand) {
  const operation = operationOf(remote, command);
  const args = await readable(remote, operation.resolve(remote.desk(), command.args));
  const found = await readable(remote, operation.plan(remote.desk(), args));
  const { send, tokens, amountCents, isExternal, party = null, ...told } = found;
  const currency = amountCents === null ? null : remote.currency;
  const records = new Set(told.changes.map(({ record }) => record)).size;
  const prepared: Prepared = {
    ...told,
    command: { ...command, args },
    versionTokens: tokens,
    risk: { amountCents, currency, isReversible: told.undo !== null, isExternal, records, party },
  };
  return { prepared, send };
}

const stampOf = (prepared: Prepared, actionId: string): Stamp => ({
  actionId,
  commandHash: commandHashOf(prepared.command),
});

type Execution = {
  readonly approval: unknown;
  readonly prepared: Prepared;
  readonly run: ExecuteOptions;
};

async function execute<D>(remote: RemoteErp<D>, { approval, prepared, run }: Execution): Promise<Reported> {
  const denied = approvalProblem(approval, prepared, run.actionId);
  if (denied !== null) return { kind: "denied", detail: denied };
  if (run.signal.aborted) return { kind: "transport", detail: "Cancelled before it was sent." };
  try {
    operationOf(remote, prepared.command);
    const stamp = { ...stampOf(prepared, run.actionId), by: approvedBy(approval) };
    const before = await remote.findStamps(remote.desk(), run.actionId);
    if (before.length > 0) return replayOf(before, stamp);
    const again = await planAgain(remote, prepared);
    if (typeof again !== "function") return again;
    run.signal.throwIfAborted();
    return { kind: "ok", ids: await again(stamp, run.signal), detail: "" };
  } catch (thrown) {
    if (thrown instanceof ErpFault)
      return { kind: thrown.kind === "key" ? "denied" : thrown.kind, detail: thrown.message };
    return { kind: "transport", detail: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function replayOf(before: readonly Stamped[], stamp: Stamp): Reported {
  if (before.some((found) => found.stamp !== stampText(stamp)))
    return {
      kind: "rejected",
      detail: "This action was used for another command already. Nothing was done.",
    };
  const detail = "It had been done before; nothing was done again.";
  return { kind: "ok", ids: before.map(({ record }) => record), detail };
}

/** The ERP has no transaction in which Nova could look and act, so it looks once more right before it acts. */
async function planAgain<D>(remote: RemoteErp<D>, approved: Prepared) {
  const stale = (detail: string): Reported => ({ kind: "stale", detail });
  try {
    const { prepared, send } = await plan(remote, approved.command);
    const lack = lackOf(approved, prepared);
    if (lack === null) return send;
    if (lack.kind === "warning")
      return { kind: "needs_ack", detail: lack.unseen.join(" ") } satisfies Reported;
    return stale(lackWords[lack.kind]);
  } catch (thrown) {
    // It could be done when it was proposed, so the world has moved on since.
    if (thrown instanceof ErpFault && thrown.kind === "rejected") return stale(thrown.message);
    throw thrown;
  }
}

const lackWords = {
  effect: "Its effect would be another one now.",
  version: "The record was changed since this was proposed.",
} as const;

async function verify<D>(remote: RemoteErp<D>, prepared: Prepared, actionId: string): Promise<Verified> {
  const stamp = stampOf(prepared, actionId);
  const found = await remote.findStamps(remote.desk(), actionId);
  if (found.length === 0) return "absent";
  if (found.some((one) => one.stamp !== stampText(stamp))) return "diverged";
  const { args } = prepared.command;
  const standing = await operationOf(remote, prepared.command).stand(remote.desk(), args, stamp);
  if (standing === null) return "absent";
  if (!standing.isWhole) return "partial";
  return isAsApproved(prepared.changes, standing.values) ? "applied" : "diverged";
}
