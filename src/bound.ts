// What an approval is an approval of: the command, and everything that its card tells as a fact. Part of every proposal's
// effect hash, shown letter for letter under Details, and compared once more before the effect runs.
import type { Prepared } from "./ports/erp.ts";

/** Which way of binding this is: raised with every change of `boundBy`, so that what was asked under another is asked again. */
export const boundVersion = 2;

/** All that the two hashes are made of, and nothing else: what an approval is an approval of. */
export function boundBy({ command, summary, undo, risk, ...rest }: Prepared) {
  const { connector, instance, op, args } = command;
  const { amountCents, currency, party = null, records, isReversible, isExternal } = risk;
  return {
    command: { connector, instance, op, args },
    summary,
    risk: { amountCents, currency, party, records, isReversible, isExternal },
    undo,
    changes: rest.changes.map(({ record, label, before, after }) => ({ record, label, before, after })),
    deltas: rest.deltas.map(({ record, label, delta }) => ({ record, label, delta })),
    guards: rest.guards.map(({ check, isMet }) => ({ check, isMet })),
    warnings: [...rest.warnings],
    versions: { ...rest.versionTokens },
  };
}
