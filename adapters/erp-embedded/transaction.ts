// Preview and deed are the same code: a command runs in BEGIN IMMEDIATE, its rows are read as effects, and then it
// is rolled back (rehearse) or, if the effects are exactly the approved ones, committed with its record (apply).
import { z } from "zod";
import { canonicalJson } from "../../src/canonical.ts";
import type { ErpCommand, Prepared } from "../../src/ports/erp.ts";
import { wasBound } from "../../src/approvals/bound-before.ts";
import { commandHashOf } from "../../src/proposal.ts";
import { type Action, type Sealing, chainFault, findAction, isOwn, recordAction } from "./actions.ts";
import { type Database, readRow, readRows } from "./database.ts";
import { readDifference } from "./diff.ts";
import { Mark, type Span, readMark } from "./mark.ts";
import { operations } from "./operations.ts";
import { currencyOf } from "./record.ts";
import { ErpRefusal, toRefusal } from "./refusal.ts";
import { staleness } from "./staleness.ts";

type Ran = { readonly prepared: Prepared; readonly span: Span; readonly ids: readonly string[] };

function run(db: Database, command: ErpCommand, today: string): Ran {
  const operation = operations.get(command.op);
  if (operation === undefined) {
    throw new ErpRefusal(
      "invalid",
      `This ERP can't do "${command.op}". It can do: ${[...operations.keys()].join(", ")}.`,
    );
  }
  const args = operation.resolve(db, command.args, today);
  const from = readMark(db);
  const done = operation.run(db, args);
  const span = { from, to: readMark(db) };
  const { changes, deltas, ids, parties } = readDifference(db, span);
  const { summary, guards, undo, tokens } = done;
  const currency = done.amountCents === null ? null : currencyOf(db);
  const isReversible = undo !== null;
  const risk = {
    amountCents: done.amountCents,
    currency,
    isReversible,
    isExternal: done.isExternal,
    records: ids.length,
    ...partyOf(db, parties, from),
  };
  const prepared = {
    command: { ...command, args },
    summary,
    changes,
    deltas,
    guards,
    warnings: done.warnings ?? [],
    versionTokens: tokens,
    risk,
    undo,
  };
  return { prepared, span, ids };
}

const boundSchema = z.object({ found: z.number() });

/** Whom it is about, where that is one, and whether anything but a draft was made out to them before. */
function partyOf(
  db: Database,
  [party, ...more]: readonly string[],
  from: Mark,
): Pick<Prepared["risk"], "party" | "isNewParty"> {
  if (party === undefined || more.length > 0) return { party: null };
  const sql = `SELECT 1 AS found FROM doc_change c JOIN doc d ON d.id=c.doc JOIN party p ON p.id=d.party
    WHERE p.code=:party AND c.id <= :upTo AND c.now <> 'draft' LIMIT 1`;
  const values = { party, upTo: from.change };
  return { party, isNewParty: readRow(db, sql, { schema: boundSchema, values }) === null };
}

/** Runs `work` in one immediate transaction. It is rolled back unless `work` says `commit`; any error rolls back. */
function transact<T>(db: Database, work: () => { readonly commit: boolean; readonly value: T }): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const { commit, value } = work();
    db.exec(commit ? "COMMIT" : "ROLLBACK");
    return value;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw toRefusal(error);
  }
}

/** The exact effects of a command, without any. Throws ErpRefusal when it can't be done. */
export const rehearse = (db: Database, command: ErpCommand, today: string): Prepared =>
  transact(db, () => ({ commit: false, value: run(db, command, today).prepared }));

const Stored = z.strictObject({
  span: z.strictObject({ from: Mark, to: Mark }),
  ids: z.array(z.string()),
  command: z.string(),
  /** Absent: nobody by name, or done before names were kept. */
  by: z.string().optional(),
});
export type Applied =
  | { readonly kind: "applied"; readonly ids: readonly string[]; readonly isReplay: boolean }
  | { readonly kind: "reused" }
  | { readonly kind: "stale"; readonly why: string };
/** `by`: who approved it, in words. */
export type Bound = {
  readonly actionId: string;
  readonly effectHash: string;
  readonly by: string;
  readonly sealing: Sealing;
};

/** Does it once per action id, and only if it would do exactly what was approved. */
export function apply(db: Database, prepared: Prepared, bound: Bound): Applied {
  const commandHash = commandHashOf(prepared.command);
  return transact<Applied>(db, () => {
    const known = findAction(db, bound.actionId);
    if (known !== null) return { commit: false, value: replay(known, commandHash, bound) };
    // The day is in the command since it was proposed: no clock decides anything here.
    const ran = run(db, prepared.command, "");
    const why = staleness(prepared, ran.prepared, bound.effectHash);
    if (why !== null) return { commit: false, value: { kind: "stale", why } };
    record(db, { ran, commandHash, bound });
    return { commit: true, value: { kind: "applied", ids: ran.ids, isReplay: false } };
  });
}

function replay(known: Action, commandHash: string, bound: Bound): Applied {
  const isSame = known.commandHash === commandHash && known.effectHash === bound.effectHash;
  if (!isSame || !isOwn(known, bound.sealing)) return { kind: "reused" };
  return { kind: "applied", ids: Stored.parse(JSON.parse(known.result)).ids, isReplay: true };
}

function record(db: Database, what: { ran: Ran; commandHash: string; bound: Bound }): void {
  const { ran, commandHash, bound } = what;
  const result = canonicalJson({
    span: ran.span,
    ids: ran.ids,
    command: canonicalJson(ran.prepared.command),
    ...(bound.by === "" ? {} : { by: bound.by }),
  });
  const { actionId, effectHash, sealing } = bound;
  recordAction(db, { actionId, commandHash, effectHash, result }, sealing);
}

/** The stretch of history that an applied action wrote; null: its record can't be read. */
export function spanOf(action: Action): Span | null {
  const stored = Stored.safeParse(JSON.parse(action.result));
  return stored.success ? stored.data.span : null;
}

/** The rows of an applied action, read again from the file: do they still say what was approved? */
export function standsAsApproved(db: Database, action: Action, prepared: Prepared): boolean {
  const stored = Stored.safeParse(JSON.parse(action.result));
  if (!stored.success) return false;
  const { changes, deltas } = readDifference(db, stored.data.span);
  return wasBound(action.effectHash, { ...prepared, changes, deltas });
}

/** For reconciling without the proposal: the rows must at least exist and name the same records. */
export function standsAlone(db: Database, action: Action): boolean {
  const stored = Stored.safeParse(JSON.parse(action.result));
  if (!stored.success) return false;
  const { ids } = readDifference(db, stored.data.span);
  return canonicalJson(ids) === canonicalJson(stored.data.ids);
}

const breachSchema = z.object({ what: z.string(), detail: z.union([z.string(), z.number()]) });

/** Every invariant that can be asked for as a whole; empty when the books are sound. */
export function findBreaches(db: Database): string[] {
  const found = readRows(db, "SELECT what, detail FROM breach", { schema: breachSchema });
  const breaches = found.map(({ what, detail }) => `${what}: ${detail}`);
  const altered = chainFault(db);
  return altered === null ? breaches : [...breaches, `altered list of actions: ${altered}`];
}
