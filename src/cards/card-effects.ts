// What a proposal changes, line by line, and how many of those lines a card has room for: it is read in ten lines on a phone.
import { checkLines } from "./card-checks.ts";
import { keyLines } from "./key-lines.ts";
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

const isChange = ({ before, after }: DocumentChange): boolean => (before ?? none) !== (after ?? none);
const lineOf = ({ record, label, before, after }: DocumentChange): string =>
  `${record} ${label}: ${isChange({ record, label, before, after }) ? `${before ?? none} → ` : ""}${after ?? none}`;

/** What no card may leave out comes first, then what changes, then stock and money, then the values that the document keeps. */
export function effectsOf(prepared: Prepared): readonly string[] {
  const { changes, deltas } = prepared;
  const keys = keyLines(prepared);
  const others = changes.filter((_change, at) => !keys.has(at));
  return [
    ...changes.filter((_change, at) => keys.has(at)).map(lineOf),
    ...others.filter(isChange).map(lineOf),
    ...deltas.map(
      ({ record, label, delta, before, after }) => `${record} ${label}: ${before} → ${after} (${delta})`,
    ),
    ...others.filter((change) => !isChange(change)).map(lineOf),
  ];
}

const isState = (label: string): boolean => /^(?:state|status|docstatus)$/iu.test(label);

/**
 * One item of a batch, on one line: its title, and behind it what no card may leave out and what it overwrites. A step from
 * one state to the next is what the title says.
 */
export function itemWords(prepared: Prepared): string {
  const keys = keyLines(prepared);
  const told = prepared.changes.filter(
    (change, at) => keys.has(at) || (change.before !== null && isChange(change) && !isState(change.label)),
  );
  return [prepared.summary, ...told.map(lineOf)].join("; ");
}

/** A number, a tick and what joins them, before each item. */
const itemMarks = 10;

/** False: some platform would cut the one card of these. */
export function areWholeOnOneCard(items: readonly Pick<Proposal, "prepared">[]): boolean {
  const widths = items.map(({ prepared }) => {
    const unmet = prepared.guards.filter(({ isMet }) => !isMet).map(({ check, detail }) => check + detail);
    const lines = [itemWords(prepared), ...unmet, ...prepared.warnings];
    return lines.reduce((sum, line) => sum + widthOf(line) + itemMarks, 0);
  });
  return widths.reduce((sum, width) => sum + width, 0) <= wholeText.rest;
}

/** With a line that counts the others, where there are others. */
function roomForKeys(prepared: Prepared): number {
  const keys = keyLines(prepared).size;
  return prepared.changes.length + prepared.deltas.length > keys ? keys + 1 : keys;
}

/** As many as the checks leave room for. What does not fit is counted, never silently dropped: Details shows it. */
export function shownEffects(prepared: Prepared, checks: readonly string[]): string[] {
  const lines = effectsOf(prepared);
  const left = phoneLines - toPhoneChecks(checks).length;
  const room = Math.min(effectLines.most, Math.max(effectLines.least, roomForKeys(prepared), left));
  if (lines.length <= room) return [...lines];
  return [...lines.slice(0, room - 1), `… and ${lines.length - room + 1} more lines under Details`];
}

/** False: some platform has to cut its text, and shows the whole of it as a file only, or there is no room for what no card may leave out. */
export function isWholeOnCard(proposal: Pick<Proposal, "prepared" | "link">): boolean {
  const { prepared } = proposal;
  const checks = checkLines(proposal);
  const rest = [...shownEffects(prepared, checks), ...checks, prepared.undo ?? ""];
  return (
    roomForKeys(prepared) <= effectLines.most &&
    widthOf(prepared.summary) <= wholeText.title &&
    rest.reduce((sum, line) => sum + widthOf(line) + 1, 0) <= wholeText.rest &&
    toPhoneChecks(checks).length <= wholeText.checks
  );
}
