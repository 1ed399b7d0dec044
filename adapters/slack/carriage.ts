// What each connection carries: one that answers every ping may still carry nothing, and no SDK notices. A message of
// Nova's own to see whether it comes back would be read by people; Slack's second tries and long silence tell as much.
import type { Clock } from "../../src/ports.ts";
import type { SocketEvent } from "./connection.ts";

/** A connection that carried nothing for so long is replaced, one at a time: a ticket, and nothing that people see. */
const quietMs = 600_000;
/** While one is being replaced the other stays. */
const lookAgainMs = 30_000;
/** A young connection has had no chance yet. */
const youngMs = 10_000;
const remembered = 1_000;

export type Carriage<Key> = {
  /** Watches a connection; `renew` ends it. Returns the way to stop watching. */
  readonly watch: (key: Key, renew: (why: string) => void) => () => void;
  readonly carried: (key: Key, event: SocketEvent) => void;
};
type Watched = { readonly sinceMs: number; lastMs: number; readonly renew: (why: string) => void };

/** `count`: how many connections there are when all is well. */
export function createCarriage<Key>(clock: Clock, count: number): Carriage<Key> {
  const watched = new Map<Key, Watched>();
  const seen = createMemory();
  const renew = (key: Key, why: string): void => {
    const held = watched.get(key);
    watched.delete(key);
    held?.renew(why);
  };
  const suspectOthers = (carrier: Key): void => {
    const suspect = [...watched].find(([key, since]) => key !== carrier && isQuiet(since, clock.now()));
    if (suspect !== undefined && watched.size === count)
      renew(suspect[0], "Slack had to deliver again what this connection never carried");
  };
  return {
    watch: (key, end) => {
      watched.set(key, { sinceMs: clock.now(), lastMs: clock.now(), renew: end });
      let cancel = (): void => undefined;
      const look = (afterMs: number): void => {
        cancel = clock.after(afterMs, () => {
          const leftMs = (watched.get(key)?.lastMs ?? 0) + quietMs - clock.now();
          if (leftMs > 0) look(leftMs);
          else if (watched.size < count) look(lookAgainMs);
          else renew(key, "it carried nothing for ten minutes");
        });
      };
      look(quietMs);
      return () => {
        cancel();
        watched.delete(key);
      };
    },
    carried: (key, event) => {
      const held = watched.get(key);
      if (held !== undefined) held.lastMs = clock.now();
      const id = event.body["event_id"];
      if (typeof id === "string" && seen(id) && (event.retry_num ?? 0) > 0) suspectOthers(key);
    },
  };
}

const isQuiet = ({ sinceMs, lastMs }: Watched, now: number): boolean =>
  now - lastMs > youngMs && now - sinceMs > youngMs;

/** Tells whether an id is a new one; the oldest are forgotten. */
function createMemory(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    const isNew = !seen.has(id);
    seen.add(id);
    if (seen.size > remembered) {
      const [oldest = id] = seen;
      seen.delete(oldest);
    }
    return isNew;
  };
}
