// Spending limits in US dollars. Counted from the journal at boot and kept up in memory; over the line no model is asked.
import { NovaFailure } from "./failures.ts";
import type { Clock, Spend } from "./ports.ts";

export type Budgets = { readonly perTurn: number; readonly perPersonPerDay: number; readonly perDay: number };
export type Budget = {
  /** Throws `budget.spent` when the person's or the day's line is reached. */
  readonly admit: (person: string) => void;
  /** Counts one model call. Throws `budget.spent` when the turn that it belongs to has cost its limit. */
  readonly spend: (person: string, cost: { readonly total: number; readonly added: number }) => void;
  readonly today: () => { readonly total: number; readonly byPerson: ReadonlyMap<string, number> };
};

const dayMs = 86_400_000;
export const dayOf = (at: number): number => Math.floor(at / dayMs);

export function createBudget(budgets: Budgets, clock: Clock, spentToday: readonly Spend[]): Budget {
  let day = dayOf(clock.now());
  let byPerson = new Map(spentToday.map(({ person, dollars }) => [person, dollars]));
  const turnOver = (): void => {
    if (dayOf(clock.now()) === day) return;
    day = dayOf(clock.now());
    byPerson = new Map();
  };
  const total = (): number => [...byPerson.values()].reduce((sum, dollars) => sum + dollars, 0);
  return {
    admit: (person) => {
      turnOver();
      if ((byPerson.get(person) ?? 0) >= budgets.perPersonPerDay) {
        throw new NovaFailure("budget.spent", `${person} reached ${budgets.perPersonPerDay} dollars today`, {
          forPerson: `Your spending limit of $${budgets.perPersonPerDay} for today is used up, so I asked no model. It starts anew at midnight UTC.`,
        });
      }
      if (total() >= budgets.perDay)
        throw new NovaFailure("budget.spent", `the day reached ${budgets.perDay} dollars`);
    },
    spend: (person, { total: turnTotal, added }) => {
      turnOver();
      byPerson.set(person, (byPerson.get(person) ?? 0) + added);
      if (turnTotal < budgets.perTurn) return;
      throw new NovaFailure("budget.spent", `one turn cost ${turnTotal} dollars`, {
        forPerson: `This message has cost its limit of $${budgets.perTurn}, so I stopped working on it. The limit is budgets.perTurn in the config.`,
      });
    },
    today: () => {
      turnOver();
      return { total: total(), byPerson };
    },
  };
}
