// How sure Nova may be of something remembered, computed when it is used and never stored.
import type { PackItem } from "../pack.ts";
import type { Fact } from "../ports.ts";

const dayMs = 86_400_000;
/** A statement about the world keeps for a quarter; a decision stands until another one supersedes it. */
const windowMs: Readonly<Record<Fact["kind"], number>> = {
  fact: 90 * dayMs,
  decision: Number.POSITIVE_INFINITY,
};

type Dated = Pick<Fact, "kind" | "at" | "vouchedAt">;
/** When somebody last said it or said that it is still so. */
export const lastWordAt = (fact: Omit<Dated, "kind">): number => Math.max(fact.at, fact.vouchedAt ?? 0);

export function labelOf(fact: Dated, now: number): PackItem["label"] {
  return now - lastWordAt(fact) <= windowMs[fact.kind] ? "current" : "unverified";
}

/** "today", "3 days ago": the age a person is shown beside every fact. */
export function ageInWords(at: number, now: number): string {
  const days = Math.floor((now - at) / dayMs);
  if (days <= 0) return "today";
  return days === 1 ? "yesterday" : `${days} days ago`;
}
