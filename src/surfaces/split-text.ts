// Cuts a long text into parts that each fit one platform message: nothing lost, order kept, code fences closed and
// reopened, a table's names repeated, and no cut inside a character, a word, an item or a row that could be avoided.
import { seamAt, toBoundaries } from "../markdown/boundaries.ts";

type Fits = (part: string) => boolean;

/** Room kept for closing a fence while the longest beginning is looked for. */
const closing = "\n```";
/** How much of the room a cut may leave unused: the better the place, the more. */
const leastFilled = [0.4, 0.5, 0.5, 0.5, 0.6] as const;

/** @param fits the surface's own measure of a rendered text. Joining the parts gives back every character, besides what a cut had to close and open again. */
export function splitText(text: string, fits: Fits): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  let reopen = "";
  while (!fitsWhole(reopen + rest, fits)) {
    const prefix = reopen;
    const cut = cutOf(rest, (part) => fits(`${prefix}${part}${closing}`));
    const head = prefix + rest.slice(0, cut);
    const seam = seamAt(prefix + rest, head.length);
    parts.push(seam.close === "" ? head : `${head}${head.endsWith("\n") ? "" : "\n"}${seam.close}`);
    rest = rest.slice(cut);
    reopen = seam.reopen;
  }
  return [...parts, reopen + rest];
}

/** A long rest is measured whole only if its beginning fits at all: it may be a thousand parts. */
const fitsWhole = (text: string, fits: Fits): boolean =>
  (text.length < glance || fits(text.slice(0, glance))) && fits(text);
const glance = 20_000;

/** The best place at which the beginning fits; at least one character, so that there is an end. */
function cutOf(text: string, fits: Fits): number {
  let most = longest(text, fits);
  for (;;) {
    const cut = bestCut(text, most);
    // What is shorter may still be longer once drawn: a mark without its partner is shown as a letter.
    if (cut <= 1 || fits(text.slice(0, cut))) return Math.max(1, cut);
    most = cut - 1;
  }
}

/** The longest beginning that fits, looked for near the front: the text may be a thousand parts long. */
function longest(text: string, fits: Fits): number {
  let low = 1;
  let high = 512;
  while (high < text.length && fits(text.slice(0, high))) [low, high] = [high, high * 2];
  high = Math.min(high, text.length);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function bestCut(text: string, most: number): number {
  const boundaries = toBoundaries(text.slice(0, most + 200)).filter(({ at }) => at <= most);
  for (const [harm, filled] of leastFilled.entries()) {
    const best = boundaries.findLast((boundary) => boundary.harm === harm);
    if (best !== undefined && best.at > most * filled) return best.at;
  }
  return wordCut(text, most) ?? characterCut(text, most);
}

/** What loses its meaning when it is cut: code, links, emphasis. */
const whole = /`[^`\n]+`|!?\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)|\*\*[^*\n]+\*\*/gu;
const sentenceEnd = /(?<=[.!?…。！？]["'”’)]?) |(?<=[。！？])/gu;
const wordEnd = /(?<=\s)(?=\S)/gu;

/** Words that would be read as a quote, a heading or a list where they begin a part. */
const startsSomething = (text: string, at: number): boolean =>
  /^(?:[>#|+*•`~-]|\d{1,9}[.)])/u.test(text.slice(at, at + 12));

/** Behind a sentence or a word of the last line. */
function wordCut(text: string, most: number): number | null {
  const from = Math.max(text.lastIndexOf("\n", most - 1) + 1, most - 4_000);
  const held = [...text.slice(from, most + 600).matchAll(whole)].map(({ index, 0: { length } }) => ({
    start: from + index,
    end: from + index + length,
  }));
  const isFree = (at: number): boolean =>
    !startsSomething(text, at) && held.every(({ start, end }) => at <= start || at >= end);
  const ends = (pattern: RegExp): readonly number[] =>
    [...text.slice(from, most).matchAll(pattern)].map(({ index, 0: { length } }) => from + index + length);
  const words = ends(wordEnd);
  return (
    ends(sentenceEnd).findLast((at) => at > most * 0.6 && isFree(at)) ??
    words.findLast((at) => at > most * 0.4 && isFree(at)) ??
    words.findLast((at) => at > most * 0.4 && !startsSomething(text, at)) ??
    null
  );
}

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
/** Longer than any character that somebody typed; what is longer was made to break this. */
const characterLimit = 64;

/** In front of the character that would be cut, however many code points it has. */
function characterCut(text: string, most: number): number {
  const from = Math.max(0, most - 1_000);
  const characters = segmenter.segment(text.slice(from, most + characterLimit));
  const starts = (at: number): number => from + (characters.containing(at - from)?.index ?? at - from);
  let at = starts(most);
  while (at > 1 && most - at < characterLimit && startsSomething(text, at)) at = starts(at - 1);
  if (at > 0 && most - at <= characterLimit && !startsSomething(text, at)) return at;
  return isLowSurrogate(text.charCodeAt(most)) && most > 1 ? most - 1 : most;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
