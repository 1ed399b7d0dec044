// One request, tried until it is answered, fails for good, or has begun to answer. The SDK's own retries are off: it
// obeys any `retry-after`, even of days, and does not notice a stream that falls silent.
import type Anthropic from "@anthropic-ai/sdk";
import { Stream } from "@anthropic-ai/sdk/streaming";
import type { MessageCreateParamsStreaming } from "@anthropic-ai/sdk/resources/messages";
import type { Clock, Limiter } from "../../src/ports.ts";
import type { NovaFailure } from "../../src/failures.ts";
import { createCollector } from "./collector.ts";
import type { Collected, Collector } from "./collector.ts";
import { parseWireEvent } from "./events.ts";
import { fault, isUnasked, toFault, toStreamFault } from "./faults.ts";
import type { Fault } from "./faults.ts";
import { createWatchdog, orAborted, pause } from "./patience.ts";
import type { Watchdog } from "./patience.ts";
import type { Tokens } from "./prices.ts";
import type { TextSink } from "./text-sink.ts";

export type Wire = {
  readonly client: Anthropic;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly idleMs: number;
};
export type Attempt = {
  readonly params: MessageCreateParamsStreaming;
  readonly signal: AbortSignal;
  readonly sink: TextSink | null;
  /** Asked before each request that goes out; throws when it may not. What it gives is told once what that has cost. */
  readonly pay: (params: MessageCreateParamsStreaming) => Promise<Paid>;
};
/** Null: nobody said. */
export type Paid = (cost: Tokens | null) => void;
type Outcome = { readonly collected: Collected } | { readonly fault: Fault };

const maxRetries = 3;
const maxRetryAfterMs = 10_000;
const firstPauseMs = 500;
const longestPauseMs = 8_000;
/** More than any model writes; an endpoint that goes on is broken. */
const maxAnswerCharacters = 4_000_000;

/** Throws the NovaFailure of the last try. */
export async function askPatiently(wire: Wire, attempt: Attempt): Promise<Collected> {
  for (let retries = 0; ; retries += 1) {
    const outcome = await takeTurn(wire, attempt);
    if ("collected" in outcome) return outcome.collected;
    const waitMs = pauseBefore(outcome.fault, retries, wire.chance);
    if (waitMs === null) throw outcome.fault.failure;
    await pause(wire.clock, waitMs, attempt.signal);
    if (attempt.signal.aborted) throw late(outcome.fault.failure).failure;
  }
}

function pauseBefore(fault: Fault, retries: number, chance: () => number): number | null {
  if (!fault.isPassing || retries >= maxRetries) return null;
  if (fault.retryAfterMs !== null) return fault.retryAfterMs <= maxRetryAfterMs ? fault.retryAfterMs : null;
  return chance() * Math.min(longestPauseMs, firstPauseMs * 2 ** retries);
}

const late = (before: NovaFailure | null): Fault =>
  fault("model.late", `Out of time${before === null ? "" : ` after: ${before.detail}`}.`);

function takeTurn(wire: Wire, attempt: Attempt): Promise<Outcome> {
  const { signal } = attempt;
  if (signal.aborted) return Promise.resolve({ fault: late(null) });
  const task = wire.limiter.run(attempt.params.model, async (): Promise<Outcome> =>
    signal.aborted ? { fault: late(null) } : ask(wire, attempt),
  );
  return orAborted(task, signal, () => ({ fault: late(null) }));
}

const nothing: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

async function ask(wire: Wire, attempt: Attempt): Promise<Outcome> {
  const { params, signal, pay } = attempt;
  const paid = await pay(params);
  if (!signal.aborted) return send(wire, attempt, paid);
  paid(nothing);
  return { fault: late(null) };
}

async function send(wire: Wire, { params, signal, sink }: Attempt, paid: Paid): Promise<Outcome> {
  const controller = new AbortController();
  // Told at once, so that who cancels it can count it.
  const abort = (): void => {
    tell(collector.spent());
    controller.abort();
  };
  signal.addEventListener("abort", abort, { once: true });
  const watchdog = createWatchdog(wire.clock, wire.idleMs, abort);
  const collector = createCollector(sink);
  let isTold = false;
  const tell = (cost: Tokens | null): void => {
    if (!isTold) paid(cost);
    isTold = true;
  };
  const giveUp = (): void => {
    watchdog.stop();
    controller.abort();
  };
  try {
    const response = await wire.client.messages.create(params, { signal: controller.signal }).asResponse();
    const early = await read(response, { controller, collector, watchdog });
    const outcome = early === null ? toOutcome(collector) : { fault: early };
    return "fault" in outcome ? settle(outcome.fault) : outcome;
  } catch (thrown) {
    if (isUnasked(thrown)) tell(nothing);
    return settle(toFault(thrown, wire.clock.now()));
  } finally {
    signal.removeEventListener("abort", abort);
    if (!collector.isComplete()) giveUp();
    tell(collector.spent());
  }

  function settle(found: Fault): Outcome {
    if (signal.aborted) return { fault: late(null) };
    const silence = `Nothing came for ${String(wire.idleMs)} ms.`;
    const seen = watchdog.hasBarked() ? fault("model.late", silence, { isPassing: true }) : found;
    return { fault: { ...seen, isPassing: seen.isPassing && !collector.hasBegun() } };
  }
}

type Reading = {
  readonly controller: AbortController;
  readonly collector: Collector;
  readonly watchdog: Watchdog;
};

/** Null when the stream ended by itself. Pings count as life: a model that thinks sends nothing else. */
async function read(response: Response, reading: Reading): Promise<Fault | null> {
  const { controller, collector, watchdog } = reading;
  watchdog.touch();
  const events = Stream.rawEvents(response, controller);
  let characters = 0;
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    watchdog.touch();
    const { data } = next.value;
    characters += data.length;
    if (characters > maxAnswerCharacters) return fault("model.cut", "The endpoint's answer does not end.");
    const event = parseWireEvent(data);
    if (event?.type === "error") return toStreamFault(event.error);
    if (event !== null) collector.add(event);
    if (collector.isComplete()) {
      void readEnd(events, reading);
      break;
    }
  }
  return null;
}

/** The answer is whole; only a stream that was read to its end leaves its connection to the next request. */
async function readEnd(events: AsyncIterator<unknown>, { controller, watchdog }: Reading): Promise<void> {
  try {
    const { done } = await events.next();
    if (done !== true) controller.abort();
  } catch {
    // The connection is gone, and it was all that was still at stake.
  } finally {
    watchdog.stop();
  }
}

function toOutcome(collector: Collector): Outcome {
  if (collector.isComplete()) return { collected: collector.collected() };
  return { fault: fault("model.down", "The answer broke off before its end.", { isPassing: true }) };
}
