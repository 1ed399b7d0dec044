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
      finish: heard(given.finish),
      propose: heard(given.propose),
      decide: heard(given.decide),
      beginExecute: heard(given.beginExecute),
      settle: heard(given.settle),
      advance: heard(given.advance),
      fail: heard(given.fail),
      bury: heard(given.bury),
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
