// How hard the question must be: a pure, versioned policy. Rules only raise; the result is the highest that matches,
// and what no rule knows (money without a currency, a figure that is none, a rule that is gone) counts as high.
import { canonicalHash } from "./canonical.ts";
import type { RiskFacts } from "./ports/erp.ts";
import { operationStakes } from "./operation-stakes.ts";
import type { Stakes } from "./proposal.ts";

/** Raised with every change of the rules: a card asked under another policy is asked again. */
const stakesVersion = "stakes.3";

const order: readonly Stakes[] = ["low", "medium", "high"];
/** What is known of one effect before anybody is asked. */
export type StakesCase = RiskFacts & { readonly op: string };
type Rule = (one: StakesCase, highAmountCents: number) => Stakes;
type RuleName = "operation" | "amount" | "currency" | "undo" | "outside" | "count";
export type StakesRules = Readonly<Partial<Record<RuleName, Rule>>>;

/** Each answers for one fact; without its rule a fact is unknown. */
export const stakesRules: Readonly<Record<RuleName, Rule>> = {
  operation: ({ op }) => operationStakes[op] ?? "high",
  amount: ({ amountCents }, highAmountCents) => {
    if (amountCents === null) return "low";
    return Number.isSafeInteger(amountCents) && Math.abs(amountCents) < highAmountCents ? "low" : "high";
  },
  currency: ({ amountCents, currency }) => (amountCents !== null && currency === null ? "high" : "low"),
  undo: ({ isReversible }) => (isReversible ? "low" : "medium"),
  outside: ({ isExternal }) => (isExternal ? "medium" : "low"),
  count: ({ records }) => (records <= 20 ? "low" : "high"),
};
const ruleNames: readonly RuleName[] = ["operation", "amount", "currency", "undo", "outside", "count"];

export type StakesPolicy = {
  readonly highAmountCents: number;
  /** Absent: the house's own. */
  readonly rules?: StakesRules;
};

/** The highest of what the effect declares and what the rules say of this very case. Throws what a rule throws: then nothing is asked. */
export function stakesOf(declared: Stakes, one: StakesCase, policy: StakesPolicy): Stakes {
  const { highAmountCents, rules = stakesRules } = policy;
  const said = ruleNames.map((name) => rules[name]?.(one, highAmountCents) ?? "high");
  const highest = Math.max(...[declared, ...said].map((level) => order.indexOf(level)));
  return order[highest] ?? "high";
}

/** More care than what was approved. */
export const isHigher = (one: Stakes, other: Stakes): boolean => order.indexOf(one) > order.indexOf(other);

/** Rules and the lines of the config that they judge by: whatever changes how a card would be asked changes this. */
export const policyVersionOf = (lines: {
  readonly highAmountCents: number;
  readonly fourEyes: readonly Stakes[];
  readonly waitAloneMs: number;
}): string =>
  `${stakesVersion}/${canonicalHash({ ...lines, fourEyes: lines.fourEyes.toSorted() }).slice(0, 8)}`;
