// Purses for tests that ask a model themselves: one that pays for everything, and one that remembers what it paid.
import { createBudget } from "../../src/budget.ts";
import type { Budget, BudgetDeps } from "../../src/budget.ts";
import { systemClock } from "../../src/clock.ts";
import { createEvalBudgets } from "../../src/eval/eval-budgets.ts";
import type { PaidModel } from "../../src/paid-model.ts";
import type { BudgetJournal, Model, Purse } from "../../src/ports.ts";

export const openPurse: Purse = { reserve: async () => ({ settle: () => undefined }) };

/** US dollars of one request; `cost`: undefined while it is open, null where nobody said. */
export type Paid = { readonly highest: number; cost?: number | null };
export function createWatchedPurse(): Purse & { readonly paid: readonly Paid[] } {
  const paid: Paid[] = [];
  return {
    paid,
    reserve: async (highest) => {
      const entry: Paid = { highest };
      paid.push(entry);
      return {
        settle: (cost) => {
          if ("cost" in entry) throw new Error("A request is settled once.");
          entry.cost = cost;
        },
      };
    },
  };
}

/** A model that a test asks past all budgets. */
export const unpaid = (model: Model): PaidModel => ({
  generate: async (request, options) => model.generate(request, { ...options, purse: openPurse }),
});

/** US dollars spent today by every sum, where a day ends at midnight UTC; what is open counts for nothing. */
export async function spentNow(
  journal: BudgetJournal,
  atMs = Date.now(),
): Promise<ReadonlyMap<string, number>> {
  const sums = await journal.budgetsOn(new Date(atMs).toISOString().slice(0, 10));
  return new Map(sums.map(({ scope, spentMicros }) => [scope, spentMicros / 1_000_000]));
}

/** The house's own law over sums in memory; `more`: US dollars. */
export const createTestBudget = (
  more: Partial<BudgetDeps["budgets"]> = {},
  { clock = systemClock, journal = createEvalBudgets() }: Partial<BudgetDeps> = {},
): Budget =>
  createBudget({
    budgets: {
      perTurn: 0.5,
      perThreadPerDay: null,
      perPersonPerDay: 5,
      perProjectPerDay: null,
      perDay: 20,
      timeZone: "UTC",
      ...more,
    },
    clock,
    journal,
    owners: ["Kit"],
    onTrouble: (_what, thrown) => {
      throw thrown;
    },
  });
