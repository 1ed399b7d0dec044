// Turns whatever is overdue into something visible: expired proposals, unknown outcomes, runs that died, postponed posts.
// One timer, armed for the next thing that is due; nothing polls while nothing waits.
import { createDepartureWatch } from "./approvals/departures.ts";
import type { DepartureDeps, DepartureWatch } from "./approvals/departures.ts";
import { heldCard } from "./cards/held-card.ts";
import type { Directory } from "./people.ts";
import type { Clock, Journal } from "./ports.ts";
import type { Proposal } from "./proposal.ts";
import { createReconciliation } from "./approvals/reconciliation.ts";
import type { Reconciliation } from "./approvals/reconciliation.ts";
import { remindAll } from "./approvals/reminders.ts";
import { createOverdueWatch } from "./overdue-watch.ts";
import type { ExecuteApproved } from "./work/execution.ts";

export type WatchdogDeps = {
  readonly journal: Pick<
    Journal,
    | "expireDue"
    | "unclearDue"
    | "settle"
    | "proposals"
    | "nextDueAt"
    | "remindDue"
    | "remind"
    | "strandedDue"
    | "showDue"
    | "startDue"
    | "hang"
    | "batch"
    | "outboxRow"
    | "overdue"
    | "fail"
  >;
  readonly directory: Directory;
  /** Who is still where their project is. */
  readonly policy: DepartureDeps["policy"];
  readonly clock: Clock;
  /** Delivers posts that are due, among them the cards of proposals that just expired. */
  readonly deliverDue: () => Promise<void>;
  /** Expired, or its outcome is known at last: whoever waits for this proposal should hear of it. */
  readonly onOver: (proposal: string) => void;
  /** Approved, and the wait before it runs is over. */
  readonly onDue: (proposal: Proposal) => void;
  readonly execute: ExecuteApproved;
  /** Closes runs that can't go on; true while any is open. */
  readonly sweepRuns: () => Promise<boolean>;
  readonly onTrouble: (what: string, thrown: unknown) => void;
};
export type Watchdog = {
  /** Resolves after a look that began after the call. */
  readonly look: () => Promise<void>;
  /** Resolves when no look is under way: what was due is on its way. At once when none is. */
  readonly idle: () => Promise<void>;
  /** Resolves when the look under way is over; none comes after it. */
  readonly stop: () => Promise<void>;
};

/** Even when the journal says "later", the watchdog looks at least this often while something waits. */
const maxSleepMs = 60_000;
/** What is still due after a look will not be helped by another one at once. */
const minSleepMs = 1_000;

export function createWatchdog(deps: WatchdogDeps): Watchdog {
  let cancel = (): void => undefined;
  const rounds = createRounds(async () => {
    const delayMs = await lookOnce(deps, { reconciliation, sayOverdue, departures }).catch(
      (thrown: unknown) => failed(deps, thrown),
    );
    cancel();
    cancel = delayMs === null ? () => undefined : deps.clock.after(delayMs, () => void rounds.ask());
  });
  const sayOverdue = createOverdueWatch(deps);
  const reconciliation = createReconciliation({
    ...deps,
    onCleared: deps.onOver,
    onMoved: () => void rounds.ask(),
  });
  const departures = createDepartureWatch({ ...deps, onMoved: () => void rounds.ask() });
  return {
    look: rounds.ask,
    idle: rounds.idle,
    stop: async () => {
      await rounds.stop();
      cancel();
      await Promise.all([reconciliation.idle(), departures.idle()]);
    },
  };
}

/** One at a time: a round that is asked for meanwhile comes right after, and stands for all that were asked for. */
function createRounds(round: () => Promise<void>): {
  readonly ask: () => Promise<void>;
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
} {
  let isStopped = false;
  let isWanted = false;
  let going: Promise<void> | null = null;
  const go = async (): Promise<void> => {
    try {
      while (isWanted) {
        isWanted = false;
        await round();
      }
    } finally {
      going = null;
    }
  };
  return {
    ask: async () => {
      if (isStopped) return;
      isWanted = true;
      await (going ??= go());
    },
    idle: async () => going ?? undefined,
    stop: async () => {
      isStopped = true;
      isWanted = false;
      await going;
    },
  };
}

type Looks = {
  readonly reconciliation: Reconciliation;
  readonly departures: DepartureWatch;
  readonly sayOverdue: () => Promise<void>;
};

/** How long to sleep now; null when nothing waits. */
async function lookOnce(
  deps: WatchdogDeps,
  { reconciliation, departures, sayOverdue }: Looks,
): Promise<number | null> {
  const { journal, clock } = deps;
  const startedAt = clock.now();
  (await journal.expireDue()).forEach(({ id }) => deps.onOver(id));
  for (const proposal of await journal.showDue()) await journal.hang(await heldCard(journal, proposal));
  await remindAll(deps);
  (await journal.startDue()).forEach((proposal) => deps.onDue(proposal));
  for (const proposal of await journal.strandedDue()) takeUp(deps, proposal);
  await reconciliation.look();
  departures.look();
  const hasRuns = await deps.sweepRuns();
  await deps.deliverDue();
  await sayOverdue();
  const dueAt = await journal.nextDueAt();
  if (dueAt === null) return hasRuns ? maxSleepMs : null;
  const wasDue = dueAt <= startedAt;
  return Math.min(maxSleepMs, Math.max(wasDue ? minSleepMs : 0, dueAt - clock.now()));
}

/** Decided, and whoever should have gone on with it broke: a run is woken, anything else goes on from where it stands. */
function takeUp(deps: WatchdogDeps, { id, run }: Proposal): void {
  if (run === null)
    void deps.execute(id).catch((thrown: unknown) => deps.onTrouble(`going on with ${id}`, thrown));
  else deps.onOver(id);
}

/** A journal that fails now may work again: look once more instead of falling silent. */
function failed(deps: WatchdogDeps, thrown: unknown): number {
  deps.onTrouble("watchdog", thrown);
  return maxSleepMs;
}
