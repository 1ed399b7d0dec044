// What the engine asks of an ERP. Reading and preparing never change anything; executing demands an Approval,
// which only the one executing function can make. OK is not an effect and an error is not the absence of one:
// only `verify` and `reconcile`, which read back, decide what happened.
import type { Approval } from "../approval.ts";

/** One operation on one ERP instance. `args` is canonical JSON data: money in integer cents, quantities in thousandths. */
export type ErpCommand = {
  readonly connector: string;
  readonly instance: string;
  readonly op: string;
  readonly args: JsonObject;
};
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** A field of a document, before and after. Hashed whole. */
export type DocumentChange = {
  readonly record: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
};
/** A movement of a shared figure (stock, balance). Only record, label and delta are hashed: absolutes go stale by themselves. */
export type AggregateDelta = {
  readonly record: string;
  readonly label: string;
  readonly delta: string;
  readonly before: string;
  readonly after: string;
};
export type Guard = { readonly check: string; readonly isMet: boolean; readonly detail: string };
export type RiskFacts = {
  /** Absolute money moved or bound, in cents; null when no amount is involved. */
  readonly amountCents: number | null;
  readonly currency: string | null;
  readonly isReversible: boolean;
  /** Someone outside is told or bound by it. */
  readonly isExternal: boolean;
  readonly records: number;
  /** Whose money it is about, by the ERP's own key; absent or null: nobody in particular, so it counts together with everybody. */
  readonly party?: string | null | undefined;
  /** Nothing but drafts was ever made out to this party; absent: the ERP can't say. */
  readonly isNewParty?: boolean | undefined;
};
/** What a command would do, computed by code before a person sees it and again right before execution. */
export type Prepared = {
  readonly command: ErpCommand;
  /** One line: verb, object, party, money. */
  readonly summary: string;
  readonly changes: readonly DocumentChange[];
  readonly deltas: readonly AggregateDelta[];
  readonly guards: readonly Guard[];
  readonly warnings: readonly string[];
  readonly versionTokens: Readonly<Record<string, string>>;
  readonly risk: RiskFacts;
  /** How it can be undone, in a person's words; null: it cannot. */
  readonly undo: string | null;
};
export type PrepareResult =
  | { readonly kind: "prepared"; readonly prepared: Prepared }
  /** Invalid, impossible or without any effect: never reaches a person as a card. One sentence with the mend. */
  | {
      readonly kind: "refused";
      readonly why: string;
      /** No other input would do: the person hears it from code, whatever the model makes of it. */
      readonly isFinal?: true;
    };

export type Reported =
  | { readonly kind: "ok"; readonly ids: readonly string[]; readonly detail: string }
  | { readonly kind: "rejected" | "stale" | "denied" | "transport"; readonly detail: string }
  /** `warnings`: all that have to be acknowledged with an approval before it is done, in the ERP's words; absent: the next `prepare` says them. */
  | { readonly kind: "needs_ack"; readonly detail: string; readonly warnings?: readonly string[] };
/** What an effect left behind: the records that the ERP named, and how long it took from its send on, in ms. */
export type EffectResult = { readonly ids: readonly string[]; readonly tookMs: number };
/** `unverifiable`: there is no way to read this deed back, now or later; a person has to look. `underway`: the ERP has taken it and still works on it by itself. */
export type Verified = "applied" | "absent" | "partial" | "diverged" | "unverifiable" | "underway";
export type Reconciled = "applied" | "absent" | "partial" | "undecidable" | "underway";

export type ErpCapabilities = {
  readonly preview: "exact" | "computed" | "declared";
  readonly idempotency: "key" | "unique-ref" | "search" | "none";
  readonly concurrency: "token" | "recheck" | "none";
  /** So long a request that was sent may still take effect after its answer failed: at least 60 s, and 5 s more than its own limit. 0: what it does is over with its answer, because it runs in Nova's own process. */
  readonly graceMs: number;
  /** Operations that `compensate` finds a command for: what was done by one of them offers to be undone. */
  readonly compensates: readonly string[];
};

/** Questions an ERP answers. Every connector maps its own records to these rows. */
export type ErpQuery =
  | { readonly kind: "stock"; readonly text: string | null; readonly limit: number }
  | { readonly kind: "items"; readonly text: string | null; readonly limit: number }
  | {
      readonly kind: "parties";
      readonly text: string | null;
      readonly role: "customer" | "supplier" | null;
      readonly limit: number;
    }
  | {
      readonly kind: "orders";
      readonly text: string | null;
      readonly state: string | null;
      readonly limit: number;
    }
  | { readonly kind: "order"; readonly number: string }
  /** `overdueOn`: ISO day; only open invoices due before it. */
  | {
      readonly kind: "invoices";
      readonly text: string | null;
      readonly overdueOn: string | null;
      readonly limit: number;
    }
  /** What is owed to suppliers; `overdueOn` as for invoices. */
  | {
      readonly kind: "bills";
      readonly text: string | null;
      readonly overdueOn: string | null;
      readonly limit: number;
    }
  | {
      readonly kind: "documents";
      readonly of: DocumentKind;
      readonly text: string | null;
      readonly state: string | null;
      readonly limit: number;
    }
  /** Head and lines of one of them. */
  | { readonly kind: "document"; readonly of: DocumentKind; readonly number: string }
  | { readonly kind: "ledger"; readonly limit: number }
  /** The journal, newest first, a row for each booked line. */
  | { readonly kind: "entries"; readonly limit: number };
/** Papers that have no question of their own. */
export type DocumentKind =
  | "quote"
  | "delivery"
  | "credit"
  | "payment"
  | "request"
  | "purchase"
  | "receipt"
  | "payout";

/** Rows are flat and typed by the readers in `src/tools/erp.ts`, which parse them; `record` names the ERP record. */
export type ErpRow = { readonly record: string } & JsonObject;
export type ErpPage = { readonly rows: readonly ErpRow[]; readonly total: number };

/** The half that agents' readers may hold: it can only look. */
export interface ErpReader {
  query(query: ErpQuery): Promise<ErpPage>;
}

export interface Erp extends ErpReader {
  /** The kind of connector, e.g. `embedded`; commands name it together with the instance. */
  readonly connector: string;
  /** The instance's name in the config. */
  readonly name: string;
  capabilities(): ErpCapabilities;
  /** Operations that this ERP user may do, asked at start; a missing right hides the effect from agents. */
  probe(): Promise<{ readonly operations: readonly string[]; readonly detail: string }>;
  prepare(command: ErpCommand): Promise<PrepareResult>;
  /** Must refuse anything but a granted Approval whose hashes fit. `actionId` is the idempotency key. */
  execute(approval: Approval, prepared: Prepared, options: ExecuteOptions): Promise<Reported>;
  verify(prepared: Prepared, actionId: string): Promise<Verified>;
  reconcile(actionId: string, notBeforeMs: number): Promise<Reconciled>;
  /** The command that undoes an applied one; null: nothing does. It is proposed like any other. */
  compensate(prepared: Prepared, actionId: string): Promise<ErpCommand | null>;
  close(): Promise<void>;
}
export type ExecuteOptions = {
  readonly actionId: string;
  readonly attempt: number;
  readonly signal: AbortSignal;
};
