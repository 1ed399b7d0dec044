// Goods that a document moves or reserves: how much of what where, whether it is there, and the movement in words.
import type { AggregateDelta, Guard } from "../../src/ports.ts";
import { refused } from "../../src/remote-erp/fault.ts";
import { quantityText, signed } from "../../src/remote-erp/figures.ts";
import type { Desk } from "./desk.ts";
import { emptyBin, readBins, stockedItems, warehouseOf } from "./records.ts";
import type { Bin } from "./records.ts";

type Line = {
  readonly item_code: string;
  readonly item_name: string;
  readonly qty: number;
  readonly warehouse?: string | null | undefined;
};
/** One item in one warehouse, with what lies there now. */
export type Need = { readonly name: string; readonly qty: number; readonly bin: Bin };

/** Lines of what lies in stock, added up by item and warehouse. */
export async function needsOf(desk: Desk, lines: readonly Line[]): Promise<readonly Need[]> {
  const codes = [...new Set(lines.map(({ item_code }) => item_code))];
  const [bins, stocked] = await Promise.all([readBins(desk, codes), stockedItems(desk, codes)]);
  const needs = new Map<string, Need>();
  for (const line of lines.filter(({ item_code }) => stocked.has(item_code))) {
    const warehouse = warehouseOf(desk, line);
    const key = `${line.item_code}@${warehouse}`;
    const known = needs.get(key);
    const bin = bins.find((one) => one.item_code === line.item_code && one.warehouse === warehouse);
    needs.set(key, {
      name: line.item_name,
      qty: (known?.qty ?? 0) + line.qty,
      bin: bin ?? emptyBin(line.item_code, warehouse),
    });
  }
  return [...needs.values()];
}

/** ERPNext takes an order for what is not there, and only balks at the delivery: Nova says so before anybody approves. */
export function freeGuards(needs: readonly Need[], order: string): readonly Guard[] {
  return needs.map(({ name, qty, bin }) => {
    const free = bin.actual_qty - bin.reserved_qty;
    if (free < qty)
      throw refused(
        `Only ${quantityText(free)} of ${name} are free at ${bin.warehouse}, order ${order} needs ${quantityText(qty)}. Receive stock first or make a smaller order.`,
      );
    const detail = `${quantityText(free)} free at ${bin.warehouse}, ${quantityText(qty)} needed`;
    return { check: `stock of ${name}`, isMet: true, detail };
  });
}

export function presentGuards(needs: readonly Need[], order: string): readonly Guard[] {
  return needs.map(({ name, qty, bin }) => {
    if (bin.actual_qty < qty)
      throw refused(
        `Only ${quantityText(bin.actual_qty)} of ${name} are at ${bin.warehouse}, order ${order} needs ${quantityText(qty)}. Receive stock first.`,
      );
    const detail = `${quantityText(bin.actual_qty)} at ${bin.warehouse}, ${quantityText(qty)} leave`;
    return { check: `stock of ${name}`, isMet: true, detail };
  });
}

/** What happens to `figure` of every need: `direction` 1 adds, -1 takes away. */
export const movesOf = (
  needs: readonly Need[],
  figure: "reserved" | "on hand",
  direction: 1 | -1,
): readonly AggregateDelta[] =>
  needs.map(({ name, qty, bin }) => {
    const before = figure === "reserved" ? bin.reserved_qty : bin.actual_qty;
    return {
      record: `${bin.item_code}@${bin.warehouse}`,
      label: `${name}, ${figure}`,
      delta: signed(quantityText(direction * qty)),
      before: quantityText(before),
      after: quantityText(before + direction * qty),
    };
  });
