// The parts a Nova is made of: given, so that a test can give others.
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import type { Directory } from "./people.ts";
import type {
  ChatAdapter,
  Clock,
  ContextStore,
  Durable,
  Entropy,
  Erp,
  FileReader,
  Journal,
  Model,
  ToolServers,
} from "./ports.ts";
import type { Stakes } from "./proposal.ts";
import type { JudgeReply } from "./replies/contract.ts";
import type { Roster } from "./roster.ts";
import type { Router } from "./routing/training.ts";
import type { EvalResult } from "./trust/measure.ts";
import type { TrustSettings } from "./trust/trust-config.ts";
import type { Trust } from "./trust/trust.ts";

/** What a Nova is given. */
export type Given = {
  readonly config: Config;
  readonly directory: Directory;
  readonly journal: Journal;
  readonly context: ContextStore;
  readonly durable: Durable;
  /** ERPs of the config, and what is reached through tool servers, each by its instance's name. */
  readonly erps: ReadonlyMap<string, Erp>;
  readonly toolServers: ToolServers;
  readonly model: Model;
  readonly roster: Roster;
  readonly router: Router;
  readonly trustSettings: TrustSettings;
  /** Evals of the agents with the model that is in use; absent: none were measured. */
  readonly evals?: (() => readonly EvalResult[]) | undefined;
  readonly adapters: readonly ChatAdapter[];
  readonly files: FileReader;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** What each operation is worth at least; absent: the house's own table. */
  readonly operations?: Readonly<Record<string, Stakes>> | undefined;
  /** Whether a reply kept its contract; absent: the house's own judge. Given only to prove that everything leans on it. */
  readonly judge?: JudgeReply | undefined;
  /** Shown in the terminal or log alone; absent: the local page approves nothing of high stakes. */
  readonly webCode?: string | undefined;
  readonly log: Pick<Logger, "info" | "warn" | "error" | "debug">;
};

export type Parts = Given & { readonly trust: Trust };
