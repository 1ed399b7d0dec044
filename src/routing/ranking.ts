// Calibrated probabilities of the candidates for one text: what the scoring stages compare.
import { natsOf, toProbability } from "./calibration.ts";
import type { RosterEntry, RouteInput } from "./route.ts";
import { bestOf, evidenceOf, score, type Scores } from "./scoring.ts";
import { respell } from "./spelling.ts";
import type { Router } from "./training.ts";

export interface Ranked {
  readonly agent: RosterEntry;
  readonly probability: number;
  readonly nats: number;
}

export type Ranking = readonly Ranked[];

/** Breaks ties and never overrules. */
const strongestPrior = 0.5;

/** Agents that can change something: no thread prior, never below their line. */
export function isGuarded(agent: RosterEntry): boolean {
  return agent.hasEffects || agent.role === "pipeline";
}

/** The probability this agent needs; null where none is enough. */
export function lineOf(router: Router, agent: RosterEntry): number | null {
  return isGuarded(agent) || agent.stakes !== "low" ? router.high : router.low;
}

export function reachesLine(router: Router, ranked: Ranked): boolean {
  const line = lineOf(router, ranked.agent);
  return line !== null && ranked.probability >= line;
}

/** A prior may hold a guarded agent back; it may not help one over its line. */
function priorOf(input: Pick<RouteInput, "priors">, agent: RosterEntry): number {
  const prior = input.priors?.[agent.id] ?? 0;
  if (!Number.isFinite(prior)) return 0;
  return Math.min(Math.max(prior, -strongestPrior), isGuarded(agent) ? 0 : strongestPrior);
}

interface Reading {
  readonly scores: Scores;
  /** The best class of all. */
  readonly top: number;
  readonly topNats: number;
}

/** As it was typed, or with its slips mended where that is the surer reading. */
function read({ classifier, calibrator, openings }: Router, text: string): Reading {
  const readings = [text, respell(text, { words: openings, vocabulary: classifier.vocabulary })].flatMap(
    (words) => {
      if (words === null) return [];
      const scores = score(classifier, words);
      const top = bestOf(scores.margins);
      return [{ scores, top, topNats: natsOf(calibrator, evidenceOf(scores, top)) }];
    },
  );
  return readings.reduce((best, other) => (other.topNats > best.topNats ? other : best));
}

/**
 * Candidates by falling probability, ties by id. Scores of all classes count, also of agents that are no
 * candidates: a message that clearly belongs to a forbidden agent is not pushed onto an allowed one.
 */
export function rank(
  input: Pick<RouteInput, "router" | "priors">,
  candidates: readonly RosterEntry[],
  text: string,
): Ranking {
  const { classifier, calibrator } = input.router;
  const { scores, top, topNats } = read(input.router, text);
  const topProbability = toProbability(topNats);
  const ranked = candidates.map((agent) => {
    const label = classifier.labelOf.get(agent.id);
    if (label === undefined) return { agent, probability: 0, nats: Number.NEGATIVE_INFINITY };
    const nats = natsOf(calibrator, evidenceOf(scores, label)) + priorOf(input, agent);
    const most = label === top ? 1 : 1 - topProbability;
    return { agent, probability: Math.min(toProbability(nats), Math.max(most, 0)), nats };
  });
  return ranked.toSorted(
    (a, b) => b.probability - a.probability || b.nats - a.nats || (a.agent.id < b.agent.id ? -1 : 1),
  );
}
