// The journal as it is, with an ear for what a board may show: every commit that could change one is told afterwards.
// One place instead of a call wherever something changes, so that nothing can be forgotten.
import type { Journal } from "../ports.ts";

export type WatchedJournal = {
  readonly journal: Journal;
  /** From now on whoever listens hears of every change. */
  readonly onChange: (listener: () => void) => void;
};

export function watchJournal(given: Journal): WatchedJournal {
  let listener = (): void => undefined;
  const heard = <A extends readonly unknown[], T>(
    change: (...args: A) => Promise<T>,
  ): ((...args: A) => Promise<T>) => {
    return async (...args) => {
      const result = await change(...args);
      listener();
      return result;
    };
  };
  return {
    onChange: (next) => (listener = next),
    journal: {
      ...given,
      finish: heard(async (finish: Parameters<Journal["finish"]>[0]) => given.finish(finish)),
      propose: heard(async (...args: Parameters<Journal["propose"]>) => given.propose(...args)),
      decide: heard(async (vote: Parameters<Journal["decide"]>[0]) => given.decide(vote)),
      beginExecute: heard(async (proposal: string) => given.beginExecute(proposal)),
      beginAgain: heard(async (proposal: string) => given.beginAgain(proposal)),
      settle: heard(async (...args: Parameters<Journal["settle"]>) => given.settle(...args)),
      advance: heard(async (...args: Parameters<Journal["advance"]>) => given.advance(...args)),
      fail: heard(async (failure: Parameters<Journal["fail"]>[0]) => given.fail(failure)),
      bury: heard(async (row: Parameters<Journal["bury"]>[0]) => given.bury(row)),
      expireDue: async () => {
        const expired = await given.expireDue();
        if (expired.length > 0) listener();
        return expired;
      },
      // A card's first showing starts its clock and gives it an address.
      shown: async (row) => {
        const hasMore = await given.shown(row);
        if (row.id.endsWith(":card")) listener();
        return hasMore;
      },
    },
  };
}
