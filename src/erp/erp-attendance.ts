// One ERP under watch. While it can't be reached, or does not let Nova in, whoever asks it is told so at once, in one
// sentence, and it is asked again at growing intervals until it is back. What is under way is never cut: executing and
// looking for the outcome go through, because only the ERP knows what became of them.
import { raceSignal, withDeadline } from "../deadline.ts";
import { ErpTrouble, troubleOf } from "./erp-trouble.ts";
import type { Trouble } from "./erp-trouble.ts";
import { NovaFailure } from "../failures.ts";
import type { Clock, Erp } from "../ports.ts";

export type ErpStanding =
  | { readonly state: "asking" | "ready"; readonly detail: string }
  /** It answers, but not what Nova may do there: questions go on, nothing is proposed. */
  | { readonly state: "unasked"; readonly detail: string; readonly sinceMs: number }
  | { readonly state: Trouble; readonly detail: string; readonly sinceMs: number };
export type Attended = {
  readonly erp: Erp;
  readonly standing: () => ErpStanding;
  readonly stop: () => void;
};
export type AttendanceDeps = {
  readonly clock: Clock;
  /** Asks the attended ERP what Nova may do, and keeps the answer for whoever wants to know. */
  readonly ask: () => Promise<unknown>;
  readonly onAsked: (standing: ErpStanding) => void;
};

/** A start waits for nobody, and so does the first question to an ERP that is silent. */
const answerWithinMs = 10_000;
const pausesMs: Readonly<Record<Trouble | "unasked", readonly number[]>> = {
  unreachable: [5_000, 10_000, 20_000, 40_000, 60_000],
  unasked: [60_000, 300_000],
  // Servers slow down, or shut out, who comes with a wrong login again and again.
  login: [300_000],
};

export function attendErp(inner: Erp, deps: AttendanceDeps): Attended {
  // Who asked is told by the probe itself, and everybody by how the ERP stands.
  const askAgain = (): void => void deps.ask().catch(() => undefined);
  const ladder = createLadder(deps, askAgain);
  const failed = (standing: ErpStanding, thrown: unknown): NovaFailure => failureOf(inner, standing, thrown);
  let under: ReturnType<Erp["probe"]> | null = null;
  const probe = async (): ReturnType<Erp["probe"]> => {
    try {
      const limit = { clock: deps.clock, afterMs: answerWithinMs };
      const answer = await withDeadline(limit, async (signal) => raceSignal(signal, inner.probe()));
      ladder.moveTo({ state: "ready", detail: answer.detail });
      return answer;
    } catch (thrown) {
      ladder.moveTo(toStanding(thrown, deps.clock.now()));
      throw failed(ladder.standing(), thrown);
    }
  };
  const guarded: Guarded = async (task) => {
    if (isAway(ladder.standing())) throw failed(ladder.standing(), null);
    try {
      return await task();
    } catch (thrown) {
      if (troubleOf(thrown) === null) throw thrown;
      // Whether that was one answer or the whole ERP is for its probe to say.
      askAgain();
      throw failed(toStanding(thrown, deps.clock.now()), thrown);
    }
  };
  const once = async (): ReturnType<Erp["probe"]> => (under ??= probe().finally(() => (under = null)));
  return { erp: guard(inner, once, guarded), standing: ladder.standing, stop: ladder.stop };
}

type Guarded = <T>(task: () => Promise<T>) => Promise<T>;

const guard = (inner: Erp, probe: Erp["probe"], guarded: Guarded): Erp => ({
  connector: inner.connector,
  name: inner.name,
  capabilities: () => inner.capabilities(),
  probe,
  query: async (query) => guarded(async () => inner.query(query)),
  prepare: async (command) => guarded(async () => inner.prepare(command)),
  execute: async (approval, prepared, options) => inner.execute(approval, prepared, options),
  verify: async (prepared, actionId) => inner.verify(prepared, actionId),
  reconcile: async (actionId, notBeforeMs) => inner.reconcile(actionId, notBeforeMs),
  compensate: async (prepared, actionId) => guarded(async () => inner.compensate(prepared, actionId)),
  close: async () => inner.close(),
});

type Ladder = Pick<Attended, "standing" | "stop"> & { readonly moveTo: (next: ErpStanding) => void };

/** How it stands, and when it is asked next: later with every time that nothing has changed. */
function createLadder({ clock, onAsked }: AttendanceDeps, askAgain: () => void): Ladder {
  let standing: ErpStanding = { state: "asking", detail: "not answered yet" };
  let tries = 0;
  let isStopped = false;
  let cancel = (): void => undefined;
  return {
    standing: () => standing,
    moveTo: (next) => {
      tries = next.state === standing.state ? tries + 1 : 0;
      standing = "sinceMs" in next && "sinceMs" in standing ? { ...next, sinceMs: standing.sinceMs } : next;
      cancel();
      const waitMs = pauseOf(standing, tries);
      cancel = waitMs === null || isStopped ? () => undefined : clock.after(waitMs, askAgain);
      onAsked(standing);
    },
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}

/** Nova gets nothing from it: neither answers nor effects. */
export const isAway = ({ state }: ErpStanding): boolean => state === "unreachable" || state === "login";

function pauseOf(standing: ErpStanding, tries: number): number | null {
  if (standing.state === "ready" || standing.state === "asking") return null;
  const pauses = pausesMs[standing.state];
  return pauses[Math.min(tries, pauses.length - 1)] ?? null;
}

function toStanding(thrown: unknown, sinceMs: number): ErpStanding {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  const isSilent = detail.startsWith("over the deadline");
  if (isSilent) return { state: "unreachable", detail: "It does not answer in time.", sinceMs };
  return { state: troubleOf(thrown) ?? "unasked", detail, sinceMs };
}

/** One sentence for a person: what is wrong with this ERP, and what happens next. */
export function troubleWords({ name }: Pick<Erp, "name">, { state, detail }: ErpStanding): string {
  const why = detail.replace(/\.$/u, "");
  if (state === "login")
    return `The ERP “${name}” does not let Nova in (${why}); nothing was changed there, and nothing is done there until that is mended.`;
  if (state === "unreachable")
    return `The ERP “${name}” can't be used right now (${why}); nothing was changed there, and I keep trying to reach it.`;
  return `The ERP “${name}” can't be asked what Nova may do there (${why}), so nothing is proposed to it; I keep asking.`;
}

function failureOf(erp: Erp, standing: ErpStanding, thrown: unknown): NovaFailure {
  const forPerson = troubleWords(erp, standing);
  const { state, detail } = standing;
  const isTrouble = state === "unreachable" || state === "login";
  const cause = isTrouble ? new ErpTrouble(state, detail, { cause: thrown }) : thrown;
  return new NovaFailure("erp.unavailable", detail, { forPerson, cause });
}
