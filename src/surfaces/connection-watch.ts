// Watches over the connections: one that is gone for good, or for longer than a moment, is told to the owner where the
// owner still can be reached, and so is its return. Nova goes on with the others; `/readyz` says no meanwhile.
import { ownerPlace } from "./owner-place.ts";
import type { OwnerPlaceDeps } from "./owner-place.ts";
import { troubled } from "../turns/watch-over.ts";
import type { Parts } from "../parts.ts";
import type { ChatAdapter } from "../ports.ts";
import { say } from "../post.ts";
import type { Outbox } from "../rooms/outbox.ts";

export type ConnectionWatchDeps = OwnerPlaceDeps &
  Pick<Parts, "log"> & { readonly outbox: Pick<Outbox, "draft" | "post"> };
export type ConnectionWatch = {
  readonly start: () => void;
  /** Resolves when the look under way is over; none comes after it. */
  readonly stop: () => Promise<void>;
};

/** A connection changes without a word to anybody. */
const lookMs = 30_000;
/** Platforms replace connections all day; what is back by then was no outage. */
const graceMs = 60_000;

/** `sinceMs`: when it was first seen like that. */
type Outage = { readonly sinceMs: number; isTold: boolean };

export function createConnectionWatch(deps: ConnectionWatchDeps): ConnectionWatch {
  const outages = new Map<ChatAdapter, Outage>();
  let cancel = (): void => undefined;
  let isStopped = false;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    for (const adapter of deps.adapters) await watch(deps, outages, adapter);
  };
  const start = (): void => {
    cancel = deps.clock.after(lookMs, () => {
      looking = look()
        .catch((thrown: unknown) => troubled(deps)("watching the connections", thrown))
        .then(() => (isStopped ? undefined : start()));
    });
  };
  return {
    start,
    stop: async () => {
      isStopped = true;
      cancel();
      await looking;
    },
  };
}

async function watch(
  deps: ConnectionWatchDeps,
  outages: Map<ChatAdapter, Outage>,
  adapter: ChatAdapter,
): Promise<void> {
  const { state, detail } = adapter.health();
  const outage = outages.get(adapter) ?? { sinceMs: deps.clock.now(), isTold: false };
  if (state === "ready" || state === "degraded" || state === "stopped") {
    outages.delete(adapter);
    if (outage.isTold) await tell(deps, { adapter, outage, text: `${adapter.surface} is connected again.` });
    return;
  }
  outages.set(adapter, outage);
  if (outage.isTold || (state !== "fatal" && deps.clock.now() - outage.sinceMs < graceMs)) return;
  const mend =
    state === "fatal" ? "It does not mend itself: see to it, then restart Nova." : "I keep trying.";
  const text = `${adapter.surface} is not connected (${detail}): what is said there does not reach me. ${mend}`;
  outage.isTold = await tell(deps, { adapter, outage, text });
}

type Word = { readonly adapter: ChatAdapter; readonly outage: Outage; readonly text: string };

/** Where the owner can be reached now; false: nowhere yet. */
async function tell(deps: ConnectionWatchDeps, { adapter, outage, text }: Word): Promise<boolean> {
  deps.log.error({ surface: adapter.surface, text }, "told the owner of a connection");
  const adapters = deps.adapters.filter((one) => one.health().state === "ready");
  const place = await ownerPlace({ ...deps, adapters });
  if (place === null) return false;
  const id = `connection:${adapter.surface}:${outage.sinceMs}:${outage.isTold ? "back" : "gone"}`;
  await deps.outbox.post([deps.outbox.draft(id, place, say(text, { kind: "failure" }))]);
  return true;
}
