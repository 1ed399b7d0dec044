// Watches over the ERPs: each start asks all of them what Nova may do, one that is away stops nothing, the owner is told
// of it where the owner can be reached, and so is its return. Tool servers watch over themselves.
import { attendErp, isAway, troubleWords } from "./erp-attendance.ts";
import type { Attended, ErpStanding } from "./erp-attendance.ts";
import { ownerPlace } from "../surfaces/owner-place.ts";
import type { OwnerPlaceDeps } from "../surfaces/owner-place.ts";
import type { Parts } from "../parts.ts";
import type { Clock, Erp, Journal } from "../ports.ts";
import { say } from "../post.ts";
import type { Outbox } from "../rooms/outbox.ts";
import { troubled } from "../turns/watch-over.ts";
import { askRights } from "../work/rights.ts";

export type NamedStanding = ErpStanding & { readonly name: string };
export type TellDeps = OwnerPlaceDeps &
  Pick<Parts, "log" | "journal"> & {
    readonly outbox: Pick<Outbox, "draft" | "post">;
    readonly journal: Pick<Journal, "fail">;
  };
export type ErpWatch = {
  /** To be used in place of those that were given. */
  readonly erps: ReadonlyMap<string, Erp>;
  readonly standing: () => readonly NamedStanding[];
  /** Asks all of them, and waits for none. */
  readonly start: (deps: TellDeps) => void;
  /** Resolves when the word under way is said; none comes after it. */
  readonly stop: () => Promise<void>;
};

/** What is back by then was no outage; at the start, and where a login is refused, it is said at once. */
const graceMs = 60_000;

type Outage = { readonly sinceMs: number; isLogged: boolean; isTold: boolean };
type Watched = Attended & { wasReady: boolean; outage: Outage | null };
type Watch = { deps: TellDeps | null; telling: Promise<void> };

export function createErpWatch(given: ReadonlyMap<string, Erp>, clock: Clock): ErpWatch {
  const watch: Watch = { deps: null, telling: Promise.resolve() };
  const watched = new Map<string, Watched>();
  for (const [name, inner] of given) {
    if (inner.connector === "mcp") continue;
    const attended = attendErp(inner, {
      clock,
      ask: async () => askRights(attended.erp),
      onAsked: (standing) => heard(watch, watched.get(name), standing),
    });
    watched.set(name, { ...attended, wasReady: false, outage: null });
  }
  return {
    erps: new Map([...given].map(([name, erp]) => [name, watched.get(name)?.erp ?? erp])),
    standing: () => [...watched].map(([name, { standing }]) => ({ name, ...standing() })),
    start: (deps) => {
      watch.deps = deps;
      for (const { erp } of watched.values()) void askRights(erp).catch(() => undefined);
    },
    stop: async () => {
      watch.deps = null;
      for (const { stop } of watched.values()) stop();
      await watch.telling;
    },
  };
}

/** One word after the other: that it is back must not overtake that it was gone. */
function heard(watch: Watch, watched: Watched | undefined, standing: ErpStanding): void {
  const { deps } = watch;
  if (deps === null || watched === undefined) return;
  watch.telling = watch.telling
    .then(async () => weigh(deps, watched, standing))
    .catch((thrown: unknown) => troubled(deps)("telling of an ERP", thrown));
}

async function weigh(deps: TellDeps, watched: Watched, standing: ErpStanding): Promise<void> {
  const { erp, outage } = watched;
  if (!isAway(standing)) {
    deps.log.info({ erp: erp.name, ...standing }, "asked an ERP what Nova may do");
    watched.wasReady = true;
    watched.outage = null;
    if (outage?.isTold === true) await tell(deps, { ...word(erp, outage), text: backWords(erp, standing) });
    return;
  }
  const now = deps.clock.now();
  const current = outage ?? { sinceMs: now, isLogged: false, isTold: false };
  watched.outage = current;
  const isMoment = watched.wasReady && standing.state !== "login" && now - current.sinceMs < graceMs;
  if (current.isTold || isMoment) return;
  const text = troubleWords(erp, standing);
  if (!current.isLogged) deps.log.error({ erp: erp.name }, text);
  current.isLogged = true;
  current.isTold = await tell(deps, { ...word(erp, current), text });
}

const word = ({ name }: Erp, { sinceMs, isTold }: Outage) => ({
  id: `erp:${name}:${sinceMs}:${isTold ? "back" : "gone"}`,
});
const backWords = ({ name }: Erp, { state, detail }: ErpStanding): string =>
  state === "ready"
    ? `The ERP “${name}” is back (${detail}).`
    : `The ERP “${name}” answers again, but can't be asked what Nova may do there (${detail}).`;

type Word = { readonly id: string; readonly text: string };

/** Where the owner can be reached now; false: nowhere yet. The same word is kept once, whoever hears it. */
async function tell(deps: TellDeps, { id, text }: Word): Promise<boolean> {
  const adapters = deps.adapters.filter((one) => one.health().state === "ready");
  const place = await ownerPlace({ ...deps, adapters });
  if (place === null) return false;
  await deps.outbox.post([deps.outbox.draft(id, place, say(text, { kind: "failure" }))]);
  return true;
}
