// What the frozen messages say of routing, as shares: the figures that are gated.
import { isExactSet, type Judged } from "./judgement.ts";

/** Shares between 0 and 1; counts where nothing else is said. A share of nothing is null. */
export interface OwnFigures {
  /** Right among all automatic routes, of every kind of message. */
  readonly precision: number | null;
  /** Automatic among single requests. */
  readonly coverage: number | null;
  /** A right agent among the buttons, of the messages that somebody should have and that were asked about. */
  readonly threeButtons: number | null;
  /** Exactly the right agents found in messages with several requests. */
  readonly multiDomainExact: number | null;
  readonly sideEffectBelowLine: number;
  readonly undecided: number;
  readonly n: number;
}

/** What is printed beside them, so that no figure hides another. */
export interface OwnDetails {
  /** Strange messages that were declined, and those that went to somebody. */
  readonly strangeDeclined: number | null;
  readonly strangeRouted: number | null;
  /** Single requests cut into several. */
  readonly cutByMistake: number | null;
  /** Single requests that were declined. */
  readonly declinedByMistake: number | null;
  /** Messages that several agents would do for, and that went to one of them without a question. */
  readonly ambiguousRouted: number | null;
  /** Several requests that became a plan without a question. */
  readonly planned: number | null;
}

function share(total: number, part: number): number | null {
  return total === 0 ? null : part / total;
}

export function shareOf<T>(all: readonly T[], is: (one: T) => boolean): number | null {
  return share(all.length, all.filter(is).length);
}

const ofKind = (judged: readonly Judged[], kind: Judged["message"]["kind"]): readonly Judged[] =>
  judged.filter(({ message }) => message.kind === kind);

const isAutomatic = ({ isRight }: Judged): boolean => isRight !== null;

export function ownFigures(judged: readonly Judged[]): OwnFigures {
  return {
    precision: shareOf(judged.filter(isAutomatic), ({ isRight }) => isRight === true),
    coverage: shareOf(ofKind(judged, "single"), isAutomatic),
    threeButtons: shareOf(
      judged.filter(({ isOffered }) => isOffered !== null),
      ({ isOffered }) => isOffered === true,
    ),
    multiDomainExact: shareOf(ofKind(judged, "multi"), isExactSet),
    sideEffectBelowLine: judged.filter(({ isBelowLine }) => isBelowLine).length,
    undecided: judged.filter(({ decision }) => decision === null).length,
    n: judged.length,
  };
}

export function ownDetails(judged: readonly Judged[]): OwnDetails {
  const isOf =
    (kind: string) =>
    ({ decision }: Judged): boolean =>
      decision?.target.kind === kind;
  return {
    strangeDeclined: shareOf(ofKind(judged, "oos"), isOf("none")),
    strangeRouted: shareOf(ofKind(judged, "oos"), isAutomatic),
    cutByMistake: shareOf(ofKind(judged, "single"), ({ decision }) => decision?.stage === "split"),
    declinedByMistake: shareOf(ofKind(judged, "single"), isOf("none")),
    ambiguousRouted: shareOf(ofKind(judged, "ambiguous"), isAutomatic),
    planned: shareOf(ofKind(judged, "multi"), isOf("plan")),
  };
}

export interface CurvePoint {
  readonly line: number;
  readonly coverage: number | null;
  readonly precision: number | null;
}

/** What one line for everybody would give: how many single requests it lets through, and how many of those are right. */
export function abstentionCurve(judged: readonly Judged[]): readonly CurvePoint[] {
  const rows = judged.filter(({ message }) => message.kind === "single" || message.kind === "oos");
  const tops = rows.map(({ message, decision }) => {
    const [top] = decision?.candidates ?? [];
    const isRight = top !== undefined && message.expect.agents.includes(top.agent);
    return { probability: top?.probability ?? 0, isRight, isSingle: message.kind === "single" };
  });
  return [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95].map((line) => {
    const through = tops.filter(({ probability }) => probability >= line);
    return {
      line,
      coverage: share(
        tops.filter(({ isSingle }) => isSingle).length,
        through.filter(({ isSingle }) => isSingle).length,
      ),
      precision: shareOf(through, ({ isRight }) => isRight),
    };
  });
}

/** Expected calibration error of the first candidate over ten bins, for single and strange messages. */
export function calibrationError(judged: readonly Judged[]): number | null {
  const rows = judged
    .filter(({ message }) => message.kind === "single" || message.kind === "oos")
    .map(({ message, decision }) => {
      const [top] = decision?.candidates ?? [];
      return {
        probability: top?.probability ?? 0,
        isRight: top !== undefined && message.expect.agents.includes(top.agent),
      };
    });
  return rows.length === 0 ? null : expectedError(rows);
}

export function expectedError(
  rows: readonly { readonly probability: number; readonly isRight: boolean }[],
): number {
  const bins = Array.from({ length: 10 }, () => ({ rows: 0, sum: 0, right: 0 }));
  for (const { probability, isRight } of rows) {
    const bin = bins[Math.min(9, Math.floor(probability * 10))];
    if (bin === undefined) continue;
    bin.rows += 1;
    bin.sum += probability;
    bin.right += isRight ? 1 : 0;
  }
  return bins.reduce((total, { sum, right }) => total + Math.abs(sum - right), 0) / rows.length;
}
