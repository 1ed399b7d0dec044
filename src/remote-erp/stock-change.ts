// A change of what lies somewhere, as every ERP over a network plans it: no more is taken away than is free, the books show
// before and after, and the same quantity the other way undoes it.
import { z } from "zod";
import { refused } from "./fault.ts";
import { quantityText, signed } from "./figures.ts";
import type { Plan } from "./operation.ts";

/** In thousandths; a loss is negative. */
export const StockDifference = z
  .int()
  .min(-100_000_000)
  .max(100_000_000)
  .refine((change) => change !== 0, "must not be 0");

/** One item in one place, quantities in thousandths. */
type Shelf = {
  readonly code: string;
  readonly name: string;
  readonly location: string;
  readonly onHand: number;
  readonly reserved: number;
};

/** The part of a plan that is the same wherever the stock is kept. */
type Common = Omit<Plan, "summary" | "changes" | "send">;

/** @throws a refusal when more would go than is free. */
export function planStockChange({ code, name, location, onHand, reserved }: Shelf, change: number): Common {
  const free = onHand - reserved;
  if (free + change < 0)
    throw refused(
      `Only ${quantityText(free)} of ${name} are free at ${location}, so ${quantityText(-change)} can't be taken away.`,
    );
  return {
    deltas: [
      {
        record: `${code}@${location}`,
        label: `${name}, on hand`,
        delta: signed(quantityText(change)),
        before: quantityText(onHand),
        after: quantityText(onHand + change),
      },
    ],
    guards: [],
    warnings: [],
    amountCents: null,
    isExternal: false,
    undo: "Adjust the stock by the same quantity the other way.",
    tokens: {},
  };
}
