// Turns whatever is overdue into something visible: expired proposals, postponed posts, late steps. One timer, armed
// for the next thing that is due; nothing polls while nothing waits.
import type { Clock, Journal } from "./ports.ts";
import type { Proposal } from "./proposal.ts";

export type WatchdogDeps = {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Delivers posts that are due, among them the cards of proposals that just expired. */
  readonly deliverDue: () => Promise<void>;
  /** Nobody will press any more: whoever waits for the decision should hear of it. */
  readonly onExpired: (proposal: Proposal) => void;
  readonly onTrouble: (what: string, thrown: unknown) => void;
};
export type Watchdog = { readonly look: () => Promise<void>; readonly stop: () => void };

/** Even when the journal says "later", the watchdog looks at least this often while something waits. */
const maxSleepMs = 60_000;

export function createWatchdog(deps: WatchdogDeps): Watchdog {
  let cancel: (() => void) | null = null;
  let isStopped = false;
  const arm = async (): Promise<void> => {
    cancel?.();
    cancel = null;
    const dueAt = await deps.journal.nextDueAt();
    if (dueAt === null || isStopped) return;
    cancel = deps.clock.after(Math.min(maxSleepMs, Math.max(0, dueAt - deps.clock.now())), () => void look());
  };
  const look = async (): Promise<void> => {
    if (isStopped) return;
    try {
      (await deps.journal.expireDue()).forEach(deps.onExpired);
      await deps.deliverDue();
      await arm();
    } catch (thrown) {
      deps.onTrouble("watchdog", thrown);
      // A journal that fails now may work again: look once more instead of falling silent.
      cancel = deps.clock.after(maxSleepMs, () => void look());
    }
  };
  return {
    look,
    stop: () => {
      isStopped = true;
      cancel?.();
    },
  };
}
