// Time, chance and limits are given, never taken: the same input and state give the same decision.
import type { ChannelId, ProjectId } from "../ids.ts";
import { z } from "zod";

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

/** Durable pipeline runs. The journal's run row commits first; the engine starts afterwards with the run's id as key. */
export interface Durable {
  start(): Promise<void>;
  /** Idempotent: the same run id starts once. */
  launch(run: { readonly id: string; readonly agent: string; readonly input: unknown }): Promise<void>;
  /** Tells a run that its proposal was decided; the run reads the truth from the journal. */
  wake(proposalId: string): Promise<void>;
  cancel(runId: string): Promise<void>;
  stop(): Promise<void>;
}
