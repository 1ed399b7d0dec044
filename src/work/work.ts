// Room 5, work: each kind of assignment has one worker, and all have the same signature.
import type { Assignment } from "../assignment.ts";
import type { Briefed, Draft } from "../message.ts";

/** A briefed turn whose assignment is of one kind. */
export type Task<K extends Assignment["kind"]> = Briefed & {
  readonly assignment: Extract<Assignment, { kind: K }>;
};
export type Worker<K extends Assignment["kind"]> = (task: Task<K>) => Promise<Draft>;
export type Workers = { readonly [K in Assignment["kind"]]: Worker<K> };

export function createWork(workers: Workers): (briefed: Briefed) => Promise<Draft> {
  return async (briefed) => {
    const { assignment } = briefed;
    switch (assignment.kind) {
      case "agent":
        return workers.agent({ ...briefed, assignment });
      case "pipeline":
        return workers.pipeline({ ...briefed, assignment });
      case "plan":
        return workers.plan({ ...briefed, assignment });
      case "decision":
        return workers.decision({ ...briefed, assignment });
      case "verb":
        return workers.verb({ ...briefed, assignment });
      case "rating":
        return workers.rating({ ...briefed, assignment });
      case "fact":
        return workers.fact({ ...briefed, assignment });
      case "details":
        return workers.details({ ...briefed, assignment });
      case "edit":
        return workers.edit({ ...briefed, assignment });
      case "undo":
        return workers.undo({ ...briefed, assignment });
      case "rerun":
        return workers.rerun({ ...briefed, assignment });
      case "due":
        return workers.due({ ...briefed, assignment });
      case "question":
        return workers.question({ ...briefed, assignment });
      case "none":
        return workers.none({ ...briefed, assignment });
      case "say":
        return workers.say({ ...briefed, assignment });
      case "news":
        return workers.news({ ...briefed, assignment });
    }
  };
}
