// The law of trust: evidence > measured trust > what the stakes ask. Pure. It only ever says how far to believe an answer:
// rights, approvals and routing ask nothing of it.
import type { Evidence } from "../ports.ts";
import type { Stakes } from "../proposal.ts";
import { betaQuantile } from "./beta.ts";
import type { TrustSettings } from "./trust-config.ts";

/** Passed and failed evals of one agent, measured with the model that is in use. */
export type EvalResult = {
  readonly agent: string;
  readonly passed: number;
  readonly failed: number;
  /** Epoch ms. */
  readonly at: number;
};
export type AgentEvidence = {
  readonly judged: readonly Evidence[];
  readonly evals: EvalResult | null;
};
/**
 * `trusted`: the lower bound reaches the line. `unproven`: it does not, for want of evidence. `doubted`: it does not, and
 * there is evidence against the agent.
 */
export type Verdict = "trusted" | "unproven" | "doubted";
export type Standing = {
  readonly stakes: Stakes;
  readonly verdict: Verdict;
  /** Lower end (5 %) of the share of good answers that the evidence allows. */
  readonly bound: number;
  /** What these stakes ask of it. */
  readonly line: number;
  /** Something counted here, for or against. */
  readonly hasEvidence: boolean;
};

export const stakesOrder: readonly Stakes[] = ["low", "medium", "high"];
export const highestOf = (stakes: readonly Stakes[]): Stakes =>
  stakesOrder[Math.max(0, ...stakes.map((one) => stakesOrder.indexOf(one)))] ?? "high";
const tail = 0.05;
/** More than half a piece: one fresh rejection, or two edits. Less is a trace of what was. */
const against = 0.5;
const dayMs = 86_400_000;

type Piece = { readonly good: number; readonly bad: number; readonly stakes: Stakes; readonly at: number };
const worth = {
  approved: { good: 1, bad: 0 },
  /** The wish was right, something of it was not. */
  edited: { good: 0.5, bad: 0.5 },
  rejected: { good: 0, bad: 1 },
  up: { good: 1, bad: 0 },
  down: { good: 0, bad: 1 },
  none: { good: 0, bad: 0 },
} as const satisfies Readonly<Record<Evidence["kind"], { good: number; bad: number }>>;

/** What is older counts for less than a hundredth, and is left out. */
export const evidenceReachMs = ({ halfLifeDays }: TrustSettings): number => 7 * halfLifeDays * dayMs;

function piecesOf({ judged, evals }: AgentEvidence): readonly Piece[] {
  const pieces = judged.map(({ kind, stakes, at }): Piece => ({ ...worth[kind], stakes, at }));
  // Evals judge words, like thumbs do.
  return evals === null
    ? pieces
    : [...pieces, { good: evals.passed, bad: evals.failed, stakes: "low", at: evals.at }];
}

/** Good answers speak for their stakes and what asks less; bad ones against their stakes and what asks more. */
function countsFor(pieces: readonly Piece[], stakes: Stakes, weigh: (at: number) => number) {
  const rank = (of: Stakes): number => stakesOrder.indexOf(of);
  const sum = (of: (piece: Piece) => number): number =>
    pieces.reduce((total, piece) => total + of(piece) * weigh(piece.at), 0);
  return {
    good: sum((piece) => (rank(piece.stakes) >= rank(stakes) ? piece.good : 0)),
    bad: sum((piece) => (rank(piece.stakes) <= rank(stakes) ? piece.bad : 0)),
  };
}

/** How far an agent is to be trusted with answers of these stakes, at `now` (epoch ms). */
export function measure(
  evidence: AgentEvidence,
  stakes: Stakes,
  { settings, now }: { readonly settings: TrustSettings; readonly now: number },
): Standing {
  const { halfLifeDays, prior } = settings;
  const reach = evidenceReachMs(settings);
  // A clock that was set back makes nothing younger than now.
  const weigh = (at: number): number => {
    const age = Math.max(0, now - at);
    return age > reach ? 0 : 0.5 ** (age / (halfLifeDays * dayMs));
  };
  const { good, bad } = countsFor(piecesOf(evidence), stakes, weigh);
  const bound = betaQuantile(tail, prior.good + good, prior.bad + bad);
  const line = settings.stakes[stakes];
  const verdict = bound >= line ? "trusted" : bad > against ? "doubted" : "unproven";
  return { stakes, verdict, bound, line, hasEvidence: good + bad > 0 };
}
