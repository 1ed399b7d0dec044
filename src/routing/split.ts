// Where a message may hold several requests: a naive cut at conjunctions and punctuation. Which of the parts really
// are requests is decided by scoring them, not here.

/** A piece of the message, from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

// Somebody's words or an aside, not a request: never cut inside. The last one is a quoted line.
const quotes = String.raw`\`\`\`[\s\S]*?(?:\`\`\`|(?![\s\S]))|\`[^\`\n]*\`|"[^"]*(?:"|$)|“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)`;
const shielded = new RegExp(String.raw`${quotes}|\([^()\n]*\)|^[ \t]*>.*$`, "gm");
const quoted = new RegExp(String.raw`^\s*(?:${quotes})`);
const joiners =
  "and then|and also|after that|afterwards|as well as|and|then|also|plus|und dann|und auch|und|dann|danach|außerdem|sowie|et|y|[&+]";
const cut = new RegExp(String.raw`[,;.?!]+(?=\s|$)|\n+|(?<=\s)(?:${joiners})(?=\s)`, "gi");
const leadIn = new RegExp(String.raw`^(?:[\s,;.?!]|(?:${joiners})(?=\s))+`, "i");
const listItem = /^[ \t]*(?:[-*•]|\d+[.)])[ \t]+/gm;
const announcing =
  /\b(?:two|three|four|several|some|2|3|4|zwei|drei|vier|mehrere|einige)\s+(?:things|texts|requests|questions|tasks|jobs|topics|dinge|sachen|texte|fragen|bitten|aufgaben)\b/i;
const pasting = /\b(?:below|following|attached|here (?:is|are)|unten|folgende[nrs]?|anbei)\b/i;
const showing =
  /^[^.?!:\n]*\b(?:this|these|diese[rnms]?)\s+(?:text|message|e?-?mail|notes?|post|letter|paragraph|article|thread|comment|sentences?|nachricht|absatz)\b[^.?!:\n]*[.?!]\s+/i;
// A shown text is longer than an afterthought.
const fewestShown = 6;
// What is longer than this was pasted, not asked.
const longestMessage = 1000;
const mostParts = 8;

function shield(text: string): string {
  return text.replace(shielded, (words) => "x".repeat(words.length));
}

function hide(masked: string, { start, end }: Span): string {
  return `${masked.slice(0, start)}${"x".repeat(end - start)}${masked.slice(end)}`;
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

function sentenceSpans(masked: string, within: Span): readonly Span[] {
  const spans: Span[] = [];
  let { start } = within;
  for (const found of masked.slice(0, within.end).matchAll(cut)) {
    if (found.index < start) continue;
    if (found.index > start) spans.push({ start, end: found.index });
    start = found.index + found[0].length;
  }
  return start < within.end ? [...spans, { start, end: within.end }] : spans;
}

/**
 * What stands before a colon or a line break: it asks for something to be done with the text after it, it announces
 * requests, or neither.
 */
export type Head = "holds text" | "announces" | "neither";

interface Opened extends Span {
  readonly masked: string;
}

/** The text in quotes that follows, or all that follows. */
function hideHeld(text: string, masked: string, from: number): string {
  const [held] = quoted.exec(text.slice(from)) ?? [text.slice(from)];
  return hide(masked, { start: from, end: from + held.length });
}

/** Hides the text that a request is about ("translate this: ..."), and leaves out an announcement ("two things: ..."). */
function readColon(text: string, opened: Opened, headOf: (head: string) => Head): Opened {
  const { masked } = opened;
  const colon = masked.search(/:(?:\s|$)/);
  if (colon <= 0) return opened;
  const head = text.slice(0, colon);
  const last = sentenceSpans(masked, { start: 0, end: colon }).at(-1);
  const kinds = new Set([head, last === undefined ? head : textOf(text, last)].map(headOf));
  if (announcing.test(head) || (kinds.has("announces") && !kinds.has("holds text")))
    return { ...opened, start: colon + 1 };
  return kinds.has("holds text") ? { ...opened, masked: hideHeld(text, masked, colon + 1) } : opened;
}

/** Hides what was pasted under a first line that says so ("summarise the mail below"). */
function readPasted(text: string, opened: Opened, headOf: (head: string) => Head): Opened {
  const end = opened.masked.indexOf("\n");
  const head = text.slice(0, Math.max(end, 0));
  if (!pasting.test(head) || headOf(head) !== "holds text") return opened;
  return { ...opened, masked: hideHeld(text, opened.masked, end) };
}

/** Hides what stands after a question about "this text": it is the text. */
function readShown(text: string, opened: Opened, headOf: (head: string) => Head): Opened {
  const head = showing.exec(opened.masked.slice(0, opened.end))?.[0];
  if (head === undefined || headOf(head) !== "holds text") return opened;
  const rest = text.slice(head.length);
  return leadIn.test(rest) || wordCount(rest) < fewestShown
    ? opened
    : { ...opened, masked: hideHeld(text, opened.masked, head.length) };
}

/**
 * The parts of a message in order; one part when it is not to be cut. `headOf` says what the words before a colon
 * or a pasted text are, because what something is to be done with holds no request, whatever it says.
 */
export function cutParts(text: string, headOf: (head: string) => Head): readonly Span[] {
  const whole = [{ start: 0, end: text.length }];
  if (text.length > longestMessage) return whole;
  const open = { start: 0, end: text.length, masked: shield(text) };
  const pasted = readShown(text, readPasted(text, open, headOf), headOf);
  const { masked, ...span } = readColon(text, pasted, headOf);
  const items = listSpans(masked);
  const raw = items.length > 0 ? items : sentenceSpans(masked, span);
  const tight = raw.map((part) => tighten(masked, part)).filter((part) => part.end > part.start);
  const parts = joinShort(masked, tight);
  return parts.length > 0 && parts.length <= mostParts ? parts : whole;
}
