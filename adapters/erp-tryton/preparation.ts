// What a command would do in Tryton, worked out by reading alone; asked again right before it is done, because Tryton has
// no transaction in which Nova could look and act.
import type { ErpCommand, Prepared, PrepareResult } from "../../src/ports.ts";
import { lackOf } from "../../src/approvals/coverage.ts";
import { isNewTo } from "../../src/remote-erp/new-party.ts";
import { isNewParty } from "./new-party.ts";
import { refuse } from "./operation.ts";
import type { Desk, Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { TrytonRefusal } from "./refusal.ts";

export const connector = "tryton";
/** One instance of the config, for the length of one question to it. */
export type House = { readonly name: string; readonly desk: Desk };

/** Throws the sentence that says why this command can't be done here. */
export function operationOf({ name }: House, command: ErpCommand): Operation {
  if (command.connector !== connector || command.instance !== name)
    throw refuse(
      `This is the ERP ${connector}/${name}, the command is for ${command.connector}/${command.instance}.`,
    );
  const operation = operations.get(command.op);
  if (operation === undefined)
    throw refuse(`Nova can't do "${command.op}" in Tryton. It can do: ${[...operations.keys()].join(", ")}.`);
  return operation;
}

export async function prepare(house: House, command: ErpCommand): Promise<PrepareResult> {
  try {
    const prepared = await plan(house, command);
    const isNew = await isNewTo(prepared, async (party) => isNewParty(house.desk.tryton, party));
    return { kind: "prepared", prepared: { ...prepared, risk: { ...prepared.risk, ...isNew } } };
  } catch (thrown) {
    // Only a no of Tryton's or of ours is an answer; a server that failed or lets nobody in has said nothing about the command.
    if (thrown instanceof TrytonRefusal && thrown.trouble === null && thrown.kind !== "fault")
      return { kind: "refused", why: thrown.message };
    throw thrown;
  }
}

async function plan(house: House, command: ErpCommand): Promise<Prepared> {
  const operation = operationOf(house, command);
  const args = await operation.resolve(house.desk, command.args);
  const {
    tokens,
    amountCents,
    currency,
    isExternal,
    party = null,
    warnings = [],
    ...told
  } = await operation.plan(house.desk, args);
  const records = new Set(told.changes.map(({ record }) => record)).size;
  return {
    ...told,
    command: { ...command, args },
    warnings,
    versionTokens: tokens,
    risk: { amountCents, currency, isReversible: told.undo !== null, isExternal, records, party },
  };
}

/** The sentence that says why this can't be done as approved any more; null: it can. */
export async function changedSince(house: House, prepared: Prepared): Promise<string | null> {
  try {
    const again = await plan(house, prepared.command);
    // Tryton's own warnings are raised when it is told to do it: none is known before.
    return lackOf(prepared, again) === null ? null : "The record changed since this was proposed.";
  } catch (thrown) {
    if (thrown instanceof TrytonRefusal && thrown.kind === "rejected") return thrown.message;
    throw thrown;
  }
}
