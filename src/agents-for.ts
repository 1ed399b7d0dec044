// Which agents exist for this person in this place: an agent outside this list is impossible, not unlikely.
import type { Turn } from "./message.ts";
import type { Roster } from "./roster.ts";
import { candidatesOf } from "./routing/candidates.ts";

export function agentsFor(
  roster: Roster,
): (turn: Turn) => readonly { readonly id: string; readonly job: string }[] {
  const routing = roster.toRouting();
  return (turn) =>
    candidatesOf({ roster: routing, person: turn.person.class, projectAgents: turn.project?.agents ?? null });
}
