// Which sums a request to the model counts towards, how high each may grow, and how somebody reads that one of them has
// no room left: which one, what is left of it, who can raise it, and when it starts anew.
import { NovaFailure } from "./failures.ts";
import type { ProjectId, ThreadId } from "./ids.ts";
import type { Turn } from "./message.ts";
import type { BudgetLine } from "./ports.ts";

/** US dollars; null: counted, with the day's limit alone. A day ends at midnight in `timeZone`. */
export type Budgets = {
  readonly perTurn: number;
  readonly perThreadPerDay: number | null;
  readonly perPersonPerDay: number;
  readonly perProjectPerDay: number | null;
  readonly perDay: number;
  readonly timeZone: string;
};
/** Who pays, by identity, where, and for what: a turn with all its parts, or one step of a run. */
export type Bill = {
  readonly person: string;
  readonly turn: string;
  readonly run: string | null;
  readonly thread: ThreadId;
  readonly project: ProjectId | null;
};
/** What a turn asks is paid by whoever wrote it, where they wrote it. */
export const billOf = ({ id, person, message, project }: Paying): Bill => ({
  person: person.name,
  turn: id,
  run: null,
  thread: message.thread,
  project: project?.id ?? null,
});
type Paying = Pick<Turn, "id" | "project"> & {
  readonly person: { readonly name: string };
  readonly message: { readonly thread: ThreadId };
};

/** `setting`: its key in the config; null: it is counted and has no limit. */
export type NamedLine = BudgetLine & {
  readonly whose: string;
  readonly setting: Exclude<keyof Budgets, "timeZone"> | null;
};

/** The sum of everything that anybody's requests cost on a day. */
export const everybody = "all";
export const personScope = (person: string): string => `person:${person}`;

const microsPerDollar = 1_000_000;
/** Up to whole millionths; what binary fractions add behind the ninth digit is no cost. */
export const toMicros = (dollars: number): number =>
  Math.ceil(Math.round(dollars * microsPerDollar * 1_000) / 1_000);
export const toDollars = (micros: number): number => micros / microsPerDollar;

const taskOf = ({ run }: Bill): string => (run === null ? "message" : "step");

/** The narrowest first: it is the one that a person can do something about. */
export function linesOf(bill: Bill, budgets: Budgets, day: string): readonly NamedLine[] {
  const daily = (scope: string, whose: string, setting: NonNullable<NamedLine["setting"]>): NamedLine => ({
    scope,
    day,
    whose,
    setting,
    limitMicros: limitOf(budgets[setting]),
  });
  return [
    { ...daily(`turn:${bill.turn}`, `This ${taskOf(bill)}'s budget`, "perTurn"), day: "" },
    daily(`thread:${bill.thread}`, "This thread's budget for today", "perThreadPerDay"),
    daily(personScope(bill.person), "Your budget for today", "perPersonPerDay"),
    ...(bill.project === null
      ? []
      : [daily(`project:${bill.project}`, "This project's budget for today", "perProjectPerDay")]),
    daily(everybody, "The budget of everybody for today", "perDay"),
    ...(bill.run === null
      ? []
      : [{ scope: `run:${bill.run}`, day: "", whose: "This run", setting: null, limitMicros: null }]),
  ];
}

const limitOf = (dollars: number | null): number | null => (dollars === null ? null : toMicros(dollars));

export type Refused = {
  readonly line: NamedLine;
  readonly leftMicros: number;
  readonly highestMicros: number;
  readonly timeZone: string;
  /** Names of who may change the config. */
  readonly owners: readonly string[];
};

export function budgetFailure({ line, leftMicros, highestMicros, timeZone, owners }: Refused): NovaFailure {
  const { whose, setting, limitMicros, day, scope } = line;
  const limit = limitMicros ?? 0;
  const raise = `${owners.join(" or ")} can raise budgets.${setting ?? ""} in the config`;
  const anew = day === "" ? "each next one starts anew" : `it starts anew at midnight (${timeZone})`;
  const forPerson =
    limit <= 0
      ? `${whose} is $0, so no model is asked: ${raise}.`
      : `${whose} has ${money(leftMicros)} of ${money(limit)} left and asking the model could cost ${money(highestMicros)}, so I did not ask it: ${raise}, and ${anew}.`;
  const detail = `${scope} ${day}: ${leftMicros} of ${limit} millionths left, ${highestMicros} needed`;
  return new NovaFailure("budget.spent", detail, { forPerson });
}

/** Cents where they say enough; never rounded up, because it is about what is left. */
function money(micros: number): string {
  const digits = micros >= 100_000 || micros % 10_000 === 0 ? 2 : 4;
  const unit = microsPerDollar / 10 ** digits;
  return `$${((Math.floor(micros / unit) * unit) / microsPerDollar).toFixed(digits)}`;
}

/** US dollars. `unsettled` is part of `total`: counted at its highest, because nobody said what it has cost. */
export type SpentToday = {
  readonly total: number;
  readonly unsettled: number;
  /** Set aside for requests that are on their way. */
  readonly reserved: number;
  readonly limit: number;
  readonly by: (person: string) => number;
};

export function spentWords({ total, unsettled, reserved, limit }: Omit<SpentToday, "by">): string {
  const notes = [
    ...(reserved > 0 ? [`$${reserved.toFixed(2)} more reserved for what is being asked`] : []),
    ...(unsettled > 0
      ? [`$${unsettled.toFixed(2)} of it unsettled: counted at the highest, because nobody said what it cost`]
      : []),
  ];
  const spent = `spent today: $${total.toFixed(2)} of $${limit.toFixed(2)}`;
  return notes.length === 0 ? spent : `${spent} (${notes.join("; ")})`;
}

/** `YYYY-MM-DD` of a moment, as a calendar in that time zone says. */
export function createCalendar(timeZone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return (atMs) => {
    const parts = format.formatToParts(atMs);
    const part = (wanted: "year" | "month" | "day"): string =>
      parts.find(({ type }) => type === wanted)?.value ?? "";
    return `${part("year")}-${part("month")}-${part("day")}`;
  };
}
