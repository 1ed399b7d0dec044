// How hard the question must be: a pure, versioned policy. Rules only raise; the result is the highest that matches,
// and what no rule knows (money without a currency) counts as high.
import type { RiskFacts } from "./ports/erp.ts";
import type { Stakes } from "./proposal.ts";

/** Raised with every change of the rules: a card asked under another policy is stale. */
export const stakesVersion = "stakes.1";

const order: readonly Stakes[] = ["low", "medium", "high"];
type Rule = (risk: RiskFacts, highAmountCents: number) => Stakes;

const rules: readonly Rule[] = [
  (risk, highAmountCents) =>
    risk.amountCents !== null && risk.amountCents >= highAmountCents ? "high" : "low",
  (risk) => (risk.amountCents !== null && risk.currency === null ? "high" : "low"),
  (risk) => (risk.isReversible ? "low" : "high"),
  (risk) => (risk.isExternal ? "medium" : "low"),
  (risk) => (risk.records > 20 ? "high" : "low"),
];

/** @returns the highest of what the effect declares and what the rules say of this very case. */
export function stakesOf(declared: Stakes, risk: RiskFacts, highAmountCents: number): Stakes {
  const levels = [declared, ...rules.map((rule) => rule(risk, highAmountCents))].map((level) =>
    order.indexOf(level),
  );
  return order[Math.max(...levels)] ?? "high";
}
