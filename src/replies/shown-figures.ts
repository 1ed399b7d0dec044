// What may stand as a figure in a reply: whatever readers showed in this turn, what the ERP answered to a proposal, and
// the person's own words. Collected once per judgement; nothing remembered is in here.
import { z } from "zod";
import { figuresIn } from "./figures-in.ts";
import type { Seen, Told } from "../pack.ts";

const fields = [
  "days",
  "times",
  "codes",
  /** Values of money, whatever their currency, and the currencies. */
  "money",
  "currencies",
  /** Values that mean something by themselves. */
  "numbers",
  /** Values within words ("Main brush 36 in"), each with a word that stood beside it: "36 in", "brush 36". */
  "named",
  /** Values that were below zero. */
  "negative",
  /** How many of something there were. */
  "counts",
  /** What quantities are counted in; a count is none of those. */
  "units",
] as const;
type Field = (typeof fields)[number];
export type Shown = { readonly [K in Field]: ReadonlySet<string> };
type Heap = { readonly [K in Field]: Set<string> };

/** What makes another figure of a number: it has to be shown with it. */
export const scaled = /^(?:%|percent|k|m|bn|thousand|million|billion|hundred|dozen|mio|tsd)$/u;

const heap = (): Heap => ({
  days: new Set(),
  times: new Set(),
  codes: new Set(),
  money: new Set(),
  currencies: new Set(),
  numbers: new Set(),
  named: new Set(),
  negative: new Set(),
  counts: new Set(),
  units: new Set(),
});

/** What readers showed. */
export function shownIn(seen: readonly Seen[]): Shown {
  const all = heap();
  for (const { result } of seen) {
    const page = Page.safeParse(result);
    if (page.success) addCounts(all, page.data);
    addValue(all, page.success ? { ...page.data, total: null } : result);
  }
  return all;
}

/** Words in which every number may be said again: the person's own. */
export function saidIn(texts: readonly string[]): Shown {
  const all = heap();
  for (const text of texts) addText(all, text, "freely");
  return all;
}

/** What effects answered, without the words that the model itself had put in, and without any of its figures in a refusal. */
export function toldIn(told: readonly Told[]): Shown {
  const all = heap();
  for (const { text, input, isRefused } of told) {
    const own = saidIn(isRefused ? [JSON.stringify(input)] : wordsIn(input));
    const answered = saidIn([text]);
    for (const field of fields)
      for (const value of answered[field]) if (!own[field].has(value)) all[field].add(value);
  }
  return all;
}

export function together(parts: readonly Shown[]): Shown {
  const all = heap();
  for (const part of parts)
    for (const field of fields) for (const value of part[field]) all[field].add(value);
  return all;
}

function wordsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(wordsIn) : [];
}

function addValue(all: Heap, value: unknown): void {
  if (typeof value === "number") addNumber(all, value);
  else if (typeof value === "string") addText(all, value, "in words");
  else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) addValue(all, inner);
}

function addNumber(all: Heap, value: number): void {
  all.numbers.add(String(Math.abs(value)));
  if (value < 0) all.negative.add(String(-value));
}

function addText(all: Heap, text: string, how: "freely" | "in words"): void {
  for (const figure of figuresIn(text)) {
    if (figure.kind === "date") for (const day of figure.days) addDay(all, day);
    else if (figure.kind === "time") all.times.add(figure.at);
    else if (figure.kind === "code") addCode(all, figure.text);
    else
      for (const value of figure.readings.flat()) {
        if (figure.isNegative) all.negative.add(value);
        if (figure.currency !== null) all.currencies.add(figure.currency);
        if (figure.currency !== null || how === "freely") all.money.add(value);
        if (figure.currency !== null || how === "freely") all.numbers.add(value);
        if (figure.before !== "" && how === "in words") all.named.add(`${figure.before} ${value}`);
        if (figure.after !== "" && (how === "in words" || scaled.test(figure.after)))
          all.named.add(`${value} ${figure.after}`);
        if (text.trim() === figure.text) all.numbers.add(value);
      }
  }
}

/** Also without its year, and its year alone. */
function addDay(all: Heap, day: string): void {
  all.days.add(day);
  if (day.length > 5) all.days.add(day.slice(5));
  if (day.length > 5) all.days.add(day.slice(0, 4));
}

/** Also the number at its end: "orders 1007 and 1009". */
function addCode(all: Heap, code: string): void {
  all.codes.add(code);
  for (const part of code.split(/[@#]/u)) all.codes.add(part);
  const tail = /\d{2,}$/u.exec(code.replace(/[@#].*$/u, ""))?.[0];
  if (tail !== undefined) all.codes.add(tail);
}

const Page = z.looseObject({
  total: z.number().optional(),
  rows: z.array(z.record(z.string(), z.unknown())),
});

/** How many rows there were, and how many of them were alike in something. */
function addCounts(all: Heap, { rows, total }: z.infer<typeof Page>): void {
  all.counts.add(String(rows.length));
  if (total !== undefined) all.counts.add(String(total));
  const alike = new Map<string, number>();
  for (const row of rows) {
    if (typeof row["unit"] === "string") all.units.add(row["unit"].toLowerCase());
    for (const [name, value] of Object.entries(row)) {
      const key = JSON.stringify([name, value]);
      alike.set(key, (alike.get(key) ?? 0) + 1);
    }
  }
  for (const count of alike.values()) all.counts.add(String(count));
}
