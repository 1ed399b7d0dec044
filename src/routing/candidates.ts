// Stage 0: who may be reached at all. Every later stage picks from this set, so a forbidden agent is impossible,
// not unlikely.
import type { PersonClass, RosterEntry, RouteInput } from "./route.ts";

function isForPerson(entry: RosterEntry, person: PersonClass): boolean {
  if (person === "visitor") return entry.surface === "site";
  if (entry.surface === "site") return false;
  const isTrusted = person === "owner" || person === "member";
  return isTrusted || ((entry.role === "chat" || entry.role === "language") && !entry.hasEffects);
}

/** Patterns are an exact id, `role/*` or `*`; anything else matches nothing. */
function matchesPattern(id: string, pattern: string): boolean {
  if (pattern === "*" || pattern === id) return true;
  return pattern.endsWith("/*") && id.startsWith(pattern.slice(0, -1));
}

/** Sorted by id, so that every tie below falls the same way. */
export function candidatesOf(
  input: Pick<RouteInput, "roster" | "person" | "projectAgents">,
): readonly RosterEntry[] {
  const { roster, person, projectAgents } = input;
  return roster
    .filter((entry) => isForPerson(entry, person))
    .filter((entry) => projectAgents?.some((pattern) => matchesPattern(entry.id, pattern)) ?? true)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Why a known agent is not a candidate, as the person should read it. */
export function whyNotHere(entry: RosterEntry, input: Pick<RouteInput, "person" | "projectAgents">): string {
  if (!isForPerson(entry, input.person)) {
    return entry.surface === "site"
      ? `${entry.id} only serves visitors of the public site.`
      : `${entry.id} is not open to a ${input.person}; an owner or a member may use it.`;
  }
  const allowed = input.projectAgents ?? [];
  return `${entry.id} is not used in this project (${allowed.join(", ") || "no agents"}); ask it in a direct message or in a project that allows it.`;
}

/** Whose work is to split what a person wrote; no request of one part is for it. */
export function isSplitter(entry: RosterEntry): boolean {
  return entry.role === "coordinator" && entry.hasPlan !== true;
}
