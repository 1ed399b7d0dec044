// The controls of an approval, of what a model may cost and of backups, each with the fault that takes it away and the test
// that must notice. A control whose fault no test notices is a promise that nobody keeps.
import { backupFaults } from "./faults-of-backups.ts";
import { bindingFaults } from "./faults-of-binding.ts";
import { cardFaults } from "./faults-of-cards.ts";
import { deedFaults } from "./faults-of-deeds.ts";
import { moneyFaults } from "./faults-of-money.ts";
import { pressFaults } from "./faults-of-presses.ts";
import { rowFaults } from "./faults-of-rows.ts";

export type Fault = {
  /** What the house does with this fault in it. */
  readonly fault: string;
  readonly file: string;
  /** Stands exactly once in that file. */
  readonly cut: string;
  readonly put: string;
  /** The cheapest test file that must fail, and the tests in it (a pattern of their names). */
  readonly noticedBy: string;
  readonly named: string;
};

export const faults: readonly Fault[] = [
  ...pressFaults,
  ...deedFaults,
  ...bindingFaults,
  ...cardFaults,
  ...rowFaults,
  ...moneyFaults,
  ...backupFaults,
];
