// Forgetting a fact: its words go from the journal, and the running summaries that may hold half a sentence of it are
// made anew from what is left.
import { changedContext } from "./context.ts";
import type { MemoryOf } from "./facts.ts";
import type { Project } from "../person.ts";
import type { ContextStore } from "../ports.ts";

type Deps = { readonly memoryOf: MemoryOf; readonly context: ContextStore };
type Forgotten = { readonly id: string; readonly by: string };

/** False: there is no such fact in this project. */
export async function forgetFact(deps: Deps, project: Project, { id, by }: Forgotten): Promise<boolean> {
  const memory = deps.memoryOf(project.id);
  if ((await memory.find(id)) === null) return false;
  // The summary first: a failure there leaves the fact in its place, so that the same words can be said again.
  await dropSummaries(deps.context, project);
  return memory.forget(id, by);
}

async function dropSummaries(context: ContextStore, { id, channels }: Project): Promise<void> {
  for (const channel of channels) {
    const current = await context.read(id, channel);
    if (current === null || current.summary === "") continue;
    await context.update(id, channel, (now) =>
      changedContext(now, () => ({ summary: "", summarisedAt: null, turnsSinceSummary: 0 })),
    );
  }
}
