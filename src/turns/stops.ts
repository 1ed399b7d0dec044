// Stopping what is being worked on. A turn queues behind the turn that it wants stopped, so its wish is heard when it is
// kept, not when it is its turn; and it stands in the journal, so a process that dies in between hears it again.
import { raceSignal } from "../deadline.ts";
import type { Message, Turn } from "../message.ts";
import { isStop } from "./stop-words.ts";
import type { Directory } from "../people.ts";
import type { Clock, Journal } from "../ports.ts";
import { channelOf } from "../ids.ts";

/** Thrown through a turn that a person stopped. */
export class Stopped extends Error {
  readonly by: string;
  constructor(by: string) {
    super(`stopped by ${by}`);
    this.name = "Stopped";
    this.by = by;
  }
}

/** What became of a wish to stop. `late`: it is past the point up to which nothing was done. */
export type StopVerdict =
  | { readonly kind: "stopped"; readonly asker: string }
  | { readonly kind: "refused"; readonly asker: string }
  | { readonly kind: "late" }
  | { readonly kind: "nothing" };

type Assignable = Turn & { readonly assignment?: { readonly kind: string } };
export type Stops = {
  readonly begin: (turn: Turn) => void;
  readonly end: (turn: Turn) => void;
  /** Aborts when the turn is stopped: for what costs time or money. */
  readonly signalOf: (turn: Turn["id"]) => AbortSignal;
  /** A room that ends at once when its turn is stopped; what decides or changes something is never cut short. */
  readonly over: <I extends Assignable, O>(room: (given: I) => Promise<O>) => (given: I) => Promise<O>;
  /** From here on the turn can't be stopped. Throws when it was. */
  readonly seal: (turn: Turn) => void;
  /** A message that was kept behind others. */
  readonly heard: (message: Message) => void;
  /** For a turn that is worked on again: who waits behind it may have wished it stopped. */
  readonly hearAgain: (turn: Turn) => Promise<void>;
  /** What became of this message's wish; asked now when it was not heard before. */
  readonly verdictOn: (message: Message) => StopVerdict;
};

type Running = { readonly turn: Turn; readonly abort: AbortController; canStop: boolean };
/** What only thinks; a decision carries out what was approved. */
const stoppable: ReadonlySet<string> = new Set(["agent", "plan", "pipeline"]);
/** Word from Nova itself carries out what was decided before. */
const isStoppable = ({ message, assignment }: Assignable): boolean =>
  message.body.kind !== "signal" && (assignment === undefined || stoppable.has(assignment.kind));
const letGoMs = 300;
const never = new AbortController().signal;

export type StopDeps = {
  readonly clock: Clock;
  readonly directory: Pick<Directory, "personOf">;
  readonly journal: Pick<Journal, "queued">;
};

export function createStops(deps: StopDeps): Stops {
  const running = new Map<string, Running>();
  const verdicts = new Map<string, StopVerdict>();
  const wish = (message: Message): StopVerdict =>
    stopAll(deps, targetsOf(deps, [...running.values()], message), message);
  return {
    begin: (turn) => {
      running.set(turn.id, { turn, abort: new AbortController(), canStop: isStoppable(turn) });
    },
    end: (turn) => {
      running.delete(turn.id);
      verdicts.delete(turn.id);
    },
    signalOf: (id) => running.get(id)?.abort.signal ?? never,
    over: (room) => async (given) => {
      const held = running.get(given.id);
      if (held === undefined) return room(given);
      held.canStop = isStoppable(given);
      return held.canStop ? endsWith(deps.clock, held.abort.signal, async () => room(given)) : room(given);
    },
    seal: ({ id }) => {
      const held = running.get(id);
      if (held === undefined) return;
      held.abort.signal.throwIfAborted();
      held.canStop = false;
    },
    heard: (message) => {
      if (isStop(message)) verdicts.set(message.id, wish(message));
    },
    hearAgain: async (turn) => {
      for (const message of await deps.journal.queued(turn.message.thread)) {
        if (isStop(message)) verdicts.set(message.id, wish(message));
      }
    },
    verdictOn: (message) => verdicts.get(message.id) ?? wish(message),
  };
}

async function endsWith<T>(clock: Clock, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const working = work();
  try {
    return await raceSignal(signal, working);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    await letGo(clock, working);
    // Whatever broke because it was cut short was not what ended it.
    throw signal.reason;
  }
}

/** A call that lets go says what it has cost; one that does not is left behind. */
async function letGo(clock: Clock, working: Promise<unknown>): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const cancel = clock.after(letGoMs, patience.resolve);
  await Promise.race([Promise.allSettled([working]), patience.promise]);
  cancel();
}

/** What is worked on in this thread; a command that no thread can be given along with means the person's own in this channel. */
function targetsOf(deps: StopDeps, all: readonly Running[], message: Message): readonly Running[] {
  const others = all.filter(({ turn }) => turn.id !== message.id);
  const here = others.filter(({ turn }) => turn.message.thread === message.thread);
  if (here.length > 0 || message.body.kind !== "command") return here;
  const near = others.filter(({ turn }) => channelOf(turn.message.thread) === message.channel);
  const own = near.filter(({ turn }) => turn.message.account.id === message.account.id);
  return own.length > 0 ? own : near.filter((held) => mayStop(deps, held, message)).slice(-1);
}

function mayStop({ directory }: StopDeps, { turn }: Running, { account }: Message): boolean {
  return turn.message.account.id === account.id || directory.personOf(account).class === "owner";
}

function stopAll(deps: StopDeps, targets: readonly Running[], message: Message): StopVerdict {
  const [first] = targets;
  if (first === undefined) return { kind: "nothing" };
  const asker = first.turn.person.name;
  const mine = targets.filter((held) => mayStop(deps, held, message));
  if (mine.length === 0) return { kind: "refused", asker };
  const open = mine.filter(({ canStop, abort }) => canStop && !abort.signal.aborted);
  if (open.length === 0) return { kind: "late" };
  const by = deps.directory.personOf(message.account).name;
  for (const { abort } of open) abort.abort(new Stopped(by));
  return { kind: "stopped", asker };
}
