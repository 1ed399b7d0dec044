// Figures in a text: dates, times, record codes, amounts and numbers, however they are written. Pure; what is found is
// compared with what readers showed, so a form that is not understood counts as a figure that nobody showed.
import { dayForms, two } from "./day-forms.ts";
import { spelledIn } from "./number-words.ts";

export type Figure =
  /** `days`: every day it can mean, "2026-03-16", or "03-16" where no year is said. */
  | { readonly kind: "date"; readonly text: string; readonly days: readonly string[] }
  /** Hours and minutes, "10:05". */
  | { readonly kind: "time"; readonly text: string; readonly at: string }
  | { readonly kind: "code"; readonly text: string }
  | Numeric;
export type Numeric = {
  readonly kind: "number";
  readonly text: string;
  /** Every way to read it, each as one or more plain decimals: "1.020" is 1020 or 1.02, "3,4" is 3.4, or 3 and 4. */
  readonly readings: readonly (readonly string[])[];
  readonly isNegative: boolean;
  /** ISO code of the currency beside it; null: no money. */
  readonly currency: string | null;
  /** The words beside it, in small letters. */
  readonly before: string;
  readonly after: string;
};

const code =
  /(?<![\p{L}\p{N}])\p{L}{1,8}-(?:[\p{L}\p{N}]+-)*\p{L}*\p{N}[\p{L}\p{N}]*(?:[@#.-][\p{L}\p{N}]+)*/giu;
const time = /(?<![\p{N}:])(?<h>\d{1,2}):(?<min>[0-5]\d)(?::\d{2}(?:\.\d+)?)?(?!\p{N})/gu;
const number =
  /(?:(?<![\p{L}\p{N}])(?:-(?=[$€£¥]?\d)|minus ))?(?<sign>[$€£¥] ?)?(?<digits>\d+(?:[.,]\d+)*)/giu;
const currencies: Readonly<Record<string, string>> = {
  $: "USD",
  dollar: "USD",
  usd: "USD",
  "€": "EUR",
  euro: "EUR",
  eur: "EUR",
  "£": "GBP",
  pound: "GBP",
  gbp: "GBP",
  "¥": "JPY",
  chf: "CHF",
  buck: "USD",
};
const currencyOf = (word: string): string | null => currencies[word.toLowerCase().replace(/s$/u, "")] ?? null;

type Sifted = { readonly rest: string; readonly figures: readonly Figure[] };
type Spot = { readonly match: RegExpExecArray; readonly whole: string };

/** What was found is blotted out, so that nothing is found twice. */
function sift({ rest, figures }: Sifted, pattern: RegExp, toFigure: (spot: Spot) => Figure | null): Sifted {
  const found: Figure[] = [...figures];
  let left = rest;
  for (const match of rest.matchAll(pattern)) {
    const figure = toFigure({ match, whole: rest });
    if (figure === null) continue;
    found.push(figure);
    const end = match.index + match[0].length;
    left = `${left.slice(0, match.index)}${" ".repeat(match[0].length)}${left.slice(end)}`;
  }
  return { rest: left, figures: found };
}

/** Spaces that group digits go, other digits and dashes become ASCII's. */
const plainly = (text: string): string =>
  text
    // What is not seen on the surface does not part two digits: marks without width, and Markdown's own.
    .replace(/\p{Cf}/gu, "")
    .replace(/(?<=\d)[*_`~\\]+(?=\d)/gu, "")
    .replace(/(?<=\d)[\u00A0\u2009\u202F'’](?=\d{3}(?!\d))/gu, "")
    .normalize("NFKC")
    .replace(/[\u2010-\u2015\u2212]/gu, "-");

/** "12" > "12", "012.50" > "12.5". */
const decimal = (whole: string, part: string): string => {
  const left = whole.replace(/^0+(?=\d)/u, "");
  const right = part.replace(/0+$/u, "");
  return right === "" ? left : `${left}.${right}`;
};

function readingsOf(digits: string): readonly (readonly string[])[] {
  const pieces = digits.split(/[.,]/u);
  const [first = "", ...rest] = pieces;
  const last = rest.at(-1);
  if (last === undefined) return [[decimal(first, "")]];
  const apart = pieces.map((piece) => decimal(piece, ""));
  const marks = digits.replaceAll(/\d/gu, "");
  const isGrouped = (groups: readonly string[]): boolean => groups.every((group) => group.length === 3);
  const isOneMark = new Set(marks).size === 1;
  const thousands = isOneMark && isGrouped(rest) ? [[decimal(pieces.join(""), "")]] : [];
  const inner = rest.slice(0, -1);
  const isMixed = !isOneMark && new Set(marks.slice(0, -1)).size === 1 && isGrouped(inner);
  const decimals = rest.length === 1 || isMixed ? [[decimal(`${first}${inner.join("")}`, last)]] : [];
  return [...thousands, ...decimals, ...(marks.includes(",") ? [apart] : [])];
}

/** How far before a figure its word is looked for: in a long text with many figures, more would be looked through again and again. */
const nearby = 40;

function numericAt({ match, whole }: Spot): Figure {
  const { sign = "", digits = "" } = match.groups ?? {};
  const after = /^[ *_]{0,3}(%|\p{L}+|[€£¥$])/u.exec(whole.slice(match.index + match[0].length))?.[1] ?? "";
  const before =
    /(\p{L}+)[ *_:]{0,3}$/u.exec(whole.slice(Math.max(0, match.index - nearby), match.index))?.[1] ?? "";
  return {
    kind: "number",
    text: `${match[0]}${after === "" ? "" : ` ${after}`}`.trim(),
    readings: readingsOf(digits),
    isNegative: /^(?:-|minus)/iu.test(match[0]),
    currency:
      currencyOf(sign.trim()) ??
      currencyOf(after) ??
      (/^[A-Z]{3}$/u.test(before) ? currencyOf(before) : null),
    before: before.toLowerCase(),
    after: after.toLowerCase(),
  };
}

/** @returns every figure of the text; what stands for the same figure twice is found twice. */
export function figuresIn(text: string): readonly Figure[] {
  // Most of what an ERP says holds no figure at all.
  if (!/\p{N}/u.test(text)) return spelledIn(text).map(toNumeric);
  // An instant is a day and a time.
  const start = {
    rest: plainly(text).replaceAll(/(\d{4}-\d{2}-\d{2})T(?=\d{2}:\d{2})/gu, "$1 "),
    figures: [],
  };
  const dated = dayForms.reduce<Sifted>(
    (sifted, { pattern, daysOf }) =>
      sift(sifted, pattern, ({ match }) => {
        const days = daysOf(match.groups ?? {});
        return days.length === 0 ? null : { kind: "date", text: match[0], days };
      }),
    start,
  );
  const coded = sift(dated, code, ({ match }) => ({ kind: "code", text: match[0].toLowerCase() }));
  const timed = sift(coded, time, ({ match }) => {
    const { h = "", min = "" } = match.groups ?? {};
    return { kind: "time", text: match[0], at: `${two(h)}:${min}` };
  });
  const numbered = sift(timed, number, numericAt);
  // What is left are digits of other scripts.
  const strange = [...numbered.rest.matchAll(/\p{N}+/gu)].map(([whole]) => unread(whole));
  return [...numbered.figures, ...strange, ...spelledIn(numbered.rest).map(toNumeric)];
}

const bare = { isNegative: false, currency: null, before: "", after: "" } as const;
const unread = (text: string): Figure => ({ ...bare, kind: "number", text, readings: [] });
const toNumeric = ({ text, value, after }: { text: string; value: number; after: string }): Figure => ({
  ...bare,
  kind: "number",
  text,
  readings: [[String(value)]],
  currency: currencyOf(after),
  after,
});
