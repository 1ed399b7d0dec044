// Where the router sends what an agent's own evals ask: an agent that answers well and is never reached is of no use. Needs
// no language model.
import type { Card } from "../agent.ts";
import type { RouteDecision } from "../routing/route.ts";
import type { Routed } from "./agents-report.ts";
import { routeOf } from "./rehearsal.ts";
import type { Stage } from "./rehearsal.ts";

/** What somebody else should get is nobody's loss when it never comes here. */
const ownAsks = (card: Card): readonly string[] =>
  (card.kind === "agent" ? card.evals.filter(({ arm }) => arm !== "declined") : card.evals).map(
    ({ ask }) => ask,
  );

/** Each ask as an owner would write it in a fresh thread. */
export function routedAsks(
  stage: Pick<Stage, "roster" | "router">,
  { id, card }: { readonly id: string; readonly card: Card },
): Routed {
  const routed = ownAsks(card).map((ask) => ({ ask, target: routeOf(stage, ask).target }));
  return {
    reached: routed.filter(({ target }) => reaches(target, id)).length,
    asked: routed.filter(({ target }) => target.kind === "ask" && target.options.includes(id)).length,
    elsewhere: routed
      .filter(({ target }) => !finds(target, id))
      .map(({ ask, target }) => ({ ask, to: wordsOf(target) })),
  };
}

type Target = RouteDecision["target"];

const finds = (target: Target, id: string): boolean =>
  reaches(target, id) || (target.kind === "ask" && target.options.includes(id));

/** A part of a plan is work for it too, and the plan itself is its coordinator's. */
function reaches(target: Target, id: string): boolean {
  if (target.kind === "agent") return target.agent === id;
  return (
    target.kind === "plan" && (target.coordinator === id || target.parts.some(({ agent }) => agent === id))
  );
}

function wordsOf(target: Target): string {
  switch (target.kind) {
    case "agent":
      return target.agent;
    case "plan":
      return target.parts.map(({ agent }) => agent).join(" and ");
    case "ask":
      return `a question between ${target.options.join(", ")}`;
    case "none":
      return "nobody";
    case "decision":
      return "a card";
    default:
      return target satisfies never;
  }
}
