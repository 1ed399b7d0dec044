// The part of the owner's config that says what the model may cost. Nothing is without a limit: a thread or a project that
// has none of its own is under the day's.
import { z } from "zod";
import { TimeZone } from "./time-zone.ts";

const dollars = z.number().nonnegative().max(1_000_000);

/** US dollars per million tokens. */
const Price = z
  .strictObject({
    input: dollars,
    output: dollars,
    cacheRead: dollars.optional(),
    cacheWrite: dollars.optional(),
  })
  .transform(({ input, output, cacheRead = input / 10, cacheWrite = input * 1.25 }) => ({
    input,
    output,
    cacheRead,
    cacheWrite,
  }));

export const Budgets = z.strictObject({
  /** US dollars; 0: no model is asked. */
  perTurn: dollars.default(0.5),
  perThreadPerDay: dollars.nullable().default(null),
  perPersonPerDay: dollars.default(5),
  perProjectPerDay: dollars.nullable().default(null),
  perDay: dollars.default(20),
  /** Where a day ends at midnight. */
  timeZone: TimeZone.default("UTC"),
  /** By exact model id, for endpoints with prices of their own; one that nobody knows is taken for the dearest. */
  prices: z.record(z.string(), Price).default({}),
});
