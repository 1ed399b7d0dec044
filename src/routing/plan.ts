// Stage 5: several requests in one message. The shape of a plan never depends on the lines, so that raising a line
// turns a plan into a question and never into another route.
import type { Piece } from "./boundary.ts";
import { isSplitter } from "./candidates.ts";
import { rank, reachesLine, type Ranking } from "./ranking.ts";
import { requestsIn, type Scope, type Whole } from "./requests.ts";
import type { RosterEntry } from "./route.ts";
import { cutParts, type Head, type Span } from "./split.ts";

export interface Plan {
  readonly parts: readonly Piece[];
  /** False when a part must be asked about first. */
  readonly isSure: boolean;
}

// Nobody is likely enough for what is below this: it is no part of a plan, and no plan is sure that leaves it out.
const partFloor = 0.05;
// Where nobody is likelier than this for any part, it was no plan.
const leastOfBest = 0.4;
// Between a request that was taken whole and one that is shared out unasked lies a question. Measured: 97 of 100 plans
// that begin unasked are the ones that were meant.
const surelySeveralNats = 2;
// Below this a head says nothing of what stands after its colon.
const headFloor = 0.4;

/** Pipelines and standing plans are begun one at a time and by themselves, so no plan holds one. */
export function canTakePart({ ranked: { agent } }: Piece): boolean {
  return agent.role !== "pipeline" && agent.role !== "coordinator";
}

const isSure = (scope: Scope, part: Piece): boolean =>
  reachesLine(scope.router, part.ranked) && canTakePart(part);

function headIn(scope: Scope, candidates: readonly RosterEntry[]): (head: string) => Head {
  return (head) => {
    const [best] = rank(scope, candidates, head);
    if (best === undefined || best.probability < headFloor) return "neither";
    if (isSplitter(best.agent)) return "announces";
    return best.agent.role === "language" ? "holds text" : "neither";
  };
}

/** Words that end in a colon and were left out by the cut say that several things follow. */
function isAnnounced(text: string, [first]: readonly Span[]): boolean {
  return first !== undefined && /:\W*$/.test(text.slice(0, first.start));
}

/** The parts of a message are compared in pairs, over and over. */
function onceEach(rankOf: (words: string) => Ranking): (words: string) => Ranking {
  const known = new Map<string, Ranking>();
  return (words) => {
    const ranking = known.get(words) ?? rankOf(words);
    known.set(words, ranking);
    return ranking;
  };
}

interface Cut {
  readonly whole: Whole;
  readonly spans: readonly Span[];
}

/** The message in pieces, and what is known of all of it; null for one that is not cut. */
export function cutMessage(scope: Scope, candidates: readonly RosterEntry[], whole: Ranking): Cut | null {
  const doers = candidates.filter((entry) => !isSplitter(entry));
  const spans = cutParts(scope.text, headIn(scope, candidates));
  const single = whole.find(({ agent }) => !isSplitter(agent));
  if (spans.length < 2 || single === undefined) return null;
  const message = { ranked: single, pieces: spans.length, isAnnounced: isAnnounced(scope.text, spans) };
  return {
    whole: { scope, message, ranking: whole, rankOf: onceEach((words) => rank(scope, doers, words)) },
    spans,
  };
}

/** Two or more parts for different agents; null for one request. */
export function findPlan(scope: Scope, candidates: readonly RosterEntry[], whole: Ranking): Plan | null {
  const cut = cutMessage(scope, candidates, whole);
  if (cut === null) return null;
  const requests = requestsIn(cut.whole, cut.spans);
  const parts = requests.parts.filter(({ ranked }) => ranked.probability >= partFloor);
  if (new Set(parts.map(({ ranked }) => ranked.agent.id)).size < 2) return null;
  if (parts.every(({ ranked }) => ranked.probability < leastOfBest)) return null;
  return {
    parts,
    isSure:
      candidates.some(isSplitter) &&
      requests.nats >= surelySeveralNats &&
      requests.parts.every((part) => isSure(scope, part)),
  };
}
