// How far agents are trusted. Nothing here widens anybody's rights: whatever an agent proposes waits for a person.
import type { TrustSettings } from "../src/trust/trust-config.ts";

export const trust: TrustSettings = {
  // What Nova demands before it routes a message without asking. Lower is stricter: the share of automatic routes that may
  // be wrong, for agents that only answer (`lowError`) and for those that can propose a change or start a run (`highError`).
  lines: { lowError: 0.04, highError: 0.03, enoughRows: 30 },
  // What share of an agent's answers must be good for an answer of these stakes to go unmarked: the lower bound (5 %) of what
  // the evidence allows, so little evidence counts as little.
  stakes: { low: 0.6, medium: 0.75, high: 0.9 },
  // Evidence of today counts whole, of so many days ago half, of twice as many a quarter.
  halfLifeDays: 30,
  // An agent that nobody has judged stands as if ten of its answers had been judged, and nine were good: enough for low stakes
  // (its bound is 0.72), not for medium and high.
  prior: { good: 9, bad: 1 },
};
