// Text made fit for Discord: nothing that a model, a person or an ERP wrote can mention, ping, or hide what it says.
// `allowed_mentions` already forbids the ping; this makes it look inert too, also where a copy of it is quoted.
import { toVisible } from "../../src/markdown/visible.ts";

/** Mentions, and the invitations that Discord draws even without an address. */
const mention =
  /<(?=[@#&:]|(?:a|t|id):|\/[\w-]+:)|@(?=everyone|here)|discord(?:app)?\.(?=gg\/|com\/invite)/giu;
const markup = /[\\*_~`|[\]<]|:(?=\/\/)/gu;
/** Headings, quotes, lists and small print only start at the beginning of a line. */
const lineStart = /^(\s*)([#>+-]|\d+(?=[.)]\s))/gmu;

export const contentLimit = 2000;

/** Markdown stays, mentions become plain text. */
export function toInert(text: string): string {
  return toVisible(text).replace(mention, "$&\u200b");
}

/** Every letter stays a letter within a line. */
export function toLetters(text: string): string {
  return toInert(text).replace(markup, (character) => `\\${character}`);
}

/** What would begin something at the beginning of a line stays a letter too. */
export function keepLines(drawn: string): string {
  return drawn.replaceAll(lineStart, (_whole, space: string, mark: string) =>
    /\d/u.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
  );
}

/** Shown letter by letter: for what code draws from records, where Markdown would be a disguise. */
export function toLiteral(text: string): string {
  return keepLines(toLetters(text));
}

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Cut between characters, never inside one; the end says that it was cut. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = segmenter.segment(text.slice(0, limit + 64)).containing(limit - 1)?.index ?? 0;
  // One character longer than everything was made to break this.
  return `${text.slice(0, end === 0 ? limit - 1 : end).toWellFormed()}…`;
}

/** The longest beginning whose drawing fits: cut before it is escaped, so that no escape is cut. */
export function clipLiteral(text: string, limit: number): string {
  const whole = toLiteral(text);
  if (whole.length <= limit) return whole;
  let room = limit;
  let drawn = toLiteral(clip(text, room));
  while (drawn.length > limit && room > 1) {
    room = Math.max(1, room - Math.max(1, Math.ceil((drawn.length - limit) / 3)));
    drawn = toLiteral(clip(text, room));
  }
  return drawn;
}
