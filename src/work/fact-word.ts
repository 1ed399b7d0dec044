// What a person says of a remembered fact that an answer leaned on: still true, something else by now, or to be
// forgotten. Who said so, and when, goes into the audit chain with it.
import { canonicalHash } from "../canonical.ts";
import { forgetFact } from "../memory/forgetting.ts";
import type { MemoryOf } from "../memory/facts.ts";
import type { Draft } from "../message.ts";
import type { Project } from "../person.ts";
import type { Clock, ContextStore } from "../ports.ts";
import { say } from "../post.ts";
import { answered } from "./spoken.ts";
import type { Task } from "./work.ts";

type Deps = {
  readonly memoryOf: MemoryOf;
  readonly context: ContextStore;
  readonly clock: Pick<Clock, "now">;
};

export function createFactWorker(deps: Deps): (task: Task<"fact">) => Promise<Draft> {
  return async (task) => {
    const { person, project, message } = task;
    const privately = (text: string): Draft =>
      answered(task, say(text, { kind: "notice", only: message.account.id }));
    if ((person.class !== "owner" && person.class !== "member") || project === null)
      return privately("Only the owner and members of this project can say so; nothing was changed.");
    const told = await apply(deps, project, task);
    if (told === null)
      return privately(`The fact \`${task.assignment.fact}\` is no longer remembered; nothing was changed.`);
    return told.isChange ? answered(task, say(told.text, { kind: "receipt" })) : privately(told.text);
  };
}

type Told = { readonly text: string; readonly isChange: boolean };

async function apply(deps: Deps, project: Project, task: Task<"fact">): Promise<Told | null> {
  const { fact: id, change, words } = task.assignment;
  const { person, message } = task;
  const memory = deps.memoryOf(project.id);
  const by = person.name;
  switch (change) {
    case "confirm": {
      const isKnown = await memory.vouch(id, { by, at: deps.clock.now() });
      return isKnown ? { text: `Still true, says ${by} (\`${id}\`).`, isChange: true } : null;
    }
    case "forget": {
      const isGone = await forgetFact(deps, project, { id, by });
      return isGone ? { text: `Forgotten on ${by}'s word (\`${id}\`).`, isChange: true } : null;
    }
    case "update": {
      const text = (words ?? "").trim();
      if (text === "") return { text: "No new words were given; nothing was changed.", isChange: false };
      const next = `f-${canonicalHash([task.id, "fact"]).slice(0, 8)}`;
      const isTaken = await memory.supersede(id, {
        id: next,
        text,
        saidBy: by,
        at: message.at,
        turn: task.id,
      });
      return isTaken
        ? { text: `Updated by ${by}: ${text} (\`${next}\`, in place of \`${id}\`).`, isChange: true }
        : null;
    }
  }
}
