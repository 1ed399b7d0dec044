// A project's memory: facts and decisions with who said them and when. The project is in the handle, so there is
// no call without one, and no call that could name another's.
import type { ProjectMemory } from "../effects.ts";
import type { ProjectId } from "../ids.ts";
import type { PackItem } from "../pack.ts";
import type { Clock, Fact, Journal } from "../ports.ts";
import { labelOf, lastWordAt } from "./staleness.ts";

export type Memory = ProjectMemory & {
  /** Committed and readable back when it resolves. */
  readonly remember: (fact: Omit<Fact, "project">) => Promise<void>;
  /** Overwrites the words; false: there is no such fact in this project. */
  readonly forget: (id: string, by: string) => Promise<boolean>;
  readonly find: (id: string) => Promise<PackItem | null>;
  /** Somebody says that it is still true; false: there is no such fact in this project. */
  readonly vouch: (id: string, voucher: { readonly by: string; readonly at: number }) => Promise<boolean>;
  /** `next` takes its place, as the same kind of statement; false: there is no such fact in this project. */
  readonly supersede: (id: string, next: Omit<Fact, "project" | "kind">) => Promise<boolean>;
  readonly all: (limit: number) => Promise<readonly PackItem[]>;
};
export type MemoryOf = (project: ProjectId) => Memory;

export function createMemory(journal: Journal, clock: Clock): MemoryOf {
  return (project) => {
    const toItem = (fact: Fact): PackItem => ({
      id: fact.id,
      source: `${fact.kind} by ${fact.saidBy}`,
      at: lastWordAt(fact),
      label: labelOf(fact, clock.now()),
      text: fact.text,
    });
    return {
      remember: async (fact) => journal.remember({ ...fact, project }),
      forget: async (id, by) => journal.forget(project, id, by),
      find: async (id) => {
        const fact = await journal.fact(project, id);
        return fact === null ? null : toItem(fact);
      },
      vouch: async (id, voucher) => journal.vouch(project, id, voucher),
      supersede: async (id, next) => {
        const old = await journal.fact(project, id);
        // Taken up again after a crash, the old one is gone already and its successor there.
        const kind = old?.kind ?? (await journal.fact(project, next.id))?.kind ?? "fact";
        return journal.supersede(id, { ...next, project, kind });
      },
      recall: async (text, limit) => (await journal.recall(project, text, limit)).map(toItem),
      all: async (limit) => (await journal.facts(project, limit)).map(toItem),
    };
  };
}
