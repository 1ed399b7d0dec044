// A new sales order as every ERP over a network takes and shows it: what may be asked for, the lines of its card before and
// after it was made, and the order that it may be a twin of.
import { z } from "zod";
import type { DocumentChange } from "../ports.ts";
import { moneyText } from "./figures.ts";
import { Day, Named, Quantity } from "./operation.ts";
import { pricedLineText } from "./priced-line.ts";
import type { PricedLine } from "./priced-line.ts";

/** What a proposal binds: names are the ERP's own ids by then. */
export const NewOrder = z.strictObject({
  customer: Named,
  location: Named,
  day: Day,
  lines: z
    .array(z.strictObject({ item: Named, quantityThousandths: Quantity }))
    .min(1)
    .max(50),
});
export type NewOrder = z.infer<typeof NewOrder>;
/** What an agent may leave open: the place and the day have a default. */
export const NewOrderInput = NewOrder.partial({ location: true, day: true });

type Shown = {
  readonly customer: string;
  readonly location: string;
  readonly day: string;
  readonly lines: readonly PricedLine[];
  /** In cents of `currency`. */
  readonly total: number;
  readonly state: string;
};

const record = "new sales order";

/** What the card shows, and what the order is compared with once it was made. */
export const newOrderChanges = (currency: string, shown: Shown): readonly DocumentChange[] =>
  [
    { label: "customer", after: shown.customer },
    { label: "day", after: shown.day },
    { label: "location", after: shown.location },
    ...shown.lines.map((line, index) => ({
      label: `line ${index + 1}`,
      after: pricedLineText(currency, line),
    })),
    { label: "total", after: moneyText(shown.total, currency) },
    { label: "state", after: shown.state },
  ].map(({ label, after }) => ({ record, label, before: null, after }));

/** The same of an order that stands, as the values that a read-back gives. */
export const newOrderValues = (currency: string, shown: Shown) =>
  newOrderChanges(currency, shown).map(({ label, after }) => ({ record, label, value: after ?? "" }));

/** An order of the same day, customer and total is most likely this one, made twice. */
export const twinWarnings = (
  others: readonly { readonly name: string; readonly total: number }[],
  total: number,
): readonly string[] =>
  others
    .filter((other) => other.total === total)
    .map(({ name }) => `Order ${name} of the same day has the same customer and total.`);
