// How earlier versions of Nova bound an effect: without the words, the amount and the undoing of its card. Only for looking
// back at what was done then; nothing is approved or executed by it.
import { canonicalHash } from "../canonical.ts";
import type { Prepared } from "../ports/erp.ts";
import { boundBy } from "../bound.ts";
import { commandHashOf, effectHashOf } from "../proposal.ts";

/** What a proposal of that time was bound by. */
function boundBefore(prepared: Prepared) {
  const { summary: _summary, risk: _risk, undo: _undo, ...rest } = boundBy(prepared);
  return rest;
}

export function hashBefore(prepared: Prepared): string {
  const { command, ...rest } = boundBefore(prepared);
  return canonicalHash({ commandHash: commandHashOf(command), ...rest });
}

/** Whether what was done under this hash is this effect, whichever Nova did it. */
export const wasBound = (effectHash: string, prepared: Prepared): boolean =>
  effectHash === effectHashOf(prepared) || effectHash === hashBefore(prepared);

/** All that this very hash is made of. */
export const boundUnder = (effectHash: string, prepared: Prepared) =>
  effectHash === hashBefore(prepared) ? boundBefore(prepared) : boundBy(prepared);
