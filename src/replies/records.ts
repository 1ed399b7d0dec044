// A record or an amount of money that nobody named and no look showed: also from an agent that works with texts and has no
// ERP to read it is an invention. Numbers of steps, words and headings are its own, and so are names of norms.
import { figuresIn } from "./figures-in.ts";
import type { Figure } from "./figures-in.ts";
import type { Seen } from "../pack.ts";
import { saidIn, shownIn, together } from "./shown-figures.ts";

/** `texts`: everything that this turn was told in words. */
type Grounds = { readonly seen: readonly Seen[]; readonly texts: readonly string[] };

/** A document's number as ERPs give them: "SO-1007", "INV-2026-0003". */
const recordCode = /^\p{L}{2,4}-(?:\d{4}-)?\d{3,}$/u;
/** Written alike, and the world's own. */
const norms = /^(?:iso|iec|din|en|rfc|cve|ansi|astm|nist|ieee|vde|vdi|ean|sha|utf)-/u;

const isJudged = (figure: Figure): boolean =>
  figure.kind === "code"
    ? recordCode.test(figure.text) && !norms.test(figure.text)
    : figure.kind === "number" && figure.currency !== null;

/** @returns the first one as it is written; null: there is none. */
export function inventedRecord(said: readonly string[], { seen, texts }: Grounds): string | null {
  const named = said.flatMap(figuresIn).filter(isJudged);
  if (named.length === 0) return null;
  const shown = together([shownIn(seen), saidIn(texts)]);
  const isNamed = (figure: Figure): boolean => {
    if (figure.kind === "code") return shown.codes.has(figure.text);
    if (figure.kind !== "number") return true;
    const isOne = (value: string): boolean =>
      shown.money.has(value) || shown.numbers.has(value) || shown.counts.has(value);
    return figure.readings.some((values) => values.length > 0 && values.every(isOne));
  };
  return named.find((figure) => !isNamed(figure))?.text ?? null;
}
