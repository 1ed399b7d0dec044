// From a route decision (ids) to an assignment (cards): the last place where an agent is a name.
import type { CoordinatorCard } from "../agent.ts";
import type { Assignment } from "../assignment.ts";
import type { Waiting } from "../message.ts";
import { NovaFailure } from "../failures.ts";
import type { Roster } from "../roster.ts";
import type { RouteDecision } from "../routing/route.ts";

type Asked = {
  readonly text: string;
  readonly origin: string;
  readonly waiting: Waiting | null;
  /** Ids of the agents that exist for this person in this place. */
  readonly reachable: ReadonlySet<string>;
};

export function toAssignment(roster: Roster, decision: RouteDecision, asked: Asked): Assignment {
  const { target } = decision;
  switch (target.kind) {
    case "agent":
      return decision.needs === "confirm"
        ? { kind: "question", text: "Shall I?", options: described(roster, [target.agent]) }
        : toWork({ roster, id: target.agent, isAwaited: decision.stage === "waiting" }, asked);
    case "plan":
      return toPlan(roster, target, asked.text);
    case "ask":
      return {
        kind: "question",
        text: whichOf(decision, target.options),
        options: described(roster, target.options),
        ...(target.all === undefined ? {} : { all: target.all }),
      };
    case "none":
      return { kind: "none", why: decision.reasons.join(" "), nearest: described(roster, target.nearest) };
    case "decision":
      throw new NovaFailure("unexpected", "the scoring stages returned a decision");
  }
}

function whichOf({ stage, reasons }: RouteDecision, options: readonly string[]): string {
  const which = options.length === 1 ? "Shall this one take it?" : "Which of these should take it?";
  // Nobody may be left in doubt whether "don't" was heard.
  return stage === "withheld"
    ? `${reasons[0] ?? ""} Nothing was started and nothing was changed. ${which.replace(" it?", " it all the same?")} \`stop\` ends what is under way.`
    : which;
}

const described = (
  roster: Roster,
  ids: readonly string[],
): readonly { readonly id: string; readonly would: string }[] =>
  ids.map((id) => ({ id, would: roster.get(id).job }));

type Chosen = { readonly roster: Roster; readonly id: string; readonly isAwaited: boolean };

function toWork({ roster, id, isAwaited }: Chosen, asked: Asked): Assignment {
  const card = roster.get(id);
  // An awaited answer is read together with what it answers.
  const about = isAwaited && asked.waiting?.kind === "input" ? `${asked.waiting.about}\n` : "";
  const text = `${about}${asked.text}`;
  switch (card.kind) {
    case "agent":
      return { kind: "agent", id, card, text, origin: asked.origin };
    case "pipeline":
      return { kind: "pipeline", id, card, text };
    case "coordinator":
      return toStandingPlan({ roster, id, card }, asked);
  }
}

type Coordinated = { readonly roster: Roster; readonly id: string; readonly card: CoordinatorCard };

/** Its parts that may be reached here, each asked as the card says; an agent outside is left out, never replaced. */
function toStandingPlan({ roster, id, card }: Coordinated, { text, reachable }: Asked): Assignment {
  const parts = (card.parts ?? [])
    .map((part) => ({ id: roster.idOf(part.card), card: part.card, text: part.ask(text) }))
    .filter((part) => reachable.has(part.id));
  if (parts.length > 0) return { kind: "plan", id, card, parts };
  const why =
    card.parts === undefined
      ? `${id} splits a request over several agents: ask for two or more things in one message.`
      : `${id} asks agents that may not be used here; ask it in a project that allows them.`;
  return { kind: "say", text: why, isPrivate: false };
}

type PlanTarget = Omit<Extract<RouteDecision["target"], { kind: "plan" }>, "kind">;

export function toPlan(roster: Roster, target: PlanTarget, message: string): Assignment {
  const card = roster.get(target.coordinator);
  if (card.kind !== "coordinator")
    throw new NovaFailure("unexpected", `${target.coordinator} is no coordinator`);
  const parts = target.parts.map(({ text, agent }) => {
    const part = roster.get(agent);
    if (part.kind !== "agent")
      throw new NovaFailure("unexpected", `a plan named ${agent}, which can't take a part`);
    return { text, id: agent, card: part, message };
  });
  return { kind: "plan", id: target.coordinator, card, parts };
}
