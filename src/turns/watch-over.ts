// What surrounds the walk of a turn: signs of life in its thread, what starts once its answer is committed, and patience
// with a journal that refuses.
import type { AuditWatch } from "../approvals/audit-watch.ts";
import { pause } from "../deadline.ts";
import { createSummary } from "../memory/summary.ts";
import type { Answer } from "../message.ts";
import type { Watching } from "../orchestrator.ts";
import type { Parts } from "../parts.ts";
import type { ChatAdapter, OutboxRow } from "../ports.ts";
import type { Previews } from "../surfaces/previews.ts";
import type { Stops } from "./stops.ts";
import type { Watchdog } from "../watchdog.ts";

/** About a minute of trying; then the turn waits, open, for the next start. */
const maxSayTries = 7;

export type WatchOverDeps = {
  readonly parts: Parts;
  readonly auditWatch: Pick<AuditWatch, "alarm">;
  readonly adapterOf: (thread: OutboxRow["thread"]) => ChatAdapter | null;
  readonly watchdog: Watchdog;
  readonly previews: Previews;
  readonly stops: Stops;
  readonly closing: AbortSignal;
  readonly trouble: (what: string, thrown: unknown) => void;
};

export function watchOver(deps: WatchOverDeps): Watching {
  const { parts, watchdog, closing } = deps;
  const summarise = createSummary(parts);
  const onSaid = async (answer: Answer): Promise<void> => {
    for (const run of answer.runs)
      await parts.durable.launch({ id: run.id, job: run.agent, input: run.input });
    if (answer.proposals.length + answer.runs.length > 0) await watchdog.look();
    await summarise(answer);
  };
  return {
    working: (turn) => {
      const { thread, body } = turn.message;
      // Nobody waits for anything after a thumb.
      if (body.kind === "reaction") return () => undefined;
      const done = deps.adapterOf(thread)?.working(thread);
      deps.stops.begin(turn);
      return () => {
        done?.();
        deps.stops.end(turn);
        deps.previews.forget(turn);
      };
    },
    onSaid: (answer) =>
      void onSaid(answer).catch((thrown: unknown) => deps.trouble("after the answer", thrown)),
    onFailure: (turn, failure) => {
      parts.log.error({ turn: turn.id, kind: failure.kind, detail: failure.detail }, "a turn failed");
      if (failure.kind === "audit.broken") deps.auditWatch.alarm(turn.message.thread, failure);
    },
    onRefused: async (turn, { thrown, tries }) => {
      parts.log.error({ turn: turn.id, tries, err: thrown }, "the journal refused an answer");
      if (tries >= maxSayTries || closing.aborted) return false;
      await pause(parts.clock, Math.min(30_000, 500 * 2 ** tries), closing);
      return !closing.aborted;
    },
  };
}

/** What failed where no turn can answer for it: the operator reads it in the log. */
export const troubled =
  (parts: Pick<Parts, "log">) =>
  (what: string, thrown: unknown): void =>
    parts.log.error({ what, err: thrown }, "something failed beside the walk");
