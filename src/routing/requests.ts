// The requests that a message holds: the pieces of a naive cut, joined with their neighbours until every boundary that is
// left is likely one between two requests.
import { boundaryNats, type Boundary, type MessageEvidence, type Piece } from "./boundary.ts";
import { formOf } from "./form.ts";
import { isLeaning } from "./leaning.ts";
import { rank, type Ranked } from "./ranking.ts";
import type { RosterEntry, RouteInput } from "./route.ts";
import { textOf, type Span } from "./split.ts";

export type Scope = Pick<RouteInput, "router" | "priors" | "text">;

/** What is cut, and who may have a part of it. */
export interface Whole {
  readonly scope: Scope;
  readonly doers: readonly RosterEntry[];
  readonly message: MessageEvidence;
}

interface Part extends Piece {
  readonly span: Span;
}

export interface Requests {
  readonly parts: readonly Piece[];
  /** The log-odds of the weakest boundary between two of them. */
  readonly nats: number;
}

// A piece that is this unlikely for everybody lacks a word that was said before.
const lacking = 0.4;
// Likelier two requests than one, with something to spare: a surer router makes parts of one request look like two.
// Measured on the development half: at 0.2 two more of a hundred single requests are cut, and seven more sets of a
// hundred found; the written examples of one request hold it here. A question too many is the smaller harm.
const leastNats = 0.7;
// Said beforehand ("three things: ..."): commas are enough.
const leastAnnouncedNats = -2;

/** A piece that lacks its verb is also tried with the one that the message began with ("show ..., and ..."). */
function bestFor({ scope, doers }: Whole, text: string): Ranked | undefined {
  const [alone] = rank(scope, doers, text);
  if (alone === undefined || alone.probability >= lacking) return alone;
  const verb = /[\p{L}']+/u.exec(scope.text)?.[0] ?? "";
  const [inherited] = rank(scope, doers, `${verb} ${text}`);
  return inherited !== undefined && inherited.probability > alone.probability ? inherited : alone;
}

function toPart({ scope }: Whole, span: Span, ranked: Ranked): Part {
  const text = textOf(scope.text, span);
  return { span, text, ranked, form: formOf(text, scope.router.openings) };
}

interface Neighbours {
  readonly at: number;
  readonly nats: number;
  /** Null: one request, whatever stands between them. */
  readonly boundary: Boundary | null;
  /** Both as one request. */
  readonly joined: Part;
}

/** Two for the same agent, or one that leans on the other, are one; of the others the boundary decides. */
function weigh(whole: Whole, before: Part, after: Part): Omit<Neighbours, "at"> | null {
  const { scope, doers, message } = whole;
  const span = { start: before.span.start, end: after.span.end };
  const [together] = rank(scope, doers, textOf(scope.text, span));
  if (together === undefined) return null;
  const one = (ranked: Ranked): Omit<Neighbours, "at"> => ({
    nats: Number.NEGATIVE_INFINITY,
    boundary: null,
    joined: toPart(whole, span, ranked),
  });
  if (before.ranked.agent.id === after.ranked.agent.id)
    return one(before.ranked.probability >= after.ranked.probability ? before.ranked : after.ranked);
  if (isLeaning(after.text, scope.router.classifier.vocabulary)) return one(before.ranked);
  const joint = scope.text.slice(before.span.end, after.span.start);
  const boundary = { before, after, joint, together, message };
  return { nats: boundaryNats(boundary), boundary, joined: toPart(whole, span, together) };
}

function neighboursIn(whole: Whole, parts: readonly Part[]): readonly Neighbours[] {
  return parts.slice(1).flatMap((after, at): readonly Neighbours[] => {
    const before = parts[at];
    const pair = before === undefined ? null : weigh(whole, before, after);
    return pair === null ? [] : [{ at, ...pair }];
  });
}

/** Joins the two neighbours that are least likely two requests, and looks again. */
function join(whole: Whole, parts: readonly Part[]): Requests {
  const [weakest] = neighboursIn(whole, parts).toSorted((a, b) => a.nats - b.nats);
  if (weakest === undefined) return { parts, nats: Number.NEGATIVE_INFINITY };
  const least = whole.message.isAnnounced ? leastAnnouncedNats : leastNats;
  if (weakest.nats >= least) return { parts, nats: weakest.nats };
  return join(whole, parts.toSpliced(weakest.at, 2, weakest.joined));
}

function partsAt(whole: Whole, spans: readonly Span[]): readonly Part[] {
  return spans.flatMap((span) => {
    const ranked = bestFor(whole, textOf(whole.scope.text, span));
    return ranked === undefined ? [] : [toPart(whole, span, ranked)];
  });
}

/** In the order of the message; the price is one score for each piece and each pair that is looked at. */
export function requestsIn(whole: Whole, spans: readonly Span[]): Requests {
  return join(whole, partsAt(whole, spans));
}

/** What is weighed at each cut before anything was joined, with where in the message it is: what weights are fitted on. */
export function boundariesIn(
  whole: Whole,
  spans: readonly Span[],
): readonly { readonly boundary: Boundary; readonly cutAt: number }[] {
  const parts = partsAt(whole, spans);
  return neighboursIn(whole, parts).flatMap(({ at, boundary }) => {
    const cutAt = parts[at]?.span.end;
    return boundary === null || cutAt === undefined ? [] : [{ boundary, cutAt }];
  });
}
