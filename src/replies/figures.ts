// A figure that no reader of this turn showed is a broken contract: an ERP specialist quotes, it never invents, rounds
// or adds up. Harmless are counts of what was listed, the person's own numbers, and what a named fact of memory says.
import { z } from "zod";
import { figuresIn } from "./figures-in.ts";
import type { Figure, Numeric } from "./figures-in.ts";
import type { PackItem, Seen, Told } from "../pack.ts";
import { saidIn, scaled, shownIn, together, toldIn } from "./shown-figures.ts";
import type { Shown } from "./shown-figures.ts";

/** What a reply may lean on. */
export type Grounds = {
  readonly seen: readonly Seen[];
  readonly told: readonly Told[];
  /** The person's own words. */
  readonly asked: string;
  readonly items: readonly PackItem[];
  /** Words of the agent's own tools; a question may give their examples. */
  readonly examples: readonly string[];
};
type Judged = { readonly answer: string; /** The reply's other fields. */ readonly fields: unknown };

/** @returns the first figure that nothing showed, as it is written; null: there is none. */
export function inventedFigure({ answer, fields }: Judged, grounds: Grounds): string | null {
  const shown = together([
    shownIn(grounds.seen),
    toldIn(grounds.told),
    saidIn([grounds.asked, ...grounds.examples]),
  ]);
  const counts = countsIn(answer, fields, shown);
  for (const line of answer.split("\n")) {
    const cited = citedIn(line, grounds.items);
    const allowed = cited.length === 0 ? shown : together([shown, saidIn(cited)]);
    const invented = figuresIn(unnumbered(line)).find((figure) => !isShown(figure, allowed, counts));
    if (invented !== undefined) return invented.text;
  }
  return inventedField(fields, shown, counts);
}

/** "2. …" at the start of a line is where it stands, not a figure. */
const unnumbered = (line: string): string => line.replace(/^\s*\d{1,2}[.)]\s/u, "");

/** A fact of memory may be quoted where its name stands beside it, with its day. */
const citedIn = (line: string, items: readonly PackItem[]): readonly string[] =>
  items
    .filter(({ id }) =>
      new RegExp(String.raw`(?<![\p{L}\p{N}-])${escaped(id)}(?![\p{L}\p{N}-])`, "iu").test(line),
    )
    .map(({ id, source, at, text }) =>
      [id, source, at === null ? "" : new Date(at).toISOString().slice(0, 10), text].join(" \n "),
    );
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);

/** Rows listed, and how many were left out of a list. */
function countsIn(answer: string, fields: unknown, shown: Shown): ReadonlySet<string> {
  const listed = answer.split("\n").filter((line) => /^\s*(?:[-*•]|\d{1,2}[.)])\s/u.test(line)).length;
  const lists = typeof fields === "object" && fields !== null ? Object.values(fields) : [];
  const sizes = lists.flatMap((list) => (Array.isArray(list) ? [list.length] : []));
  const shownCounts = [...shown.counts, ...shown.numbers].map(Number).filter(Number.isInteger);
  const left = [listed, listed + 1, Math.max(1, listed)].flatMap((some) =>
    shownCounts.map((all) => all - some),
  );
  return new Set([...shown.counts, ...[listed, ...sizes, ...left].filter((count) => count > 0).map(String)]);
}

function isShown(figure: Figure, shown: Shown, counts: ReadonlySet<string>): boolean {
  switch (figure.kind) {
    case "date":
      return figure.days.some((day) => shown.days.has(day));
    case "time":
      return shown.times.has(figure.at);
    case "code":
      return (
        shown.codes.has(figure.text) || figure.text.split(/[@#]/u).every((part) => shown.codes.has(part))
      );
    case "number":
      return isNumberShown(figure, shown, counts);
  }
}

function isNumberShown(figure: Numeric, shown: Shown, counts: ReadonlySet<string>): boolean {
  const { readings, isNegative, currency, before, after } = figure;
  const isOne = (value: string): boolean => {
    if (shown.named.has(`${value} ${after}`)) return !isNegative || shown.negative.has(value);
    if (isNegative && !shown.negative.has(value)) return false;
    if (currency !== null) return shown.money.has(value) && shown.currencies.has(currency);
    if (scaled.test(after)) return false;
    if (shown.numbers.has(value) || shown.named.has(`${before} ${value}`)) return true;
    if (shown.units.has(after)) return false;
    return counts.has(value) || shown.days.has(value) || shown.codes.has(value);
  };
  return readings.some((values) => values.length > 0 && values.every(isOne));
}

const Fields = z.record(z.string(), z.unknown());

/** The first figure among the reply's fields that nothing showed. */
function inventedField(fields: unknown, shown: Shown, counts: ReadonlySet<string>): string | null {
  if (typeof fields === "number") {
    const value = String(Math.abs(fields));
    const isKnown = shown.numbers.has(value) || counts.has(value) || shown.counts.has(value);
    return (isKnown && (fields >= 0 || shown.negative.has(value))) || fields === 0 ? null : String(fields);
  }
  if (typeof fields === "string")
    return figuresIn(fields).find((figure) => !isShown(figure, shown, counts))?.text ?? null;
  const inner = Fields.safeParse(fields);
  const parts = Array.isArray(fields) ? fields : inner.success ? Object.values(inner.data) : [];
  for (const part of parts) {
    const invented = inventedField(part, shown, counts);
    if (invented !== null) return invented;
  }
  return null;
}
