// An agent declined in favour of another one: the receiving side parses what is handed to it and asks the law. Taken, it
// is that agent's turn with the person's own words; offered, a person presses; anything else ends as a failure that says so.
import type { Assignment } from "../assignment.ts";
import { NovaFailure } from "../failures.ts";
import type { FailureKind } from "../failures.ts";
import { HandOff, noTrail } from "../hand-off.ts";
import type { Trail } from "../hand-off.ts";
import type { Assigned, Checked, Turn } from "../message.ts";
import type { Clock } from "../ports.ts";
import type { Roster } from "../roster.ts";
import { judgeHandOff } from "./hand-off-law.ts";

export type HandedOn =
  | { readonly kind: "on"; readonly assigned: Assigned }
  | { readonly kind: "stays"; readonly checked: Checked }
  | { readonly kind: "stopped"; readonly failure: NovaFailure; readonly trail: Trail };
type HandOnDeps = { readonly roster: Roster; readonly clock: Pick<Clock, "now"> };

const stopped = {
  refused: "handoff.refused",
  circle: "handoff.circle",
  "too deep": "handoff.deep",
} as const satisfies Record<string, FailureKind>;

export function createHandOn({ roster, clock }: HandOnDeps): (checked: Checked) => HandedOn {
  const routing = roster.toRouting();
  return (checked) => {
    const { declined, assignment, person, project } = checked;
    if (declined == null || assignment.kind !== "agent") return { kind: "stays", checked };
    const { instead: to, why: reason } = declined;
    const before = checked.trail ?? noTrail;
    const passed = [...before.passed, assignment.id];
    const projectAgents = project?.agents ?? null;
    const verdict = judgeHandOff({ to, passed }, { roster: routing, person: person.class, projectAgents });
    const { state } = verdict;
    const row = HandOff.parse({
      from: assignment.id,
      to,
      depth: passed.length,
      reason,
      state,
      at: clock.now(),
    });
    const trail: Trail = { passed, handOffs: [...before.handOffs, row], spent: spentIn(checked, before) };
    if ("why" in verdict) return { kind: "stopped", failure: toFailure(verdict, row), trail };
    if (state === "offered")
      return { kind: "stays", checked: { ...checked, trail: { ...trail, spent: before.spent } } };
    return { kind: "on", assigned: takenBy(roster, { checked, assignment, row, trail }) };
  };
}

function toFailure(
  verdict: { readonly state: keyof typeof stopped; readonly why: string },
  { from, to, reason }: HandOff,
): NovaFailure {
  const { state, why } = verdict;
  const forPerson =
    state === "refused" ? `${from} would hand this to ${to} (“${oneLine(reason)}”). ${why}` : why;
  return new NovaFailure(stopped[state], `${why} Reason of ${from}: ${reason}`, { forPerson });
}

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, " ");

type Taken = {
  readonly checked: Checked;
  readonly assignment: Extract<Assignment, { kind: "agent" }>;
  readonly row: HandOff;
  readonly trail: Trail;
};

/** Its words are the person's own: what the first agent said of them is shown, and given to nobody as an order. */
function takenBy(roster: Roster, { checked, assignment, row, trail }: Taken): Assigned {
  const card = roster.get(row.to);
  if (card.kind !== "agent")
    throw new NovaFailure("unexpected", `${row.to} can't take what was handed to it`);
  const reasons = [`${row.from} handed it on: ${oneLine(row.reason)}`];
  return {
    ...turnOf(checked),
    assignment: { ...assignment, id: row.to, card },
    route: { stage: "hand-off", reasons, candidates: checked.route.candidates },
    trail,
  };
}

/** Nothing that the agent before it was briefed with or made. */
function turnOf({ id, message, attempt, person, project, thread, button }: Turn): Turn {
  return { id, message, attempt, person, project, thread, button };
}

const spentIn = ({ usage }: Checked, { spent }: Trail): Trail["spent"] => ({
  inputTokens: spent.inputTokens + usage.inputTokens,
  outputTokens: spent.outputTokens + usage.outputTokens,
  dollars: spent.dollars + usage.dollars,
});
