// Stage 5: several requests in one message. The shape of a plan never depends on the lines, so that raising a line
// turns a plan into a question and never into another route.
import { isSplitter } from "./candidates.ts";
import { isLeaning } from "./leaning.ts";
import { rank, reachesLine, type Ranked, type Ranking } from "./ranking.ts";
import type { RosterEntry, RouteInput } from "./route.ts";
import { cutParts, textOf, type Span } from "./split.ts";

interface PlanPart {
  readonly text: string;
  readonly ranked: Ranked;
}

export interface Plan {
  readonly parts: readonly PlanPart[];
  /** False when a part must be asked about first. */
  readonly isSure: boolean;
}

interface Scored {
  readonly span: Span;
  readonly ranked: Ranked;
}

// Below this a part is not taken for a request of its own.
const requestFloor = 0.4;
// Parts that are this sure, for different agents, are requests of their own however well the whole fits one of them.
const surelyApart = 0.8;

export type Scope = Pick<RouteInput, "router" | "priors" | "text">;

/** A part that lacks its verb is also tried with the one that the message began with ("show ..., and ..."). */
function bestFor(scope: Scope, doers: readonly RosterEntry[], part: string): Ranked | undefined {
  const [alone] = rank(scope, doers, part);
  if (alone === undefined || alone.probability >= requestFloor) return alone;
  const verb = /[\p{L}']+/u.exec(scope.text)?.[0] ?? "";
  const [inherited] = rank(scope, doers, `${verb} ${part}`);
  return inherited !== undefined && inherited.probability > alone.probability ? inherited : alone;
}

function isRequest(scored: Scored): boolean {
  return scored.ranked.probability >= requestFloor;
}

/** Leaning and unclear parts join their neighbour, as do neighbours for the same agent. */
function merge(scope: Scope, parts: readonly Scored[]): readonly Scored[] {
  const merged: Scored[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    const leans = isLeaning(textOf(scope.text, part.span), scope.router.classifier.vocabulary);
    const joins = leans || !isRequest(part) || part.ranked.agent.id === last?.ranked.agent.id;
    if (last === undefined) merged.push(part);
    else if (!isRequest(last)) {
      merged[merged.length - 1] = { ...part, span: { start: last.span.start, end: part.span.end } };
    } else if (joins) {
      merged[merged.length - 1] = { ...last, span: { start: last.span.start, end: part.span.end } };
    } else merged.push(part);
  }
  return merged;
}

/**
 * Two or more parts for different agents, unless the whole message is likelier for one agent than every part is and a
 * part is in doubt: a cut by mistake ends in a question, a request swallowed by its neighbour would vanish.
 * Pipelines are launched one at a time and by themselves, so a plan with one is asked about.
 */
export function findPlan(scope: Scope, candidates: readonly RosterEntry[], whole: Ranking): Plan | null {
  const doers = candidates.filter((entry) => entry.role !== "coordinator");
  const holdsText = (head: string): boolean => {
    const [best] = rank(scope, doers, head);
    return best?.agent.role === "language" && best.probability >= requestFloor;
  };
  const spans = cutParts(scope.text, holdsText);
  if (spans.length < 2) return null;
  const scored = spans.flatMap((span) => {
    const ranked = bestFor(scope, doers, textOf(scope.text, span));
    return ranked === undefined ? [] : [{ span, ranked }];
  });
  const parts = merge(scope, scored).filter(isRequest);
  if (new Set(parts.map((part) => part.ranked.agent.id)).size < 2) return null;
  const chances = parts.map((part) => part.ranked.probability);
  const single = whole.find((ranked) => !isSplitter(ranked.agent));
  const isOne = single !== undefined && single.probability >= Math.max(...chances);
  if (isOne && Math.min(...chances) < surelyApart) return null;
  const isSure = parts.every(
    ({ ranked }) => reachesLine(scope.router, ranked) && ranked.agent.role !== "pipeline",
  );
  return {
    isSure: isSure && candidates.some(isSplitter),
    parts: parts.map(({ span, ranked }) => ({ text: textOf(scope.text, span), ranked })),
  };
}
