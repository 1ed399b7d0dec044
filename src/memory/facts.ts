// A project's memory: facts and decisions with who said them and when. The project is in the handle, so there is
// no call without one, and no call that could name another's.
import type { ProjectMemory } from "../effects.ts";
import type { ProjectId } from "../ids.ts";
import type { PackItem } from "../pack.ts";
import type { Clock, Fact, Journal } from "../ports.ts";
import { labelOf } from "./staleness.ts";

export type Memory = ProjectMemory & {
  /** Committed and readable back when it resolves. */
  readonly remember: (fact: Omit<Fact, "project">) => Promise<void>;
  /** Overwrites the words; false: there is no such fact in this project. */
  readonly forget: (id: string) => Promise<boolean>;
  readonly all: (limit: number) => Promise<readonly PackItem[]>;
};
export type MemoryOf = (project: ProjectId) => Memory;

export function createMemory(journal: Journal, clock: Clock): MemoryOf {
  return (project) => {
    const toItem = (fact: Fact): PackItem => ({
      id: fact.id,
      source: `${fact.kind} by ${fact.saidBy}`,
      at: fact.at,
      label: labelOf(fact, clock.now()),
      text: fact.text,
    });
    return {
      remember: async (fact) => journal.remember({ ...fact, project }),
      forget: async (id) => journal.forget(project, id),
      recall: async (text, limit) => (await journal.recall(project, text, limit)).map(toItem),
      all: async (limit) => (await journal.facts(project, limit)).map(toItem),
    };
  };
}
