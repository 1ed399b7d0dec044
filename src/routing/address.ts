// Stage 1: names of agents, in a command or at the very start of a message. Nothing further inside a text can
// address anybody, so a quoted "erp/sales: ..." is only words.
import type { RosterEntry } from "./route.ts";

export interface Address {
  readonly name: string;
  /** The message without its address. */
  readonly rest: string;
}

const mention = /^\s*@([\p{L}\p{N}][\p{L}\p{N}_/-]*)[:,]?(?=\s|$)\s*/u;
const prefix = /^\s*(\p{L}[\p{L}\p{N}_-]*(?:\/[\p{L}\p{N}_-]+)?)\s*:(?!\/)\s*/u;
const roleNames = new Set(["chat", "language", "erp", "pipeline", "coordinator"]);
// "stok: ..." is a slip, "note: ..." is a sentence.
const slipDistance = 1;
const nearestCount = 3;

function shortName(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}

/** Agents that a name may mean: the exact id, or every agent of that short name. */
export function namedAgents(name: string, roster: readonly RosterEntry[]): readonly RosterEntry[] {
  const wanted = name.toLowerCase();
  const exact = roster.filter((entry) => entry.id === wanted);
  return exact.length > 0 ? exact : roster.filter((entry) => shortName(entry.id) === wanted);
}

function editDistance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const swap = (above[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(swap, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[right.length] ?? 0;
}

function distanceTo(name: string, entry: RosterEntry): number {
  return Math.min(editDistance(name, entry.id), editDistance(name, shortName(entry.id)));
}

/** Up to three names a person may have meant; nearest first, ties by id. */
export function nearestNames(name: string, agents: readonly RosterEntry[]): readonly string[] {
  const wanted = name.toLowerCase().slice(0, 80);
  return agents
    .map((entry) => ({ id: entry.id, distance: distanceTo(wanted, entry) }))
    .toSorted((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
    .slice(0, nearestCount)
    .map((near) => near.id);
}

function isAddress(name: string, roster: readonly RosterEntry[]): boolean {
  const [role, agent] = name.toLowerCase().split("/");
  if (agent !== undefined) return roleNames.has(role ?? "");
  if (namedAgents(name, roster).length > 0) return true;
  const word = name.toLowerCase();
  return word.length > 3 && roster.some((entry) => distanceTo(word, entry) <= slipDistance);
}

/**
 * The address a text begins with: `@agent ...` always is one; `agent: ...` is one when it names, or nearly names,
 * somebody, because people also write "note: ...". Null when the text addresses nobody.
 */
export function parseAddress(text: string, roster: readonly RosterEntry[]): Address | null {
  const head = text.slice(0, 200);
  const mentioned = mention.exec(head);
  const found = mentioned ?? prefix.exec(head);
  const name = found?.[1];
  if (found === null || name === undefined) return null;
  if (mentioned === null && !isAddress(name, roster)) return null;
  return { name, rest: text.slice(found[0].length) };
}
