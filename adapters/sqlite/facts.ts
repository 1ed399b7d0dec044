// Facts, with one full-text index per project: a shared index leaks through its word statistics even when every row
// is filtered. People's words never reach the query grammar unquoted.
import { z } from "zod";
import { ProjectId } from "../../src/ids.ts";
import type { Fact } from "../../src/ports/journal-rows.ts";
import type { Ledger } from "./ledger.ts";
import type { Query, Store } from "./store.ts";
import { searchTermsOf } from "./search-terms.ts";

const FactRow = z
  .object({
    id: z.string(),
    project: ProjectId,
    text: z.string(),
    kind: z.enum(["fact", "decision"]),
    said_by: z.string(),
    at: z.number().int(),
    turn: z.string(),
  })
  .transform(({ said_by, ...fact }): Fact => ({ ...fact, saidBy: said_by }));
const columns = "f.id, p.id AS project, f.text, f.kind, f.said_by, f.at, f.turn";
const keyOf = { sql: "SELECT key FROM project WHERE id = ?1", row: z.object({ key: z.number().int() }) };
const insertFact = {
  sql: `INSERT INTO fact (id, project, text, kind, said_by, at, turn) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (id) DO NOTHING RETURNING ord`,
  row: z.object({ ord: z.number().int() }),
};
const blank = {
  sql: `UPDATE fact SET text = '', said_by = '', forgotten_at = ?3
    WHERE id = ?1 AND project = ?2 AND forgotten_at IS NULL RETURNING ord`,
  row: z.object({ ord: z.number().int() }),
};
const newest: Query<Fact> = {
  sql: `SELECT ${columns} FROM fact f JOIN project p ON p.key = f.project
    WHERE p.id = ?1 AND f.forgotten_at IS NULL ORDER BY f.ord DESC LIMIT ?2`,
  row: FactRow,
};
/** The key is an integer of ours, never a name from outside. */
const indexOf = (key: number): string => `fact_fts_${key}`;
const matching = (key: number): Query<Fact> => ({
  sql: `SELECT ${columns} FROM ${indexOf(key)} i JOIN fact f ON f.ord = i.rowid JOIN project p ON p.key = f.project
    WHERE ${indexOf(key)} MATCH ?1 AND f.project = ?2 AND f.forgotten_at IS NULL ORDER BY i.rank, f.ord DESC LIMIT ?3`,
  row: FactRow,
});

function ensureProject(store: Store, project: ProjectId): number {
  const known = store.get(keyOf, project)?.key;
  if (known !== undefined) return known;
  const { key } = z
    .object({ key: z.number().int() })
    .parse(store.get({ ...keyOf, sql: "INSERT INTO project (id) VALUES (?1) RETURNING key" }, project));
  store.exec(`CREATE VIRTUAL TABLE ${indexOf(key)} USING fts5 (text, content = '', contentless_delete = 1,
    tokenize = 'porter unicode61 remove_diacritics 2')`);
  return key;
}

/** Idempotent by id. */
export function storeFact({ store }: Ledger, fact: Fact): void {
  const key = ensureProject(store, fact.project);
  const { id, text, kind, saidBy, at, turn } = fact;
  const added = store.get(insertFact, id, key, text, kind, saidBy, at, turn);
  if (added !== null) {
    store.run(`INSERT INTO ${indexOf(key)} (rowid, text) VALUES (?1, ?2)`, added.ord, text);
  }
}

/** The words go, from the table and from the index; the empty row and an audit row stay. */
export function forgetFact({ store, audit, now }: Ledger, project: ProjectId, id: string): boolean {
  const key = store.get(keyOf, project)?.key;
  if (key === undefined) return false;
  const gone = store.get(blank, id, key, now());
  if (gone === null) return false;
  store.run(`DELETE FROM ${indexOf(key)} WHERE rowid = ?1`, gone.ord);
  // A deleted row's words stay in the index file until its segments are merged.
  store.run(`INSERT INTO ${indexOf(key)} (${indexOf(key)}) VALUES ('optimize')`);
  audit.append({ kind: "fact.forgotten", subject: id, body: JSON.stringify({ project }) });
  return true;
}

/** Best match first. */
export function recallFacts(
  { store }: Ledger,
  project: ProjectId,
  ask: { readonly text: string; readonly limit: number },
): readonly Fact[] {
  const key = store.get(keyOf, project)?.key;
  const terms = searchTermsOf(ask.text);
  return key === undefined || terms === null ? [] : store.all(matching(key), terms, key, ask.limit);
}

/** Newest first. */
export const listFacts = ({ store }: Ledger, project: ProjectId, limit: number): readonly Fact[] =>
  store.all(newest, project, limit);
