// What becomes of an effect that was begun and whose end nobody saw: a look comes first, always, and what it found decides.
// Nothing is called undone while it may still be under way.
import type { Clock, Erp, ErpCapabilities, Reconciled, Verified } from "../ports.ts";
import type { Proposal } from "../proposal.ts";
import { underWay } from "./outcome.ts";
import type { Ending } from "./outcome.ts";
import { inTime } from "./prepare-again.ts";

/** So long a deed may take from the moment it was begun until it is sent off and answered. */
export const executeDeadlineMs = 60_000;

/** From when on what is not there will not come any more. A connector without a grace does its deeds within its answer. */
export const settledFrom = (intentAt: number, { graceMs }: ErpCapabilities): number =>
  graceMs === 0 ? intentAt : intentAt + executeDeadlineMs + graceMs;

/** `unreachable`: the ERP gave no answer. */
export type Found = Reconciled | Verified | "unreachable";

/** With a key the ERP knows the very deed, so it is compared with what was approved; elsewhere it is looked for by its mark. */
export async function lookFor(
  clock: Clock,
  erp: Erp,
  { proposal, notBefore }: { readonly proposal: Proposal; readonly notBefore: number },
): Promise<Found> {
  const isByKey = erp.capabilities().idempotency === "key";
  try {
    return await inTime(clock, async () =>
      isByKey ? erp.verify(proposal.prepared, proposal.id) : erp.reconcile(proposal.id, notBefore),
    );
  } catch {
    // Not swallowed: the outcome stays unknown, which is shown, and it is looked for again.
    return "unreachable";
  }
}

export type Look = {
  readonly found: Found;
  readonly idempotency: ErpCapabilities["idempotency"];
  /** What is not there now will not come any more. */
  readonly isSettled: boolean;
};
/** `again`: it is not there, and the same key may be sent once more if everything still holds. */
export type AfterLook = ({ readonly kind: "end" } & Ending) | { readonly kind: "again" };

export function afterLook({ found, idempotency, isSettled }: Look): AfterLook {
  if (found !== "absent") return { kind: "end", ...endings[found] };
  if (idempotency === "key") return { kind: "again" };
  // It knows nothing to find a deed by, so that it is not seen says little: never called undone, never sent again.
  if (idempotency === "none") return { kind: "end", ...endings.undecidable };
  return { kind: "end", ...(isSettled ? notThere : notYet) };
}

const endings: Readonly<Record<Exclude<Found, "absent">, Ending>> = {
  applied: { to: "applied", detail: "found in the ERP after an interruption" },
  partial: { to: "partial", detail: "found in part after an interruption" },
  diverged: { to: "partial", detail: "found after an interruption, and not as it was approved" },
  undecidable: { to: "needs_human", detail: "the ERP can't say whether it happened" },
  unverifiable: { to: "needs_human", detail: "the ERP can't say whether it happened" },
  underway: underWay,
  unreachable: { to: "unknown", detail: "the ERP could not be reached to look" },
};
export const notThere: Ending = { to: "not_applied", detail: "not found in the ERP" };
export const notYet: Ending = { to: "unknown", detail: "not found in the ERP so far" };
