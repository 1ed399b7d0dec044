// What undoes an applied command in Tryton: a posted invoice is credited, a sale that nothing was promised by is cancelled.
// From a processed sale on there is no way back but by hand, through its shipment and its invoice.
import type { ErpCommand, Prepared } from "../../src/ports.ts";
import { lookFor } from "./execution.ts";
import { connector } from "./preparation.ts";
import type { House } from "./preparation.ts";

type Undo = { readonly op: string; readonly name: string };
const undos: ReadonlyMap<string, Undo> = new Map([
  ["order.create", { op: "order.cancel", name: "order" }],
  ["invoice.post", { op: "credit.post", name: "invoice" }],
]);
export const compensates: readonly string[] = [...undos.keys()];

/** Derived from what stands in Tryton with this action's mark: what was never done has nothing to undo, what was done in part or differently does. */
export async function compensate(
  house: House,
  prepared: Prepared,
  actionId: string,
): Promise<ErpCommand | null> {
  const undo = undos.get(prepared.command.op);
  if (undo === undefined) return null;
  const { verified, ids } = await lookFor(house, prepared, actionId);
  const [made] = ids;
  if (verified === "absent" || made === undefined) return null;
  return { connector, instance: house.name, op: undo.op, args: { [undo.name]: made } };
}
