// How hard the question must be: a pure, versioned policy. Rules only raise; the result is the highest that matches,
// and what no rule knows (money without a currency, a figure that is none, a rule that is gone) counts as high.
import { moneyWords } from "../cards/money-words.ts";
import { operationStakes } from "./operation-stakes.ts";
import type { Stakes } from "../proposal.ts";
import type { StakesCase } from "./stakes-case.ts";

/** Raised with every change of the rules or of `stakes-case.ts`: a card asked under another policy is asked again. A test pins both files to it. */
export const stakesVersion = "stakes.5";

const order: readonly Stakes[] = ["low", "medium", "high"];
type Rule = (one: StakesCase, lines: StakesLines) => Stakes;
/** What the rules judge by. `operations`: the least of each; absent: the house's own. */
export type StakesLines = {
  readonly highAmountCents: number;
  readonly operations?: Readonly<Record<string, Stakes>>;
};
const ruleNames = [
  "operation",
  "amount",
  "currency",
  "undo",
  "outside",
  "count",
  "total",
  "preview",
  "document",
  "promise",
  "party",
  "bank",
  "terms",
] as const;
type RuleName = (typeof ruleNames)[number];
export type StakesRules = Readonly<Partial<Record<RuleName, Rule>>>;

const highIf = (isHigh: boolean): Stakes => (isHigh ? "high" : "low");
/** An amount that is no figure is too much. */
const isBelow = (amountCents: number, highAmountCents: number): boolean =>
  Number.isSafeInteger(amountCents) && amountCents < highAmountCents;

/** Each answers for one fact; without its rule a fact is unknown. */
export const stakesRules: Readonly<Record<RuleName, Rule>> = {
  // A tool server names its tools as it likes: a name that it shares with an operation says nothing of it.
  operation: ({ op, connector }, { operations = operationStakes }) =>
    operations[connector === "mcp" ? `${connector}:${op}` : op] ?? "high",
  amount: ({ amountCents }, { highAmountCents }) =>
    highIf(amountCents !== null && !isBelow(Math.abs(amountCents), highAmountCents)),
  currency: ({ amountCents, currency }) => highIf(amountCents !== null && currency === null),
  undo: ({ isReversible }) => (isReversible ? "low" : "medium"),
  outside: ({ isExternal }) => (isExternal ? "medium" : "low"),
  count: ({ records }) => (records <= 20 ? "low" : "high"),
  // One payment in ten parts is one payment.
  total: (one, { highAmountCents }) =>
    highIf(one.amountCents !== null && !isBelow(totalOf(one), highAmountCents)),
  // What the ERP only says of itself nobody has computed.
  preview: ({ preview }) => highIf(preview === "declared"),
  document: ({ takesBackPosted }) => highIf(takesBackPosted),
  // Nothing new can hang on what Nova itself did a moment ago: undoing it asks as much care as doing it did.
  promise: ({ breaksPromise, undoes }) => (breaksPromise ? (undoes ?? "high") : "low"),
  // What stays in the house, like a draft and its end, binds nobody new.
  party: ({ isNewParty, isExternal, amountCents }) =>
    highIf(isNewParty === true && isExternal && amountCents !== null),
  bank: ({ touchesBank, others }) => highIf(touchesBank || others.hasNewBank),
  terms: ({ changesTerms }) => highIf(changesTerms),
};

export type StakesPolicy = StakesLines & {
  /** Absent: the house's own. */
  readonly rules?: StakesRules;
};

/** The highest of what the effect declares and what the rules say of this very case. Throws what a rule throws: then nothing is asked. */
export function stakesOf(declared: Stakes, one: StakesCase, policy: StakesPolicy): Stakes {
  const { rules = stakesRules } = policy;
  const said = ruleNames.map((name) => rules[name]?.(one, policy) ?? "high");
  const highest = Math.max(...[declared, ...said].map((level) => order.indexOf(level)));
  return order[highest] ?? "high";
}

/** More care than what was approved. */
export const isHigher = (one: Stakes, other: Stakes): boolean => order.indexOf(one) > order.indexOf(other);

const totalOf = ({ amountCents, others }: StakesCase): number =>
  Math.abs(amountCents ?? 0) + others.amountCents;

/** Why it is high where the effect on the card does not show it, in the card's words. */
export function reasonsFor(one: StakesCase, policy: StakesPolicy): readonly string[] {
  const { rules = stakesRules } = policy;
  const { count } = one.others;
  const isHigh = (name: RuleName): boolean => rules[name]?.(one, policy) === "high";
  const total = `with the ${count === 1 ? "other one" : `${count} others`} of the last 24 h: ${moneyWords(totalOf(one), one.currency)}`;
  return [
    ...(isHigh("total") && !isHigh("amount") ? [total] : []),
    ...(isHigh("preview") ? ["its effect is only declared, nobody computed it"] : []),
    ...(isHigh("document") ? ["takes back what was posted"] : []),
    ...(isHigh("promise") ? ["cancels what was promised, and goods or papers hang on it"] : []),
    ...(isHigh("party") ? ["first time for this party"] : []),
    ...(isHigh("bank") ? ["bank details were changed"] : []),
    ...(isHigh("terms") ? ["changes when or how somebody pays"] : []),
  ];
}
