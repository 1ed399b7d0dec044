// What a proposal changes, line by line, and how many of those lines a card has room for: it is read in ten lines on a phone.
import { checkLines } from "./card-checks.ts";
import { toOneLine } from "../markdown/visible.ts";
import { toPhoneChecks } from "./passed-checks.ts";
import type { DocumentChange, Prepared } from "../ports/erp.ts";
import type { Proposal } from "../proposal.ts";

/** Ten, less the title, where it stands and the terms. */
const phoneLines = 7;
const effectLines = { most: 6, least: 2 } as const;
/** So wide at most, and in so many checks, it is shown whole everywhere. */
const wholeText = { title: 200, rest: 1_900, checks: 20 } as const;

/** What can't be seen is spelled out, and every sign may be escaped. */
function widthOf(text: string): number {
  const seen = toOneLine(text);
  return seen.length + (seen.match(/[^\p{L}\p{N} ]/gu)?.length ?? 0);
}

const none = "none";

/** What changes comes first, then stock and money, then the values that the document keeps. */
export function effectsOf({ changes, deltas }: Prepared): readonly string[] {
  const isChange = ({ before, after }: DocumentChange): boolean => (before ?? none) !== (after ?? none);
  return [
    ...changes
      .filter(isChange)
      .map(({ record, label, before, after }) => `${record} ${label}: ${before ?? none} → ${after ?? none}`),
    ...deltas.map(
      ({ record, label, delta, before, after }) => `${record} ${label}: ${before} → ${after} (${delta})`,
    ),
    ...changes
      .filter((change) => !isChange(change))
      .map(({ record, label, after }) => `${record} ${label}: ${after ?? none}`),
  ];
}

/** As many as the checks leave room for. What does not fit is counted, never silently dropped: Details shows it. */
export function shownEffects(prepared: Prepared, checks: readonly string[]): string[] {
  const lines = effectsOf(prepared);
  const room = Math.max(
    effectLines.least,
    Math.min(effectLines.most, phoneLines - toPhoneChecks(checks).length),
  );
  if (lines.length <= room) return [...lines];
  return [...lines.slice(0, room - 1), `… and ${lines.length - room + 1} more lines under Details`];
}

/** False: some platform has to cut its text, and shows the whole of it as a file only. */
export function isWholeOnCard(proposal: Pick<Proposal, "prepared" | "link">): boolean {
  const { prepared } = proposal;
  const checks = checkLines(proposal);
  const rest = [...shownEffects(prepared, checks), ...checks, prepared.undo ?? ""];
  return (
    widthOf(prepared.summary) <= wholeText.title &&
    rest.reduce((sum, line) => sum + widthOf(line) + 1, 0) <= wholeText.rest &&
    toPhoneChecks(checks).length <= wholeText.checks
  );
}
