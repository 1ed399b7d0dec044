// The part of the owner's config that says what the model may cost. Nothing is without a limit: whoever draws none for a
// thread or a project has drawn the day's.
import { z } from "zod";
import type { Budgets as Lines } from "./budget-lines.ts";
import { TimeZone } from "./time-zone.ts";

const dollars = z.number().nonnegative().max(1_000_000);

export const BudgetsConfig = z.strictObject({
  /** US dollars; 0: no model is asked. */
  perTurn: dollars.default(0.5),
  perThreadPerDay: dollars.optional(),
  perPersonPerDay: dollars.default(5),
  perProjectPerDay: dollars.optional(),
  perDay: dollars.default(20),
  /** Where a day ends at midnight. */
  timeZone: TimeZone.default("UTC"),
});

export const Budgets = BudgetsConfig.transform(({ perThreadPerDay, perProjectPerDay, ...rest }): Lines => ({
  ...rest,
  perThreadPerDay: perThreadPerDay ?? rest.perDay,
  perProjectPerDay: perProjectPerDay ?? rest.perDay,
}));
