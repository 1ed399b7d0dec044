// An ERP of one operation that outlives every Nova beside it and keeps its own log: what reached it, and what it did.
// The judge of the fuzzers; it takes nobody's word but its own.
import { Approval } from "../../src/approval.ts";
import type { Erp, ErpCommand, Prepared } from "../../src/ports.ts";

export type Paid = { readonly actionId: string; readonly to: string; readonly cents: number };
export type Till = {
  /** A client of one Nova's; `cut` ends it: what that Nova still sends never arrives. */
  readonly connect: () => { readonly erp: Erp; readonly cut: () => void };
  /** Every execute that arrived, granted or not. */
  readonly calls: readonly (Paid & { readonly isGranted: boolean })[];
  /** What was really paid, in order; an action id pays once. */
  readonly paid: readonly Paid[];
  /** Called right before and right behind every deed. */
  listen: (moment: "before the deed" | "behind the deed") => void;
  /** The next answer to a deed is lost on its way back. */
  losesAnswers: number;
};

export const titleOf = (to: string, cents: number): string => `Pay ${to}: EUR ${(cents / 100).toFixed(2)}`;

export function createTill(): Till {
  const calls: (Paid & { isGranted: boolean })[] = [];
  const paid: Paid[] = [];
  const till: Till = {
    calls,
    paid,
    listen: () => undefined,
    losesAnswers: 0,
    connect: () => connect(till, paid, calls),
  };
  return till;
}

function connect(
  till: Till,
  paid: Paid[],
  calls: (Paid & { isGranted: boolean })[],
): ReturnType<Till["connect"]> {
  let isCut = false;
  const arrive = (): void => {
    if (isCut) throw new Error("this process is dead");
  };
  const has = (actionId: string): boolean => paid.some((one) => one.actionId === actionId);
  const erp: Erp = {
    connector: "till",
    name: "main",
    capabilities: () => ({
      preview: "exact",
      idempotency: "key",
      concurrency: "recheck",
      graceMs: 0,
      compensates: [],
    }),
    probe: async () => ({ operations: ["order.confirm"], detail: "" }),
    query: async () => ({ rows: [], total: 0, asOf: new Date(0).toISOString() }),
    prepare: async (command) => {
      arrive();
      return { kind: "prepared", prepared: preparedOf(command) };
    },
    execute: async (approval, { command }, { actionId }) => {
      arrive();
      till.listen("before the deed");
      arrive();
      const deed = { actionId, ...argsOf(command) };
      calls.push({ ...deed, isGranted: Approval.isGranted(approval) });
      if (!has(actionId)) paid.push(deed);
      till.listen("behind the deed");
      arrive();
      if (till.losesAnswers > 0) {
        till.losesAnswers -= 1;
        throw new Error("socket hang up");
      }
      return { kind: "ok", ids: [actionId], detail: "" };
    },
    verify: async (_prepared, actionId) => {
      arrive();
      return has(actionId) ? "applied" : "absent";
    },
    reconcile: async (actionId) => {
      arrive();
      return has(actionId) ? "applied" : "absent";
    },
    compensate: async () => null,
    close: async () => undefined,
  };
  return { erp, cut: () => (isCut = true) };
}

function argsOf({ args }: ErpCommand): Omit<Paid, "actionId"> {
  const { to, cents } = args;
  if (typeof to !== "string" || typeof cents !== "number") throw new Error("the till was sent nonsense");
  return { to, cents };
}

function preparedOf(command: ErpCommand): Prepared {
  const { to, cents } = argsOf(command);
  const after = `EUR ${(cents / 100).toFixed(2)}`;
  return {
    command,
    summary: titleOf(to, cents),
    changes: [{ record: `payee:${to}`, label: "paid", before: null, after }],
    deltas: [],
    guards: [],
    warnings: [],
    versionTokens: {},
    risk: {
      amountCents: cents,
      currency: "EUR",
      isReversible: true,
      isExternal: true,
      records: 1,
      party: to,
    },
    undo: "ask for it back",
  };
}
