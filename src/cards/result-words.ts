// What an approved effect left behind, in words for its card and its receipt: the ERP's own numbers, and how long it took.
import type { Proposal, ProposalState } from "../proposal.ts";

const shownIds = 5;
const tookEffect: ReadonlySet<ProposalState> = new Set<ProposalState>(["applied", "partial", "compensated"]);

/** "INV-2026-0006, SO-1008"; empty where nothing took effect or the ERP named nothing. */
export function idWords({ state, result }: Pick<Proposal, "state" | "result">): string {
  const ids = tookEffect.has(state) ? (result?.ids ?? []) : [];
  const more = ids.length - shownIds;
  return `${ids.slice(0, shownIds).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** A line for the card: empty while nothing took effect. */
export function resultLines(proposal: Pick<Proposal, "state" | "result">): readonly string[] {
  const { state, result } = proposal;
  if (!tookEffect.has(state) || result == null) return [];
  const ids = idWords(proposal);
  return [`→ ${ids === "" ? "" : `in the ERP: ${ids} · `}took ${durationOf(result.tookMs)}`];
}

function durationOf(ms: number): string {
  if (ms < 1_000) return "less than a second";
  return ms < 120_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}
