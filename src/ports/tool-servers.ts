// What the engine asks of servers whose tools agents may hold: which of them are usable here and now, and how each
// server stands. A deed of theirs goes through the `Erp` port like any other; nothing in here can execute.
import type { Effect, Reader } from "../effects.ts";
import type { ProjectId } from "../ids.ts";

export type HeldTools = { readonly reads: readonly Reader[]; readonly effects: readonly Effect[] };
/** `changed`: connected, but a tool is not what the owner accepted, and therefore switched off. */
export type ToolServerStanding = {
  readonly name: string;
  readonly state: "connecting" | "ready" | "changed" | "failed" | "stopped";
  /** For a person: what is held, what is switched off, and the mend. */
  readonly detail: string;
};

export interface ToolServers {
  /** What the operator bound to this agent in this project. The same object as long as nothing changes. */
  toolsFor(agent: string, project: ProjectId): HeldTools;
  standing(): readonly ToolServerStanding[];
}
