// Stage 5: several requests in one message. The shape of a plan never depends on the lines, so that raising a line
// turns a plan into a question and never into another route.
import { isSplitter } from "./candidates.ts";
import { isPointing, isTelling } from "./context.ts";
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

type Pair = readonly [Scored, Scored];

// Below this a part is not taken for a request of its own.
const requestFloor = 0.4;
// Parts that are this sure, for different agents, are requests of their own however well the whole fits one of them.
const surelyApart = 0.8;
// Two parts that are this sure together, for the agent of one of them, may be one request.
const surelyOne = 0.92;
// "invoice it" may well be a second deed on what the first named: more is needed to take it for none.
const surelyPointing = 0.97;
const surelyTold = 0.85;
// Between a request that was taken whole and one that is shared out unasked lies a question.
const surelySeveral = 0.92;
const nearlyOne = 0.1;

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

interface Union {
  readonly scored: Scored;
  /** How far both together are surer than they need to be; below 0 they are two. */
  readonly spare: number;
}

/**
 * Two neighbours that may be one request: one only tells or points at what the other is about, and together they are
 * likeliest for the agent of that other one. Null: they are two.
 */
function unite(scope: Scope, doers: readonly RosterEntry[], [last, part]: Pair): Union | null {
  const isPointer = isPointing(textOf(scope.text, part.span));
  const isAfter = isPointer || onlyTells(scope, part);
  const isBefore = onlyTells(scope, last);
  if (!isAfter && !isBefore) return null;
  const span = { start: last.span.start, end: part.span.end };
  const [best] = rank(scope, doers, textOf(scope.text, span));
  if (best === undefined) return null;
  const spare = best.probability - (isPointer ? surelyPointing : surelyOne);
  if (isAfter && best.agent.id === last.ranked.agent.id) return { scored: { ...last, span }, spare };
  return isBefore && best.agent.id === part.ranked.agent.id ? { scored: { ...part, span }, spare } : null;
}

/** What tells of a deed in so clear words that it is one ("Northgate has paid") asks for something. */
function onlyTells(scope: Scope, { span, ranked }: Scored): boolean {
  return ranked.probability < surelyTold && isTelling(textOf(scope.text, span));
}

/** Leaning and unclear parts join their neighbour, as do neighbours for the same agent. */
function merge(scope: Scope, doers: readonly RosterEntry[], parts: readonly Scored[]): readonly Scored[] {
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
    } else {
      const union = unite(scope, doers, [last, part]);
      if (union === null || union.spare < 0) merged.push(part);
      else merged[merged.length - 1] = union.scored;
    }
  }
  return merged;
}

/** Each part reaches its line with something to spare, and no two of them are nearly one request. */
function areSure(scope: Scope, doers: readonly RosterEntry[], parts: readonly Scored[]): boolean {
  const isEachSure = parts.every(
    ({ ranked }) =>
      reachesLine(scope.router, ranked) &&
      ranked.probability >= surelySeveral &&
      ranked.agent.role !== "pipeline",
  );
  const spares = parts.slice(1).map((part, at) => {
    const before = parts[at];
    return before === undefined ? -1 : (unite(scope, doers, [before, part])?.spare ?? -1);
  });
  return isEachSure && Math.max(...spares) < -nearlyOne;
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
  const parts = merge(scope, doers, scored).filter(isRequest);
  if (new Set(parts.map((part) => part.ranked.agent.id)).size < 2) return null;
  const chances = parts.map((part) => part.ranked.probability);
  const single = whole.find((ranked) => !isSplitter(ranked.agent));
  const isOne = single !== undefined && single.probability >= Math.max(...chances);
  if (isOne && Math.min(...chances) < surelyApart) return null;
  return {
    isSure: candidates.some(isSplitter) && areSure(scope, doers, parts),
    parts: parts.map(({ span, ranked }) => ({ text: textOf(scope.text, span), ranked })),
  };
}
