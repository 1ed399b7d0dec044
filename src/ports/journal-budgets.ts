// The part of the journal that guards money: what a request may cost at most is set aside before it goes out, and what
// it has cost is written in its place afterwards. Amounts are whole millionths of a US dollar, so that sums are exact.

/** One sum that a request counts towards. `day`: as `YYYY-MM-DD`, or empty where it lasts as long as its scope. */
export type BudgetSum = { readonly scope: string; readonly day: string };
/** `limitMicros`: null counts only. */
export type BudgetLine = BudgetSum & { readonly limitMicros: number | null };
export type Reserved =
  | { readonly kind: "held"; readonly id: number }
  /** The first of its lines that it does not fit under, and how much of that is left. Nothing was set aside. */
  | { readonly kind: "refused"; readonly at: number; readonly leftMicros: number };
/** `spent` holds what was counted at its highest because nobody knows what it has cost: that part is `unsettled`. */
export type BudgetStanding = BudgetSum & {
  readonly reservedMicros: number;
  readonly spentMicros: number;
  readonly unsettledMicros: number;
};

export interface BudgetJournal {
  /** Sets the highest cost of one request aside under every line at once, or under none. Durable when it resolves. */
  reserve(highestMicros: number, lines: readonly BudgetLine[]): Promise<Reserved>;
  /** Puts the true cost in the place of what was set aside; null: nobody knows it, so it has cost its highest. A second time changes nothing. */
  settleCost(id: number, costMicros: number | null): Promise<void>;
  /** Every sum of that day, or those without one. What a process that died left open is settled at its highest by `recover`. */
  budgetsOn(day: string): Promise<readonly BudgetStanding[]>;
}
