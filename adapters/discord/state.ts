// How the connection is doing, by the adapter's own account, and whether anything may be sent now: the library's own
// word stays "ready" after a connection has died for good.
import type { Clock, Health, Shown } from "../../src/ports.ts";
import type { Failed } from "./outcomes.ts";

export type State = {
  readonly health: () => Health;
  /** Once stopped, it stays stopped. */
  readonly set: (state: Health["state"], detail: string) => void;
  readonly note: (failed: Failed) => void;
  /** Why nothing can be sent now, and for how long to wait; null: go ahead. */
  readonly blocked: () => Extract<Shown, { kind: "later" }> | null;
};

export function createState(clock: Clock): State {
  let health: Health = { state: "connecting", detail: "not started" };
  let pausedUntilMs = 0;
  const set: State["set"] = (state, detail) => {
    if (health.state !== "stopped") health = { state, detail };
  };
  return {
    health: () => health,
    set,
    note: (failed) => {
      if (failed.isFatal) set("fatal", failed.shown.why);
      if (failed.pauseMs > 0) pausedUntilMs = clock.now() + failed.pauseMs;
    },
    blocked: () => {
      const leftMs = pausedUntilMs - clock.now();
      if (leftMs > 0) return { kind: "later", afterMs: leftMs, why: "Discord's rate limit, without a time" };
      if (health.state === "ready" || health.state === "degraded") return null;
      const afterMs = health.state === "fatal" ? 60_000 : 1_000;
      return { kind: "later", afterMs, why: health.detail };
    },
  };
}
