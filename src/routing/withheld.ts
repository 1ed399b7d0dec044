// The last stage: what was decided over a message that says what not to do, or only tells something, reaches nobody who
// can change anything; it is asked about. It takes routes away and adds none, so no line can be passed by it.
import { parseAddress } from "./address.ts";
import { toQuestion, type Scene } from "./decision.ts";
import { negationIn, type Negation } from "./negation.ts";
import { isGuarded, rank } from "./ranking.ts";
import type { RosterEntry, RouteDecision } from "./route.ts";

type Parts = Extract<RouteDecision["target"], { kind: "plan" }>["parts"];

function isHeld(negation: Negation, agent: RosterEntry): boolean {
  return negation.holds === "guarded" ? isGuarded(agent) : agent.role === "pipeline";
}

/** All whom the decision reaches, or would reach by one press. */
function reachedBy({ target }: RouteDecision): readonly string[] {
  if (target.kind === "agent") return [target.agent];
  if (target.kind === "plan") return target.parts.map(({ agent }) => agent);
  return target.kind === "ask"
    ? [...target.options, ...(target.all?.parts ?? []).map(({ agent }) => agent)]
    : [];
}

/** A part that is not to be done is no part. */
function allOf({
  target,
}: RouteDecision): { readonly coordinator: string; readonly parts: Parts } | undefined {
  const shared = target.kind === "plan" ? target : target.kind === "ask" ? target.all : undefined;
  const parts = shared?.parts.filter(({ text }) => negationIn(text) === null) ?? [];
  return shared === undefined || parts.length < 2 ? undefined : { coordinator: shared.coordinator, parts };
}

/** Whom what is left of the message is for comes first: that was asked for. */
function optionsOf(scene: Scene, decided: RouteDecision, rest: string | null): readonly string[] {
  const [best] = rest === null ? [] : rank(scene.input, scene.candidates, rest);
  return [...new Set([...(best === undefined ? [] : [best.agent.id]), ...reachedBy(decided)])];
}

/** A press or a command names its agent on purpose; a name typed in front of "don't ..." makes it no wish. */
function wordsOf({ input }: Scene): string {
  return parseAddress(input.text, input.roster)?.rest ?? input.text;
}

/** The decision itself, or a question in its place. */
export function withheld(scene: Scene, decided: RouteDecision): RouteDecision {
  if (scene.input.address !== null || decided.target.kind === "none") return decided;
  // An answer that names one of the choices speaks of the message before it.
  const { waiting } = scene.input.thread;
  if (decided.stage === "waiting" && waiting?.kind !== "input") return decided;
  const reached = reachedBy(decided).flatMap((id) => scene.byId.get(id) ?? []);
  if (!reached.some(isGuarded)) return decided;
  const negation = negationIn(wordsOf(scene));
  if (negation === null) return decided;
  if (decided.stage === "waiting" && !negation.isRefusal) return decided;
  if (!reached.some((agent) => isHeld(negation, agent))) return decided;
  return toQuestion(scene, "withheld", {
    options: optionsOf(scene, decided, negation.rest),
    reasons: [negation.reason, ...decided.reasons],
    needs: "confirm",
    all: allOf(decided),
  });
}
