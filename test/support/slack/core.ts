// What every part of the strict Slack fake shares: settings, the ledger of what happened, seeded chance.
// Nothing here knows Slack's methods; it only makes sure that whatever happens is seen and can be waited for.
import { afterAwake } from "../awake.ts";

export interface Times {
  /** Slack's deadline for an acknowledgement. */
  ackMs: number;
  /** Waits before the second, third and fourth attempt of an unacknowledged event. */
  retryMs: readonly number[];
  pingMs: number;
  ticketMs: number;
  triggerMs: number;
  closeAfterWarningMs: number;
  editWindowMs: number;
  /** A stream that is silent for longer has ended. */
  streamIdleMs: number;
  /** Nova's own promise: no two pieces of a stream within less. */
  appendEveryMs: number;
}

export interface Settings {
  seed: number;
  lean: boolean;
  times: Times;
  /** chat.postMessage per channel: tokens per second and the burst. */
  postsPerSecond: number;
  postBurst: number;
  maxSockets: number;
  /** views.publish, per workspace. */
  homesPerMinute: number;
  /** Markup that may stay live in texts of the product (house rule). */
  allowMarkup: (markup: string) => boolean;
}

type EntryKind =
  | "request"
  | "response"
  | "socket.open"
  | "socket.close"
  | "frame.in"
  | "frame.out"
  | "http.out"
  | "http.back"
  | "acked"
  | "missed"
  | "lost"
  | "stored"
  | "user";

export interface Entry {
  seq: number;
  atMs: number;
  kind: EntryKind;
  /** Web API method, envelope type or the name of the user's deed. */
  name: string;
  body?: unknown;
  status?: number;
  headers?: Record<string, unknown>;
  envelopeId?: string;
  eventId?: string;
  socket?: number;
  error?: string;
}

/** `platform`: Slack itself would refuse or punish it. `house`: Nova promised not to do it. */
export interface Violation {
  rule: "platform" | "house";
  what: string;
  detail: unknown;
}

export interface Ledger {
  log: Entry[];
  violations: Violation[];
  record: (entry: Omit<Entry, "seq" | "atMs">) => void;
  violate: (rule: Violation["rule"], what: string, detail: unknown) => void;
  until: (predicate: (entry: Entry) => boolean, timeoutMs?: number) => Promise<Entry>;
}

interface Waiter {
  predicate: (entry: Entry) => boolean;
  resolve: (entry: Entry) => void;
}

/** `lean` drops bodies and headers from the kept log; whoever waits still sees them whole. */
export function createLedger(lean: boolean): Ledger {
  const log: Entry[] = [];
  const violations: Violation[] = [];
  const waiters = new Set<Waiter>();
  const startedAt = performance.now();
  let seq = 0;
  return {
    log,
    violations,
    record(partial) {
      const entry: Entry = { seq: (seq += 1), atMs: performance.now() - startedAt, ...partial };
      if (lean) {
        const { body: _body, headers: _headers, ...slim } = entry;
        log.push(slim);
      } else log.push(entry);
      for (const waiter of waiters) {
        if (!waiter.predicate(entry)) continue;
        waiters.delete(waiter);
        waiter.resolve(entry);
      }
    },
    violate(rule, what, detail) {
      violations.push({ rule, what, detail });
    },
    async until(predicate, timeoutMs = 10_000) {
      const past = log.find(predicate);
      if (past !== undefined) return past;
      const { promise, resolve, reject } = Promise.withResolvers<Entry>();
      const waiter: Waiter = { predicate, resolve };
      waiters.add(waiter);
      const timer = setTimeout(() => {
        waiters.delete(waiter);
        reject(
          new Error(`the fake Slack saw nothing that fits within ${timeoutMs} ms: ${predicate.toString()}`),
        );
      }, timeoutMs);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** mulberry32: small, fast and the same on every machine for one seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Timers that die with the fake, so that no test leaves one behind. */
export interface Timers {
  after: (ms: number, run: () => void) => () => void;
  /** For how long Slack waits for Nova, see `awake.ts`. */
  afterAwake: (ms: number, run: () => void) => () => void;
  clear: () => void;
}

export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>();
  const awake = new Set<() => void>();
  return {
    after(ms, run) {
      const timer = setTimeout(() => {
        running.delete(timer);
        run();
      }, ms);
      running.add(timer);
      return () => {
        running.delete(timer);
        clearTimeout(timer);
      };
    },
    afterAwake(ms, run) {
      const stop = afterAwake(ms, () => {
        awake.delete(stop);
        run();
      });
      awake.add(stop);
      return () => {
        awake.delete(stop);
        stop();
      };
    },
    clear() {
      for (const timer of running) clearTimeout(timer);
      for (const stop of awake) stop();
      running.clear();
      awake.clear();
    },
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
