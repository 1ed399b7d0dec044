// Spending limits in US dollars. Counted from the journal at boot and kept up in memory; over the line no model is asked.
import { NovaFailure } from "./failures.ts";
import type { Answer } from "./message.ts";
import type { Clock, Model, Spend } from "./ports.ts";

export type Budgets = { readonly perTurn: number; readonly perPersonPerDay: number; readonly perDay: number };
/** Who pays, by identity, and for what: a turn with all its parts, or one step of a run. */
export type Bill = { readonly person: string; readonly turn: string; readonly run: string | null };
export type Budget = {
  /** Throws `budget.spent` when the person's or the day's line is reached. */
  readonly admit: (person: string) => void;
  /** Counts one model call. Throws `budget.spent` when the turn, or the step, has cost a turn's limit. */
  readonly spend: (bill: Bill, dollars: number) => void;
  /** Counts what a call has cost that was cut short: it is over already, so nothing is thrown. */
  readonly note: (bill: Bill, dollars: number) => void;
  /** Dollars of this turn, or of this run's steps, so far; also of those that failed. */
  readonly spentOn: (id: string) => number;
  readonly today: () => { readonly total: number; readonly byPerson: ReadonlyMap<string, number> };
};

const dayMs = 86_400_000;
export const dayOf = (at: number): number => Math.floor(at / dayMs);

export function createBudget(budgets: Budgets, clock: Clock, spentToday: readonly Spend[]): Budget {
  const tally = createTally(clock, spentToday);
  return {
    admit: (person) => {
      const { total, byPerson } = tally.today();
      if ((byPerson.get(person) ?? 0) >= budgets.perPersonPerDay) {
        throw new NovaFailure("budget.spent", `${person} reached ${budgets.perPersonPerDay} dollars today`, {
          forPerson: `Your spending limit of $${budgets.perPersonPerDay} for today is used up, so I asked no model. It starts anew at midnight UTC.`,
        });
      }
      if (total >= budgets.perDay)
        throw new NovaFailure("budget.spent", `the day reached ${budgets.perDay} dollars`);
    },
    spend: (bill, dollars) => {
      const cost = tally.add(bill, dollars);
      if (cost < budgets.perTurn) return;
      throw new NovaFailure("budget.spent", `${bill.turn} cost ${cost} dollars`, {
        forPerson: `This message has cost its limit of $${budgets.perTurn}, so I stopped working on it. The limit is budgets.perTurn in the config.`,
      });
    },
    note: (bill, dollars) => void tally.add(bill, dollars),
    spentOn: tally.spentOn,
    today: tally.today,
  };
}

type Tally = Pick<Budget, "spentOn" | "today"> & {
  /** What the turn, or the step, has cost with it. */
  readonly add: (bill: Bill, dollars: number) => number;
};

/** What was spent since midnight, by who paid and by what for. Sums are kept, never made: every turn asks for its own. */
function createTally(clock: Clock, spentToday: readonly Spend[]): Tally {
  let day = dayOf(clock.now());
  let byPerson = new Map(spentToday.map(({ person, dollars }) => [person, dollars]));
  let byTask = new Map<string, number>();
  const turnOver = (): void => {
    if (dayOf(clock.now()) === day) return;
    day = dayOf(clock.now());
    byPerson = new Map();
    byTask = new Map();
  };
  return {
    add: ({ person, turn, run }, dollars) => {
      turnOver();
      raise(byPerson, person, dollars);
      if (run !== null) raise(byTask, run, dollars);
      return raise(byTask, turn, dollars);
    },
    spentOn: (id) => byTask.get(id) ?? 0,
    today: () => {
      turnOver();
      return { total: [...byPerson.values()].reduce((sum, dollars) => sum + dollars, 0), byPerson };
    },
  };
}

function raise(sums: Map<string, number>, key: string, dollars: number): number {
  const sum = (sums.get(key) ?? 0) + dollars;
  sums.set(key, sum);
  return sum;
}

/** The same model with every call admitted before and counted after. */
export function metered(model: Model, budget: Budget, bill: Bill): Pick<Model, "generate"> {
  return {
    generate: async (request, options) => {
      budget.admit(bill.person);
      const reply = await model.generate(request, {
        ...options,
        onLost: ({ dollars }) => budget.note(bill, dollars),
      });
      budget.spend(bill, reply.usage.dollars);
      return reply;
    },
  };
}

/** The answer with all that its turn has cost: routing, inputs, failed parts, and the steps of a run whose end it tells. */
export function costed(budget: Budget, answer: Answer): Answer {
  const { id, message } = answer.turn;
  const dollars = budget.spentOn(message.body.kind === "signal" ? message.body.ref : id);
  return { ...answer, usage: { ...answer.usage, dollars: Math.max(answer.usage.dollars, dollars) } };
}
