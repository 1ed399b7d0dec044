// What an adapter is given to look back with, held in the test: it outlives restarts, as a journal would.
import type { Gap, Recall } from "../../src/ports.ts";

export type TestRecall = Recall & {
  readonly open: Gap[];
  readonly notes: Map<string, string>;
  readonly told: { readonly thread: string; readonly words: string }[];
};

export function createTestRecall(bound: Recall["bound"] = []): TestRecall {
  const open: Gap[] = [];
  const notes = new Map<string, string>();
  const told: TestRecall["told"] = [];
  return {
    open,
    notes,
    told,
    bound,
    gaps: async () => [...open],
    closed: async (gaps) => {
      for (const { thread } of gaps)
        open.splice(
          open.findIndex((gap) => gap.thread === thread),
          1,
        );
    },
    tell: async (thread, _key, words) => void told.push({ thread, words }),
    note: async (key) => notes.get(key) ?? null,
    keepNote: async (key, words) => void notes.set(key, words),
  };
}
