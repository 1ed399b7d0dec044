// The part of the owner's config that says who decides, when and how; and what in it can't be meant, in one sentence each.
import { z } from "zod";
import { TimeZone } from "../time-zone.ts";

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const toMs = (text: string): number => {
  const unit = text.slice(-1);
  return Number(text.slice(0, -1)) * (unit === "s" || unit === "m" || unit === "h" ? units[unit] : units.d);
};
const Duration = z.string().regex(/^[1-9]\d*[smhd]$/, 'must be a number and a unit, e.g. "24h"');
const durationMs = Duration.transform(toMs);
const longestHighMs = 8 * units.h;
const longestWaitMs = 10 * units.m;
const waitMs = z
  .string()
  .regex(/^\d+[sm]$/, 'must be a number and a unit, e.g. "60s", or "0s" for none')
  .transform(toMs)
  .refine((ms) => ms <= longestWaitMs, 'must be at most "10m": an approval is for now');

const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, 'must be a time of day, e.g. "22:00"');
/** Cards of low and medium stakes wait until it is over; they never lengthen what an approval is worth. */
export const QuietHoursConfig = z
  .strictObject({
    from: TimeOfDay,
    to: TimeOfDay,
    timeZone: TimeZone.default("UTC"),
  })
  .refine(({ from, to }) => from !== to, "from and to must differ")
  .nullable()
  .default(null);
const Day = z.iso.date();
const Delegation = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** First and last day, both included, in UTC. */
  since: Day,
  until: Day,
});
export const Approvals = z.strictObject({
  expireAfter: durationMs.prefault("24h"),
  /** A shorter life where more is at stake. */
  expireHighAfter: durationMs
    .refine(
      (ms) => ms <= longestHighMs,
      'must be at most "8h": what was asked in the morning is not for the night',
    )
    .prefault("8h"),
  /** Stakes that need two people: whoever asked can't approve, and two others must where there are two. */
  fourEyes: z.array(z.enum(["low", "medium", "high"])).default(["high"]),
  /** Where one person alone decides what is high stakes, it runs so much later, and can be stopped until then. */
  waitAlone: waitMs.prefault("60s"),
  /** Names of people who may press, per stakes; what is not listed falls to the owners. */
  approvers: z
    .strictObject({
      low: z.array(z.string()).min(1),
      medium: z.array(z.string()).min(1),
      high: z.array(z.string()).min(1),
    })
    .partial()
    .default({}),
  /** Who may decide too when nobody has by half of a card's time; empty: nobody more. */
  escalateTo: z.array(z.string()).default([]),
  /** So many cards an hour for one person; cards of low and medium stakes beyond them wait. */
  cardsPerHour: z.number().int().positive().default(20),
  /** Who may decide in whose place, and from when to when. */
  delegations: z.array(Delegation).default([]),
  /** From this amount on an effect is high stakes, in the ERP's currency. */
  highAmount: z.number().positive().default(5_000),
});

type People = readonly { readonly name: string; readonly role: "owner" | "member" | "guest" }[];

export function approvalProblems(approvals: z.infer<typeof Approvals>, people: People): readonly string[] {
  const named = Object.entries(approvals.approvers).flatMap(([stakes, list = []]) =>
    list.map((name) => ({ path: `approvers.${stakes}`, name })),
  );
  const approvers = [
    ...named,
    ...approvals.escalateTo.map((name) => ({ path: "escalateTo", name })),
    ...approvals.delegations.flatMap(({ from, to }) => [
      { path: "delegations", name: from },
      { path: "delegations", name: to },
    ]),
  ];
  const roleOf = new Map(people.map(({ name, role }) => [name, role]));
  return [
    ...approvers
      .filter(({ name }) => !roleOf.has(name))
      .map(
        ({ path, name }) =>
          `approvals.${path} names "${name}", who is not in people: add them or correct the name.`,
      ),
    ...approvers
      .filter(({ name }) => roleOf.get(name) === "guest")
      .map(({ path, name }) => `approvals.${path} names "${name}", who is a guest: guests can't approve.`),
    ...approvals.delegations
      .filter(({ since, until }) => until < since)
      .map(
        ({ from, to, since, until }) =>
          `approvals.delegations: from "${from}" to "${to}" it ends (${until}) before it begins (${since}): swap the days.`,
      ),
  ];
}
