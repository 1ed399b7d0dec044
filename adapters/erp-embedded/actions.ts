// The ERP's own list of what was done to it, one row for each approved action: chained by hash, and sealed with the
// journal's key where the ERP belongs to a journal, so that who can write this file can't write history.
import { statSync } from "node:fs";
import { z } from "zod";
import { canonicalHash } from "../../src/canonical.ts";
import type { ActionList, ActionsEnd, ErpRecord } from "../../src/ports/erp-record.ts";
import { type Database, readRow, readRows, write } from "./database.ts";

const actionSchema = z.object({
  seq: z.number(),
  actionId: z.string(),
  commandHash: z.string(),
  effectHash: z.string(),
  result: z.string(),
  chain: z.string(),
  seal: z.string().nullable(),
});
export type Action = z.infer<typeof actionSchema>;
type Words = Pick<Action, "actionId" | "commandHash" | "effectHash" | "result">;
const actionSql =
  "SELECT seq, action_id AS actionId, command_hash AS commandHash, effect_hash AS effectHash, result, chain, seal FROM applied_action";

export const findAction = (db: Database, actionId: string): Action | null =>
  readRow(db, `${actionSql} WHERE action_id=:actionId`, { schema: actionSchema, values: { actionId } });

/** What a row needs of the journal; null: this ERP belongs to none, e.g. one that is only looked at. */
export type Sealing = Pick<ErpRecord, "seal" | "adopted"> | null;

const chainOf = (prev: string, { actionId, commandHash, effectHash, result }: Words): string =>
  canonicalHash([prev, actionId, commandHash, effectHash, result]);
const sealOf = ({ seal }: Pick<ErpRecord, "seal">, action: Omit<Action, "seal">): string =>
  seal([action.seq, action.actionId, action.commandHash, action.effectHash, action.result, action.chain]);

/** Part of the transaction that does it. */
export function recordAction(db: Database, words: Words, sealing: Sealing): void {
  const { rows, chain: prev } = lastOf(db);
  const action = { ...words, seq: rows + 1, chain: chainOf(prev, words) };
  const sql = `INSERT INTO applied_action(seq, action_id, command_hash, effect_hash, result, chain, seal)
    VALUES (:seq, :actionId, :commandHash, :effectHash, :result, :chain, :seal)`;
  write(db, sql, { ...action, seal: sealing === null ? null : sealOf(sealing, action) });
}

/** Whether Nova itself wrote the row. Of one from before rows were sealed only the walk along the chain can tell. */
export const isOwn = (action: Action, sealing: Sealing): boolean =>
  sealing === null || action.seq <= (sealing.adopted?.rows ?? 0) || action.seal === sealOf(sealing, action);

const lastSchema = z.object({ rows: z.number(), chain: z.string() });
const start: ActionsEnd = { rows: 0, chain: "" };

const lastOf = (db: Database): ActionsEnd =>
  readRow(db, "SELECT seq AS rows, chain FROM applied_action ORDER BY seq DESC LIMIT 1", {
    schema: lastSchema,
  }) ?? start;

const pageRows = 500;

function* actionsAfter(db: Database, after: number): Generator<Action> {
  for (let seq = after; ;) {
    const sql = `${actionSql} WHERE seq > :seq ORDER BY seq LIMIT ${pageRows}`;
    const page = readRows(db, sql, { schema: actionSchema, values: { seq } });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return;
    ({ seq } = last);
  }
}

type Walk = { readonly end: ActionsEnd; readonly why: string | null; readonly seen: ReadonlySet<string> };
type WalkRules = { readonly from: ActionsEnd; readonly isSealed: (action: Action) => boolean };

/** Row by row along the chain, to its end or the first row that does not follow. */
function walk(db: Database, { from, isSealed }: WalkRules): Walk {
  let end = from;
  const seen = new Set<string>();
  for (const action of actionsAfter(db, from.rows === 0 ? Number.MIN_SAFE_INTEGER : from.rows)) {
    if (action.seq !== end.rows + 1) return { end, why: `action number ${end.rows + 1} is missing`, seen };
    if (action.chain !== chainOf(end.chain, action) || !isSealed(action))
      return { end, why: `action ${action.actionId} was changed, or put in, outside Nova`, seen };
    seen.add(action.actionId);
    end = { rows: action.seq, chain: action.chain };
  }
  return { end, why: null, seen };
}

/** Why the list does not follow from its own rows, in a clause; null: it does. Seals are not asked for. */
export const chainFault = (db: Database): string | null =>
  walk(db, { from: start, isSealed: () => true }).why;

export type ListOptions = {
  readonly connector: string;
  readonly file: string;
  /** Known once the list has joined. */
  readonly sealing: () => Sealing;
};

/** The list as the journal looks through it. Once it was whole, only what may have changed since is walked again. `db`: the connection that writes. */
export function createActionList(db: Database, { connector, file, sealing }: ListOptions): ActionList {
  let sound: { readonly end: ActionsEnd; readonly version: string } | null = null;
  const isSealed = (action: Action): boolean => isOwn(action, sealing());
  return {
    connector,
    end: () => {
      const { end, why } = walk(db, { from: start, isSealed: () => true });
      return why === null ? end : null;
    },
    fault: (adopted, done) => {
      const version = versionOf(db, file);
      const from = sound?.version === version ? sound.end : null;
      sound = null;
      const { end, why, seen } = walk(db, { from: from ?? start, isSealed });
      const fault =
        why ?? (from === null ? absence(db, { adopted, end, lacks: (id) => !seen.has(id), done }) : null);
      if (fault === null) sound = { end, version };
      return fault;
    },
  };
}

type Whole = {
  readonly adopted: ActionsEnd;
  readonly end: ActionsEnd;
  readonly lacks: (actionId: string) => boolean;
  readonly done: () => readonly string[];
};

/** What was there, or was done, and is not in a list that is whole by itself. */
function absence(db: Database, { adopted, end, lacks, done }: Whole): string | null {
  if (end.rows < adopted.rows) return `the last of its ${adopted.rows} actions are missing`;
  const sql = "SELECT seq AS rows, chain FROM applied_action WHERE seq=:seq";
  const there =
    adopted.rows === 0 ? start : readRow(db, sql, { schema: lastSchema, values: { seq: adopted.rows } });
  if (there?.chain !== adopted.chain) return "its first actions are others than the record took in";
  const missing = done().find(lacks);
  return missing === undefined ? null : `the action of proposal ${missing} is missing`;
}

const versionSchema = z.object({ data_version: z.number() });

/** Changes when another hand writes: through SQLite the first half, past it the second. */
function versionOf(db: Database, file: string): string {
  const version = readRow(db, "PRAGMA data_version", { schema: versionSchema })?.data_version ?? 0;
  return `${version}:${statSync(file).mtimeMs}`;
}
