// The checks on a card: what had to hold and does, what the ERP itself warns of, how it hangs on another proposal, and
// words that may not be what they look like.
import { oddWords } from "../replies/odd-words.ts";
import type { Prepared } from "../ports/erp.ts";
import { linkLines } from "../proposal-link.ts";
import type { Proposal } from "../proposal.ts";

const shownWords = 3;

/** `isWhole`: under Details, where there is room for everything. */
export function checkLines(
  { prepared, link }: Pick<Proposal, "prepared" | "link">,
  isWhole = false,
): readonly string[] {
  const odd = oddWords(textsOf(prepared));
  const shown = isWhole ? odd : odd.slice(0, shownWords);
  return [
    ...prepared.guards.map(({ check, isMet, detail }) => `${isMet ? "✓" : "✗"} ${check}: ${detail}`),
    ...prepared.warnings.map((warning) => `⚠ ${warning}`),
    ...shown.map((word) => `⚠ "${word}" mixes alphabets and may not be the word it looks like`),
    ...linkLines(link, isWhole),
  ];
}

const textsOf = ({ summary, changes, deltas }: Prepared): readonly string[] => [
  summary,
  ...changes.flatMap(({ record, label, before, after }) => [record, label, before ?? "", after ?? ""]),
  ...deltas.flatMap(({ record, label }) => [record, label]),
];
