// How somebody decides: how often with a yes and how long after the card was shown, from the sealed record of votes. A person
// who approves everything within seconds is no control, and should see that.
import type { Decision } from "../ports.ts";

export type DecisionFigures = {
  readonly person: string;
  readonly decided: number;
  readonly approved: number;
  /** From the card's showing to the vote; null where no card of theirs says when it was shown. */
  readonly medianMs: number | null;
};

/** Whom it counts most comes first. */
export function decisionFigures(decisions: readonly Decision[]): readonly DecisionFigures[] {
  const byPerson = Map.groupBy(decisions, ({ person }) => person);
  return [...byPerson]
    .map(([person, own]) => ({
      person,
      decided: own.length,
      approved: own.filter(({ decision }) => decision === "approve").length,
      medianMs: medianOf(
        own.flatMap(({ at, shownAt }) => (shownAt === null ? [] : [Math.max(0, at - shownAt)])),
      ),
    }))
    .toSorted((left, right) => right.decided - left.decided || (left.person < right.person ? -1 : 1));
}

/** The middle one, or the mean of the two in the middle. */
function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

export function decisionWords({ person, decided, approved, medianMs }: DecisionFigures): string {
  const rate = Math.round((100 * approved) / decided);
  const time = medianMs === null ? "" : `, in ${durationWords(medianMs)} (median)`;
  return `${person}: ${decided} decided, ${rate} % approved${time}`;
}

function durationWords(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
