// The model as everything that works for a person gets it: each question counted, each request paid for. Nothing else in
// the house has a purse, so nothing else can ask.
import type { Bill, Budget } from "./budget.ts";
import type { Model, ModelOptions, ModelReply, ModelRequest, Purse } from "./ports.ts";

export type PaidModel = {
  /** Like `Model.generate`; throws `budget.spent` and `steps.exhausted` too. */
  readonly generate: (request: ModelRequest, options: Omit<ModelOptions, "purse">) => Promise<ModelReply>;
};

export function paidModel(model: Model, budget: Budget, bill: Bill): PaidModel {
  const purse = budget.purseFor(bill);
  return {
    generate: async (request, options) => {
      budget.asked(bill.turn);
      const watched = watch(purse);
      const reply = await model.generate(request, { ...options, purse: watched.purse });
      const unpaid = reply.usage.dollars - watched.paid();
      if (unpaid > 0) budget.note(bill, unpaid);
      budget.called(bill.turn, reply.calls.length);
      return reply;
    },
  };
}

/** The same purse, and how many dollars were paid from it. */
function watch(purse: Purse): { readonly purse: Purse; readonly paid: () => number } {
  let paid = 0;
  return {
    paid: () => paid,
    purse: {
      reserve: async (highestDollars) => {
        const reservation = await purse.reserve(highestDollars);
        return {
          settle: (dollars) => {
            paid += dollars ?? highestDollars;
            reservation.settle(dollars);
          },
        };
      },
    },
  };
}
