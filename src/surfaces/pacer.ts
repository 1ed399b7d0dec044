// How fast a surface takes posts and edits. Plain token buckets decide first and cost nothing; what has to wait waits in
// a queue that lets the urgent pass, and what would wait long is put off in the journal instead.
import Bottleneck from "bottleneck";
import { pause } from "../deadline.ts";
import type { CallLimit, Clock, PostLimits } from "../ports.ts";
import type { ThreadId } from "../ids.ts";

export type Call = {
  readonly thread: ThreadId;
  readonly isEdit: boolean;
  /** 0 goes first, 9 last. */
  readonly urgency: number;
};
export type Pacer = {
  /** Null: go at once. Otherwise wait for `turn`, or come back later when that would take long. */
  readonly enter: (call: Call) => { readonly turn: Promise<void> } | { readonly laterMs: number } | null;
  /** The platform said wait: this call's kind alone, or everything. */
  readonly hold: (call: Call, forMs: number, isEverything: boolean) => void;
};

/** Whoever would wait longer gives its place up: the journal keeps it, and a crash finds it certainly not sent. */
const patienceMs = 10_000;
/** Lanes that nobody used for a while are as full as new ones. */
const laneLimit = 1_000;
const levels = 10;
const forever = new AbortController().signal;

export function createPacer(limits: PostLimits, clock: Clock): Pacer {
  const lanes = new Map<string, Lane>();
  const all = limits.all === null ? null : new Lane(limits.all, clock);
  const laneOf = ({ thread, isEdit }: Call): Lane => {
    const key = isEdit
      ? `edit ${scopeOf(thread, limits.editsPer)}`
      : `post ${scopeOf(thread, limits.postsPer)}`;
    const lane = lanes.get(key) ?? new Lane(isEdit ? limits.edits : limits.posts, clock);
    if (!lanes.has(key)) makeRoom(lanes);
    lanes.set(key, lane);
    return lane;
  };
  return {
    enter: (call) => {
      const lane = laneOf(call);
      if (lane.isOpen() && (all === null || all.isOpen())) {
        lane.take();
        all?.take();
        return null;
      }
      const laterMs = Math.max(lane.waitMs(call.urgency), all?.waitMs(call.urgency) ?? 0);
      if (laterMs > patienceMs) return { laterMs };
      return { turn: lane.turn(call.urgency).then(async () => all?.turn(call.urgency)) };
    },
    hold: (call, forMs, isEverything) => (isEverything ? (all ?? laneOf(call)) : laneOf(call)).hold(forMs),
  };
}

function scopeOf(thread: ThreadId, per: "channel" | "thread" | "surface"): string {
  if (per === "surface") return "";
  return per === "thread" ? thread : thread.slice(0, thread.lastIndexOf(":"));
}

function makeRoom(lanes: Map<string, Lane>): void {
  if (lanes.size < laneLimit) return;
  for (const [key, lane] of lanes) if (lane.isFull()) lanes.delete(key);
}

/** One bucket, and the queue before it while it is empty. */
class Lane {
  readonly #limit: CallLimit;
  readonly #clock: Clock;
  readonly #waiting: number[] = Array.from({ length: levels }, () => 0);
  #tokens: number;
  #refilledAtMs: number;
  #heldUntilMs = 0;
  #queue: Bottleneck | null = null;

  constructor(limit: CallLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
    this.#tokens = limit.burst;
    this.#refilledAtMs = clock.now();
  }

  isOpen(): boolean {
    this.#refill();
    return this.#queue === null && this.#tokens >= 1 && this.#clock.now() >= this.#heldUntilMs;
  }

  isFull(): boolean {
    return this.isOpen() && this.#tokens >= this.#limit.burst;
  }

  take(): void {
    this.#tokens -= 1;
  }

  hold(forMs: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, this.#clock.now() + forMs);
  }

  /** How long somebody this urgent would wait, about. */
  waitMs(urgency: number): number {
    if (this.isOpen()) return 0;
    const before = this.#waiting.slice(0, urgency + 1).reduce((sum, count) => sum + count, 0);
    return this.#nextMs() + before * this.#limit.refillMs;
  }

  async turn(urgency: number): Promise<void> {
    if (this.isOpen()) return this.take();
    const queue = (this.#queue ??= this.#openQueue());
    this.#waiting[urgency] = (this.#waiting[urgency] ?? 0) + 1;
    await queue.schedule({ priority: urgency }, async () => {
      for (let leftMs = this.#nextMs(); leftMs > 0; leftMs = this.#nextMs())
        await pause(this.#clock, leftMs, forever);
      this.take();
      this.#waiting[urgency] = (this.#waiting[urgency] ?? 1) - 1;
    });
    return undefined;
  }

  /** Until the next token may be taken, in ms. */
  #nextMs(): number {
    this.#refill();
    const now = this.#clock.now();
    const tokenMs = this.#tokens >= 1 ? 0 : this.#refilledAtMs + this.#limit.refillMs - now;
    return Math.max(0, tokenMs, this.#heldUntilMs - now);
  }

  #refill(): void {
    const earned = Math.floor((this.#clock.now() - this.#refilledAtMs) / this.#limit.refillMs);
    if (earned <= 0) return;
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + earned);
    this.#refilledAtMs += earned * this.#limit.refillMs;
  }

  #openQueue(): Bottleneck {
    const queue = new Bottleneck({ maxConcurrent: 1 });
    // Not stopped: a stopped queue refuses what comes in the same instant. An idle one holds no timer.
    queue.once("idle", () => {
      this.#queue = null;
    });
    return queue;
  }
}
