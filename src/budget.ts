// Spending limits in US dollars. The highest cost of each request is set aside in the journal before it goes out, under
// the message, thread, person, project and day that it is for, and settled at its true cost afterwards.
import {
  budgetFailure,
  createCalendar,
  everybody,
  linesOf,
  personScope,
  toDollars,
  toMicros,
} from "./budget-lines.ts";
import type { Bill, Budgets, SpentToday } from "./budget-lines.ts";
import { NovaFailure } from "./failures.ts";
import { createLoopStop } from "./loop-stop.ts";
import type { LoopStop } from "./loop-stop.ts";
import type { Answer } from "./message.ts";
import type { BudgetJournal, Clock, Purse } from "./ports.ts";

export type { Bill, Budgets } from "./budget-lines.ts";
export type Budget = LoopStop & {
  readonly purseFor: (bill: Bill) => Purse;
  /** Counts what a model says it has cost beyond what it had set aside: it is spent already, so nothing is refused. */
  readonly note: (bill: Bill, dollars: number) => void;
  /** Dollars of this turn, or of this run's steps, since Nova started; also of those that failed. */
  readonly spentOn: (id: string) => number;
  readonly today: () => Promise<SpentToday>;
};
export type BudgetDeps = {
  readonly budgets: Budgets;
  readonly clock: Clock;
  readonly journal: BudgetJournal;
  /** Who can change the config. */
  readonly owners: readonly string[];
  readonly onTrouble: (what: string, thrown: unknown) => void;
};

export function createBudget(deps: BudgetDeps): Budget {
  const { budgets, clock, journal } = deps;
  const dayAt = createCalendar(budgets.timeZone);
  const today = (): string => dayAt(clock.now());
  const tally = createTally(today);
  return {
    ...createLoopStop(),
    purseFor: (bill) => createPurse({ ...deps, today, add: tally.add }, bill),
    note: (bill, dollars) => {
      const micros = toMicros(dollars);
      tally.add(bill, micros);
      const lines = linesOf(bill, budgets, today()).map((line) => ({ ...line, limitMicros: null }));
      void spendAtOnce(journal, micros, lines).catch((thrown: unknown) => deps.onTrouble("a cost", thrown));
    },
    spentOn: tally.spentOn,
    today: async () => {
      const sums = new Map((await journal.budgetsOn(today())).map((sum) => [sum.scope, sum]));
      const all = sums.get(everybody);
      return {
        total: toDollars(all?.spentMicros ?? 0),
        unsettled: toDollars(all?.unsettledMicros ?? 0),
        reserved: toDollars(all?.reservedMicros ?? 0),
        limit: budgets.perDay,
        by: (person) => toDollars(sums.get(personScope(person))?.spentMicros ?? 0),
      };
    },
  };
}

async function spendAtOnce(journal: BudgetJournal, ...[micros, lines]: Parameters<BudgetJournal["reserve"]>) {
  const held = await journal.reserve(micros, lines);
  if (held.kind === "held") await journal.settleCost(held.id, micros);
}

type PurseDeps = BudgetDeps & { readonly today: () => string; readonly add: Tally["add"] };

function createPurse({ budgets, journal, owners, today, add, onTrouble }: PurseDeps, bill: Bill): Purse {
  return {
    reserve: async (highestDollars) => {
      const highestMicros = toMicros(highestDollars);
      if (!isAmount(highestMicros))
        throw new NovaFailure("unexpected", `a request can't cost ${highestDollars} dollars`);
      const lines = linesOf(bill, budgets, today());
      const reserved = await journal.reserve(highestMicros, lines);
      if (reserved.kind === "refused") {
        const line = lines[reserved.at];
        if (line === undefined) throw new NovaFailure("budget.spent", "refused by a line that is none");
        const { timeZone } = budgets;
        throw budgetFailure({ line, leftMicros: reserved.leftMicros, highestMicros, timeZone, owners });
      }
      let isOpen = true;
      return {
        settle: (dollars) => {
          if (!isOpen) return;
          isOpen = false;
          const micros = dollars === null ? null : toMicros(dollars);
          const cost = micros !== null && isAmount(micros) ? micros : null;
          add(bill, cost ?? highestMicros);
          // What can't be written stays set aside, and counts at its highest after the next start.
          journal.settleCost(reserved.id, cost).catch((thrown: unknown) => onTrouble("a settlement", thrown));
        },
      };
    },
  };
}

const isAmount = (micros: number): boolean => Number.isSafeInteger(micros) && micros >= 0;

type Tally = Pick<Budget, "spentOn"> & { readonly add: (bill: Bill, micros: number) => void };

/** What a footer says of a turn or a run. Kept for a day: none is worked on for longer without a new start. */
function createTally(today: () => string): Tally {
  let day = today();
  let byTask = new Map<string, number>();
  return {
    add: ({ turn, run }, micros) => {
      if (day !== today()) byTask = new Map();
      day = today();
      for (const id of run === null ? [turn] : [turn, run]) byTask.set(id, (byTask.get(id) ?? 0) + micros);
    },
    spentOn: (id) => toDollars(byTask.get(id) ?? 0),
  };
}

/** The answer with all that its turn has cost: routing, inputs, failed parts, and the steps of a run whose end it tells. */
export function costed(budget: Pick<Budget, "spentOn">, answer: Answer): Answer {
  const { id, message } = answer.turn;
  const dollars = budget.spentOn(message.body.kind === "signal" ? message.body.ref : id);
  return { ...answer, usage: { ...answer.usage, dollars: Math.max(answer.usage.dollars, dollars) } };
}
