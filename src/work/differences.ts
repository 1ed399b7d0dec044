// What was approved beside what it would be now, line by line: only what an approval binds, never figures that age by
// themselves.
import type { Prepared } from "../ports.ts";

type Line = { readonly name: string; readonly value: string };
const none = "nothing";

/** One line per difference; empty when an approval of the one would fit the other. */
export function differencesOf(approved: Prepared, now: Prepared): readonly string[] {
  const before = byName(linesOf(approved));
  const after = byName(linesOf(now));
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) => {
    const [was, is] = [before.get(name) ?? [], after.get(name) ?? []];
    const count = Math.max(was.length, is.length);
    return Array.from({ length: count }, (_, at) => ({ was: was[at] ?? none, is: is[at] ?? none }))
      .filter((pair) => pair.was !== pair.is)
      .map((pair) => `${name}: approved ${pair.was}, now ${pair.is}`);
  });
}

/** One document may have two lines of the same name: they are compared in their order. */
function byName(lines: readonly Line[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, value } of lines) found.set(name, [...(found.get(name) ?? []), value]);
  return found;
}

const linesOf = ({ summary, changes, deltas, guards }: Prepared): readonly Line[] => [
  { name: "in one line", value: summary },
  ...changes.map(({ record, label, before, after }) => ({
    name: `${record} ${label}`,
    value: before === after ? (after ?? none) : `${before ?? none} → ${after ?? none}`,
  })),
  ...deltas.map(({ record, label, delta }) => ({ name: `${record} ${label}`, value: delta })),
  ...guards.map(({ check, isMet }) => ({ name: check, value: isMet ? "met" : "not met" })),
];
