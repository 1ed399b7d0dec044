// Where a message may hold several requests: a naive cut at conjunctions and punctuation. Which of the parts really
// are requests is decided by scoring them, not here.

/** A piece of the message, from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

// Somebody's words, not a request: never cut inside. The last one is a quoted line.
const shielded =
  /```[\s\S]*?(?:```|$)|`[^`\n]*`|"[^"]*(?:"|$)|“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|^[ \t]*>.*$/gm;
const cut = /[,;.?!]+(?=\s|$)|\n+|(?<=\s)(?:and then|and also|after that|and|then|also|plus)(?=\s)/gi;
const leadIn = /^(?:[\s,;.?!]|(?:and then|and also|after that|and|then|also|plus)(?=\s))+/i;
const listItem = /^[ \t]*(?:[-*•]|\d+[.)])[ \t]+/gm;
// What is longer than this was pasted, not asked.
const longestMessage = 1000;
const mostParts = 8;

function shield(text: string): string {
  return text.replace(shielded, (quoted) => "x".repeat(quoted.length));
}

export function textOf(text: string, span: Span): string {
  return text.slice(span.start, span.end).trim();
}

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}'-]+/gu)?.length ?? 0;
}

/** Leaves out the conjunction and the blanks that a part begins with. */
function tighten(text: string, { start, end }: Span): Span {
  const lead = leadIn.exec(text.slice(start, end))?.[0].length ?? 0;
  return { start: start + lead, end };
}

/** A part of fewer than two words is no request of its own: it belongs to its neighbour. */
function joinShort(text: string, spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  let open: number | null = null;
  for (const span of spans) {
    const start: number = open ?? span.start;
    open = null;
    const last = joined.at(-1);
    const isShort = wordCount(text.slice(start, span.end)) < 2;
    if (isShort && last !== undefined) joined[joined.length - 1] = { start: last.start, end: span.end };
    else if (isShort) open = start;
    else joined.push({ start, end: span.end });
  }
  return open === null ? joined : [...joined, { start: open, end: text.length }];
}

function listSpans(masked: string): readonly Span[] {
  const items = [...masked.matchAll(listItem)];
  if (items.length < 2) return [];
  const spans = items.map((item, at) => ({
    start: item.index + item[0].length,
    end: items[at + 1]?.index ?? masked.length,
  }));
  const head = masked.slice(0, items[0]?.index ?? 0).trim();
  return head === "" || head.endsWith(":") ? spans : [{ start: 0, end: items[0]?.index ?? 0 }, ...spans];
}

function sentenceSpans(masked: string, end: number): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const found of masked.slice(0, end).matchAll(cut)) {
    if (found.index > start) spans.push({ start, end: found.index });
    start = found.index + found[0].length;
  }
  return start < masked.length ? [...spans, { start, end: masked.length }] : spans;
}

/**
 * The parts of a message in order; one part when it is not to be cut. `holdsText` says whether what stands before a
 * colon asks for something to be done with the text after it ("translate this: ..."), which is then no request.
 */
export function cutParts(text: string, holdsText: (head: string) => boolean): readonly Span[] {
  const whole = [{ start: 0, end: text.length }];
  if (text.length > longestMessage) return whole;
  const masked = shield(text);
  const colon = masked.search(/:(?:\s|$)/);
  const isHolding = colon > 0 && holdsText(text.slice(0, colon));
  const items = isHolding ? [] : listSpans(masked);
  const raw = items.length > 0 ? items : sentenceSpans(masked, isHolding ? colon : masked.length);
  const tight = raw.map((span) => tighten(masked, span)).filter((span) => span.end > span.start);
  const parts = joinShort(masked, tight);
  return parts.length > 0 && parts.length <= mostParts ? parts : whole;
}
