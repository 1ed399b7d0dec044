// The part of the owner's config that says what the model may cost. Nothing is without a limit: a thread or a project that
// has none of its own is under the day's.
import { z } from "zod";
import { TimeZone } from "./time-zone.ts";

const dollars = z.number().nonnegative().max(1_000_000);

export const Budgets = z.strictObject({
  /** US dollars; 0: no model is asked. */
  perTurn: dollars.default(0.5),
  perThreadPerDay: dollars.nullable().default(null),
  perPersonPerDay: dollars.default(5),
  perProjectPerDay: dollars.nullable().default(null),
  perDay: dollars.default(20),
  /** Where a day ends at midnight. */
  timeZone: TimeZone.default("UTC"),
});
