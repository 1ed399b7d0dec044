// What every verb is made of.
import type { Draft, Turn } from "../message.ts";
import type { Homes } from "../board/homes.ts";
import type { Budget } from "../budget.ts";
import type { Directory } from "../people.ts";
import type { MemoryOf } from "../memory/facts.ts";
import type {
  ChatAdapter,
  Clock,
  ContextStore,
  Durable,
  Erp,
  Journal,
  Model,
  ToolServers,
  VerbSpec,
} from "../ports.ts";
import { say } from "../post.ts";
import type { Roster } from "../roster.ts";
import { answered } from "../work/spoken.ts";
import type { Stops } from "../turns/stops.ts";
import type { RunStopping } from "../work/run-end.ts";
import type { Trust } from "../trust/trust.ts";
import type { Task } from "../work/work.ts";

export type VerbDeps = RunStopping & {
  readonly journal: Journal;
  readonly roster: Roster;
  readonly erps: ReadonlyMap<string, Erp>;
  readonly directory: Directory;
  readonly memoryOf: MemoryOf;
  readonly context: ContextStore;
  readonly durable: Durable;
  readonly clock: Clock;
  readonly model: Model;
  readonly budget: Budget;
  readonly trust: Trust;
  readonly adapters: readonly ChatAdapter[];
  readonly toolServers: Pick<ToolServers, "standing">;
  readonly stops: Pick<Stops, "verdictOn">;
  readonly specs: readonly VerbSpec[];
  readonly homes: Pick<Homes, "source" | "open">;
  /** Agents that this person may use in this place. */
  readonly agentsFor: (turn: Turn) => readonly { readonly id: string; readonly job: string }[];
};
export type Verb = VerbSpec & {
  /** Guests may use it. */
  readonly isForEveryone: boolean;
  readonly run: (task: Task<"verb">, deps: VerbDeps) => Promise<Draft>;
};

export const lines = (task: Task<"verb">, ...text: readonly string[]): Draft =>
  answered(task, say(text.join("\n")));
/** One clear sentence where this verb has nothing to work on. */
export const noProject = (task: Task<"verb">): Draft =>
  lines(
    task,
    "This channel belongs to no project. Add it to a project's `channels` in the config, or ask in a channel that has one.",
  );
