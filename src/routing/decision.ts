// Builds the one shape that every stage ends in, so that no stage can forget what `/nova why` must show.
import { featureVersion } from "./features.ts";
import { lineOf, type Ranked, type Ranking } from "./ranking.ts";
import type { RosterEntry, RouteDecision, RouteInput } from "./route.ts";

/** A message with everything that the stages look at. */
export interface Scene {
  readonly input: RouteInput;
  readonly candidates: readonly RosterEntry[];
  readonly byId: ReadonlyMap<string, RosterEntry>;
  /** Candidates for the whole text. */
  readonly ranking: Ranking;
}

type Outcome = Pick<RouteDecision, "stage" | "target" | "needs" | "reasons">;

const shownCandidates = 5;
const weight = { low: 0, medium: 1, high: 2 } as const;

export function percent(probability: number): string {
  return `${Math.floor(probability * 1000) / 10} %`;
}

/** How sure the router is of one agent, in a person's words. */
export function sureness(scene: Scene, { agent, probability }: Ranked): string {
  const line = lineOf(scene.input.router, agent);
  const needed = line === null ? "it takes an address or a button" : `${percent(line)} needed`;
  return `${agent.id} fits with ${percent(probability)} (${needed}).`;
}

function agentsOf(target: RouteDecision["target"]): readonly string[] {
  switch (target.kind) {
    case "agent":
      return [target.agent];
    case "plan":
      return target.parts.map((part) => part.agent);
    case "ask":
      return target.options;
    case "decision":
    case "none":
      return [];
    default:
      return target satisfies never;
  }
}

export function decision(scene: Scene, outcome: Outcome): RouteDecision {
  const { router } = scene.input;
  const agents = agentsOf(outcome.target).flatMap((id) => scene.byId.get(id) ?? []);
  const strictest = agents.toSorted((a, b) => weight[b.stakes] - weight[a.stakes])[0];
  const lines = agents.map((agent) => lineOf(router, agent) ?? 1);
  return {
    ...outcome,
    candidates: scene.ranking
      .slice(0, shownCandidates)
      .map(({ agent, probability }) => ({ agent: agent.id, probability })),
    stakes: strictest?.stakes ?? "low",
    line: lines.length > 0 ? Math.max(...lines) : (router.low ?? 1),
    models: { features: featureVersion, classifier: router.id, embedder: null },
  };
}

export function toAgent(scene: Scene, stage: RouteDecision["stage"], found: Found): RouteDecision {
  const { lastAgent } = scene.input.thread;
  const isSwitch = lastAgent !== null && lastAgent !== found.agent;
  const reasons = isSwitch
    ? [...found.reasons, `Switching from ${lastAgent} to ${found.agent}.`]
    : found.reasons;
  return decision(scene, {
    stage,
    target: { kind: "agent", agent: found.agent },
    needs: "nothing",
    reasons: [...reasons],
  });
}

export interface Found {
  readonly agent: string;
  readonly reasons: readonly string[];
}

export interface Question {
  readonly options: readonly string[];
  readonly reasons: readonly string[];
  readonly needs: "answer" | "confirm";
  /** The plan that would do all of it. */
  readonly all?: Extract<RouteDecision["target"], { kind: "ask" }>["all"];
}

export function toQuestion(scene: Scene, stage: RouteDecision["stage"], question: Question): RouteDecision {
  return decision(scene, {
    stage,
    target: {
      kind: "ask",
      options: question.options.slice(0, 3),
      ...(question.all === undefined ? {} : { all: question.all }),
    },
    needs: question.needs,
    reasons: [...question.reasons],
  });
}

export interface Refusal {
  readonly nearest: readonly string[];
  readonly reasons: readonly string[];
}

export function toRefusal(scene: Scene, stage: RouteDecision["stage"], refusal: Refusal): RouteDecision {
  return decision(scene, {
    stage,
    target: { kind: "none", nearest: refusal.nearest.slice(0, 3) },
    needs: "nothing",
    reasons: [...refusal.reasons],
  });
}
