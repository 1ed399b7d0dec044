// An ERP of one operation that outlives every Nova beside it and keeps its own log: what reached it, and what it did.
// The judge of the fuzzers; it takes nobody's word but its own.
import { Approval } from "../../src/approval.ts";
import type { Clock, Erp, ErpCommand, Prepared } from "../../src/ports.ts";

/** `key`: it knows a deed by its id and does it once. The others pay on every call that arrives: `search` finds what was paid by the note on it, `none` finds nothing again. */
export type TillMode = "key" | "search" | "none";
export type Paid = { readonly actionId: string; readonly to: string; readonly cents: number };
/** What goes wrong on the line of the next deed; whoever sent it hears nothing in any case. */
export type Trouble =
  /** Paid, and the answer is lost. */
  | "answer"
  /** Paid, and for a while nobody can look either. */
  | "line"
  /** It never arrived. */
  | "request"
  /** Given up by whoever sent it, and paid later. */
  | "late";
export type Call = Paid & {
  readonly isGranted: boolean;
  /** Which Nova sent it: each connection is another one. */
  readonly life: number;
  isAnswered: boolean;
};
export type Till = {
  readonly mode: TillMode;
  /** A client of one Nova's; `cut` ends it: what that Nova still sends never arrives. */
  readonly connect: () => { readonly erp: Erp; readonly cut: () => void };
  /** Every execute that was sent, granted or not. */
  readonly calls: readonly Call[];
  /** What was really paid, in order. */
  readonly paid: readonly Paid[];
  /** Called right before and right behind every deed. */
  listen: (moment: "before the deed" | "behind the deed") => void;
  /** For the next deed; null: all is well. */
  trouble: Trouble | null;
};
type Book = Till & { readonly calls: Call[]; readonly paid: Paid[]; lives: number; blindUntil: number };

export const titleOf = (to: string, cents: number): string => `Pay ${to}: EUR ${(cents / 100).toFixed(2)}`;

/** What an ERP behind a network promises at least; one that knows keys here does its deeds within its answer. */
const graceMs = 60_000;
/** So late, and no later, may come what was sent: still within the deadline of the deed and the grace behind it. */
const lateMs = 100_000;
const blindMs = 20_000;

export function createTill(mode: TillMode, clock: Clock): Till {
  const till: Book = {
    mode,
    calls: [],
    paid: [],
    listen: () => undefined,
    trouble: null,
    lives: 0,
    blindUntil: 0,
    connect: () => connect(till, clock),
  };
  return till;
}

function connect(till: Book, clock: Clock): ReturnType<Till["connect"]> {
  const life = (till.lives += 1);
  let isCut = false;
  const arrive = (): void => {
    if (isCut) throw new Error("this process is dead");
  };
  const look = (): void => {
    arrive();
    if (clock.now() < till.blindUntil) throw new Error("connect ECONNREFUSED");
  };
  const has = (actionId: string): boolean => till.paid.some((one) => one.actionId === actionId);
  const erp: Erp = {
    connector: "till",
    name: "main",
    capabilities: () => ({
      preview: "exact",
      idempotency: till.mode,
      concurrency: "recheck",
      graceMs: till.mode === "key" ? 0 : graceMs,
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
      const call: Call = { ...deed, life, isGranted: Approval.isGranted(approval), isAnswered: false };
      till.calls.push(call);
      const isLost = receive(till, deed, clock);
      till.listen("behind the deed");
      arrive();
      if (isLost) throw new Error("socket hang up");
      call.isAnswered = true;
      return { kind: "ok", ids: [actionId], detail: "" };
    },
    verify: async (_prepared, actionId) => {
      look();
      if (till.mode === "none") return "unverifiable";
      return has(actionId) ? "applied" : "absent";
    },
    reconcile: async (actionId) => {
      look();
      return till.mode !== "none" && has(actionId) ? "applied" : "absent";
    },
    compensate: async () => null,
    close: async () => undefined,
  };
  return { erp, cut: () => (isCut = true) };
}

/** A deed on its way in, with whatever trouble waits for it. True: its sender hears nothing. */
function receive(till: Book, deed: Paid, clock: Clock): boolean {
  const { trouble } = till;
  till.trouble = null;
  const pay = (): void => {
    const isKnown = till.mode === "key" && till.paid.some(({ actionId }) => actionId === deed.actionId);
    if (!isKnown) till.paid.push(deed);
  };
  if (trouble === "late") clock.after(lateMs, pay);
  else if (trouble !== "request") pay();
  if (trouble === "line") till.blindUntil = clock.now() + blindMs;
  return trouble !== null;
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
