// Tryton ships what is not there when it is told to: whether the goods suffice is Nova's own question, asked when
// something is proposed and again right before it is done.
import type { AggregateDelta, Guard } from "../../src/ports.ts";
import { quantityText } from "../../src/remote-erp/figures.ts";
import { refuse } from "./operation.ts";
import type { Desk } from "./operation.ts";
import { readStock, readWarehouses } from "./records.ts";

type Needed = {
  readonly product: number;
  readonly name: string;
  readonly code: string;
  readonly quantity: number;
};
type Needing = {
  /** As a person calls it. */
  readonly ref: string;
  readonly warehouse: { readonly id: number };
  readonly needs: readonly Needed[];
};
type Outcome = { readonly guards: readonly Guard[]; readonly deltas: readonly AggregateDelta[] };

/** `free`: less what is promised to others already; `onHand`: what lies there. Refuses when one of them is short. */
export async function checkStock(
  desk: Desk,
  { ref, warehouse: from, needs }: Needing,
  what: "free" | "onHand",
): Promise<Outcome> {
  const warehouse = (await readWarehouses(desk.tryton)).find(({ id }) => id === from.id);
  if (warehouse === undefined) throw refuse(`The warehouse of ${ref} is not in the ERP.`);
  const needed = neededOf(needs);
  const levels = await readStock(desk.tryton, {
    products: needed.map(({ product }) => product),
    storage: warehouse.storage_location,
    today: desk.today,
  });
  const guards: Guard[] = [];
  const deltas: AggregateDelta[] = [];
  for (const { product, name, code, quantity } of needed) {
    const level = levels.get(product)?.[what] ?? 0;
    const there = what === "free" ? "free" : "on hand";
    if (level < quantity) {
      throw refuse(
        `Only ${quantityText(level)} of ${name} are ${there} at ${warehouse.name}, order ${ref} needs ${quantityText(quantity)}. Receive stock first or make a smaller order.`,
      );
    }
    guards.push({
      check: `stock of ${name}`,
      isMet: true,
      detail: `${quantityText(level)} ${there} at ${warehouse.name}, ${quantityText(quantity)} needed`,
    });
    deltas.push({
      record: `${code}@${warehouse.name}`,
      label: `${name}, ${what === "free" ? "free stock" : "on hand"} at ${warehouse.name}`,
      delta: `-${quantityText(quantity)}`,
      before: quantityText(level),
      after: quantityText(level - quantity),
    });
  }
  return { guards, deltas };
}

/** Two lines with the same product need it together. */
function neededOf(needs: readonly Needed[]): readonly Needed[] {
  const byProduct = new Map<number, Needed>();
  for (const { product, name, code, quantity } of needs) {
    const before = byProduct.get(product)?.quantity ?? 0;
    byProduct.set(product, { product, name, code, quantity: before + quantity });
  }
  return [...byProduct.values()];
}
