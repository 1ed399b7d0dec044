// The requests that a message holds: the pieces of a naive cut, joined with their neighbours until every boundary that is
// left is likely one between two requests.
import { boundaryNats, type Boundary, type MessageEvidence, type Piece } from "./boundary.ts";
import { formOf, type Form } from "./form.ts";
import { isLeaning } from "./leaning.ts";
import type { Ranked, Ranking } from "./ranking.ts";
import type { RouteInput } from "./route.ts";
import { textOf, type Span } from "./split.ts";

export type Scope = Pick<RouteInput, "router" | "priors" | "text">;

/** What is cut, and what is known of it. */
export interface Whole {
  readonly scope: Scope;
  readonly message: MessageEvidence;
  /** Everybody for all of it: what a part is about, where its own words leave that open. */
  readonly ranking: Ranking;
  /** Everybody of the doers for some of its words, scored once however often they are looked at. */
  readonly rankOf: (words: string) => Ranking;
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
// Likelier two requests than one. Measured on the development half: half a nat less finds no more sets and cuts one more
// of two hundred single requests, half a nat more loses one set of a hundred.
const leastNats = 0;
// Said beforehand ("three things: ..."): commas are enough.
const leastAnnouncedNats = -2;

/** A greeting is nobody's request, and says that a chat agent is meant where nobody is. */
const greeting =
  /^\s*(?:(?:hi|hello|hey|hallo|moin|hola|(?:good )?morning|guten (?:morgen|tag)|thanks|danke|ok|okay|so|oh|and|also|please|bitte|quick question|one more thing)\b(?: (?:there|all|team|nova))?[\s,.!:]+)+/i;
// What of the whole message counts for a part. At 0.2 one part in a hundred more finds its agent, at 0.4 others lose it.
const shareOfWhole = 0.2;

/** The likeliest for a part by its own words, and a little by those around it. */
function likeliest({ ranking: whole }: Whole, own: Ranking): Ranked | undefined {
  const around = new Map(whole.map(({ agent, nats }) => [agent.id, nats]));
  const natsOf = ({ agent, nats }: Ranked): number => nats + shareOfWhole * (around.get(agent.id) ?? nats);
  return own.toSorted((a, b) => natsOf(b) - natsOf(a))[0];
}

/** A piece that lacks its verb is also tried with the one that the message began with ("show ..., and ..."). */
function bestFor(whole: Whole, text: string): Ranked | undefined {
  const { scope, rankOf } = whole;
  const alone = likeliest(whole, rankOf(text.replace(greeting, "")));
  if (alone === undefined || alone.probability >= lacking) return alone;
  const verb = /[\p{L}']+/u.exec(scope.text)?.[0] ?? "";
  const [inherited] = rankOf(`${verb} ${text}`);
  return inherited !== undefined && inherited.probability > alone.probability ? inherited : alone;
}

function toPart({ scope, rankOf }: Whole, span: Span, ranked: Ranked): Part {
  const text = textOf(scope.text, span);
  return { span, text, ranked, ranking: rankOf(text), form: formOf(text, scope.router.openings) };
}

/** What is told beside a request makes it no less of one: "the site is down, open an incident". */
function formOfBoth(before: Form, after: Form): Form {
  return { ...(before.isTelling && !after.isTelling ? after : before), isShort: false };
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
  const { scope, rankOf, message } = whole;
  const span = { start: before.span.start, end: after.span.end };
  const [together] = rankOf(textOf(scope.text, span));
  if (together === undefined) return null;
  const form = formOfBoth(before.form, after.form);
  const joined = (ranked: Ranked): Part => ({ ...toPart(whole, span, ranked), form });
  const one = (ranked: Ranked): Omit<Neighbours, "at"> => ({
    nats: Number.NEGATIVE_INFINITY,
    boundary: null,
    joined: joined(ranked),
  });
  if (before.ranked.agent.id === after.ranked.agent.id)
    return one(before.ranked.probability >= after.ranked.probability ? before.ranked : after.ranked);
  if (isLeaning(after.text, scope.router.classifier.vocabulary)) return one(before.ranked);
  const joint = scope.text.slice(before.span.end, after.span.start);
  const rest = scope.text.slice(after.span.end);
  const boundary = { before, after, joint, rest, together, message };
  return { nats: boundaryNats(boundary), boundary, joined: joined(together) };
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
