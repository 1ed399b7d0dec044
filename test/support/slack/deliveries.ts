// Hands events, presses and commands to the product and judges the acknowledgement: deadline, retries with the
// same event id and a new envelope, duplicates, late delivery. Socket Mode and HTTP are two carriers of this one law.

import type { Ledger, Settings, Timers } from "./core.ts";

export interface Delivery {
  kind: "events_api" | "interactive" | "slash_commands";
  payload: Record<string, unknown>;
  eventId?: string;
  attempt: number;
  reason?: string;
}

/** What became of one delivery, retries included. `response` is what travelled in the acknowledgement. */
export interface Outcome {
  acked: boolean;
  response?: unknown;
}

/** One attempt. `noRetry` is Slack's way for a receiver to decline further attempts. */
export type AttemptResult =
  | { acked: true; response?: unknown }
  | { acked: false; reason: string; noRetry?: boolean };

export interface Carrier {
  attempt: (delivery: Delivery) => Promise<AttemptResult>;
}

export interface Deliveries {
  carrier: Carrier;
  send: (delivery: Omit<Delivery, "attempt">) => Promise<Outcome>;
  /** The next `times` events arrive twice, with the same event id, at the same time. */
  duplicateNext: (times: number) => void;
  /** The newest delivery of this kind once more, late, with the ids that it had. */
  redeliver: (kind: Delivery["kind"]) => Promise<Outcome>;
  /** Holds all events back until released, in order or reversed. */
  hold: () => (order?: "same" | "reversed") => void;
}

interface Parts {
  settings: Settings;
  ledger: Ledger;
  timers: Timers;
  carrier: Carrier;
}

export function createDeliveries(parts: Parts): Deliveries {
  const { settings, ledger, timers } = parts;
  let duplicates = 0;
  let held: (() => void)[] | undefined;
  const newest = new Map<Delivery["kind"], Delivery>();

  const run = async (first: Delivery): Promise<Outcome> => {
    let delivery = first;
    for (;;) {
      const result = await deliveries.carrier.attempt(delivery);
      const seen = delivery.eventId === undefined ? {} : { eventId: delivery.eventId };
      if (result.acked) {
        ledger.record({ kind: "acked", name: delivery.kind, body: result.response, ...seen });
        return result.response === undefined ? { acked: true } : { acked: true, response: result.response };
      }
      ledger.record({ kind: "missed", name: delivery.kind, error: result.reason, ...seen });
      const waitMs = settings.times.retryMs[delivery.attempt];
      if (delivery.kind !== "events_api" || result.noRetry === true || waitMs === undefined) {
        ledger.record({ kind: "lost", name: delivery.kind, error: result.reason, ...seen });
        return { acked: false };
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      timers.after(waitMs, resolve);
      await promise;
      delivery = { ...first, attempt: delivery.attempt + 1, reason: result.reason };
    }
  };

  const deliveries: Deliveries = {
    carrier: parts.carrier,
    async send(given) {
      const delivery: Delivery = { ...given, attempt: 0 };
      newest.set(delivery.kind, delivery);
      if (delivery.kind === "events_api" && held !== undefined) {
        const { promise, resolve } = Promise.withResolvers<void>();
        held.push(resolve);
        await promise;
      }
      if (delivery.kind === "events_api" && duplicates > 0) {
        duplicates -= 1;
        const [outcome] = await Promise.all([run(delivery), run(delivery)]);
        return outcome;
      }
      return run(delivery);
    },
    async redeliver(kind) {
      const delivery = newest.get(kind);
      if (delivery === undefined) throw new Error(`nothing of the kind ${kind} was delivered yet`);
      return run(delivery.eventId === undefined ? delivery : { ...delivery, attempt: 3, reason: "timeout" });
    },
    duplicateNext(times) {
      duplicates = times;
    },
    hold() {
      const mine: (() => void)[] = [];
      held = mine;
      return (order = "same") => {
        held = undefined;
        for (const release of order === "same" ? mine : mine.toReversed()) release();
      };
    },
  };
  return deliveries;
}
