// Time, chance and limits are given, never taken: the same input and state give the same decision.
import type { ChannelId, ProjectId } from "../ids.ts";
import { z } from "zod";
import type { Json } from "./erp.ts";

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls once after `delayMs`; the returned function cancels. Never keeps the process alive by itself. */
  after(delayMs: number, call: () => void): () => void;
}

/** `bytes` random bytes as hex. */
export type Entropy = (bytes: number) => string;

/** Runs `task` when the limit allows; costs nothing while under it. */
export interface Limiter {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
}

/** Per-channel project context. Facts that must be queried live in the journal, never in here. */
export const ChannelContext = z.strictObject({
  schemaVersion: z.literal(1),
  rev: z.number().int().nonnegative(),
  profile: z.string(),
  conventions: z.array(z.string()),
  openItems: z.array(z.string()),
  summary: z.string(),
  /** Epoch ms and number of turns covered by `summary`; says how old it is. */
  summarisedAt: z.number().int().nullable(),
  turnsSinceSummary: z.number().int().nonnegative(),
});
export type ChannelContext = z.infer<typeof ChannelContext>;

/** A failed read or write throws a NovaFailure `context.unavailable`; it is never "no context". */
export interface ContextStore {
  /** Null: this channel has none yet. */
  read(project: ProjectId, channel: ChannelId): Promise<ChannelContext | null>;
  /** Read-modify-write under a per-key lock; `change` gets the current value (or null) and returns the next. */
  update(
    project: ProjectId,
    channel: ChannelId,
    change: (current: ChannelContext | null) => ChannelContext,
  ): Promise<ChannelContext>;
  close(): Promise<void>;
}

/** What a durable job is made of. A step that finished is never run again; one that was cut short is. */
export type DurableStep = {
  /** Runs `task` until it once succeeded, and remembers its JSON result. Fails when the deadline passes. */
  readonly once: <T extends Json>(
    name: string,
    deadlineMs: number,
    task: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T>;
  /** Sleeps until the signal or the time; neither says what happened: read the journal afterwards. */
  readonly waitFor: (name: string, signal: string, untilMs: number) => Promise<void>;
};
export type DurableJob = {
  readonly name: string;
  readonly version: number;
  readonly run: (runId: string, input: unknown, step: DurableStep) => Promise<void>;
  /** The run is over because something threw; called once, at least. */
  readonly failed: (runId: string, why: string) => Promise<void>;
};

/** Durable pipeline runs. The journal's run row commits first; the engine starts afterwards with the run's id as key. */
export interface Durable {
  start(jobs: readonly DurableJob[]): Promise<void>;
  /** Idempotent: the same run id starts once, also after a restart. */
  launch(run: { readonly id: string; readonly job: string; readonly input: unknown }): Promise<void>;
  /** Wakes whoever waits for the signal, now or as soon as it waits. Safe to repeat. */
  signal(name: string): Promise<void>;
  cancel(runId: string): Promise<void>;
  /** How a run stands with the engine: `open` goes on by itself, `over` never will, `missing` was never started. */
  standing(runId: string): Promise<"open" | "over" | "missing">;
  stop(): Promise<void>;
}
