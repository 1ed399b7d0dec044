// Short ways for tests to have an ERP do something as after an approval.
import { expect } from "vitest";
import { approve } from "../../contracts/erp-suite.ts";
import type { Act } from "../../contracts/erp-suite.ts";
import type { Erp, JsonObject, Prepared, Reported } from "../../../src/ports.ts";

export const act = (op: string, args: JsonObject): Act => ({ op, args });
const signal = new AbortController().signal;

/** Throws the sentence where it is refused. */
export async function prepared(erp: Erp, { op, args }: Act): Promise<Prepared> {
  const result = await erp.prepare({ connector: erp.connector, instance: erp.name, op, args });
  if (result.kind === "refused") throw new Error(`${op}: ${result.why}`);
  return result.prepared;
}

export const execute = async (erp: Erp, ready: Prepared, actionId: string): Promise<Reported> =>
  erp.execute(approve(ready, actionId), ready, { actionId, attempt: 1, signal });

let done = 0;
/** Does it and reads it back; the numbers of what it touched. */
export async function perform(erp: Erp, wanted: Act): Promise<readonly string[]> {
  const ready = await prepared(erp, wanted);
  const actionId = `p-${(done += 1)}`;
  const reported = await execute(erp, ready, actionId);
  if (reported.kind !== "ok") throw new Error(`${wanted.op}: ${reported.detail}`);
  expect(await erp.verify(ready, actionId), wanted.op).toBe("applied");
  return reported.ids;
}
