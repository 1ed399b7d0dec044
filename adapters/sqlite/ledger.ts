// What every operation of the journal works with. Operations are synchronous functions: one connection means that
// an `await` inside a transaction would let other code write into it.
import type { Audit } from "./audit.ts";
import type { Store } from "./store.ts";

export type Ledger = {
  readonly store: Store;
  readonly audit: Audit;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Proposals that were found changed outside Nova: nothing of theirs falls due. */
  readonly aside: Set<string>;
};
