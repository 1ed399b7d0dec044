// Which steps of a run stand on the words of an agent that the evidence speaks against: their marks, as the journal holds them,
// are said under the run's result too, because a progress post scrolls away.
import type { RunRow } from "../ports.ts";

const isMark = (detail: string): boolean => /^\S+ (?:⚠|a second look) /u.test(detail);

/** One line per finished step that bears a mark, in the order of the steps; null, like a run without any: none. */
export const stepMarks = (row: Pick<RunRow, "steps"> | null): readonly string[] =>
  (row?.steps ?? [])
    .filter(({ state, detail }) => state === "done" && isMark(detail))
    .map(({ name, detail }) => `Step “${name}”: ${detail}`);
