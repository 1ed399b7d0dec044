// Facts, with one full-text index per project: a shared index leaks through its word statistics even when every row
// is filtered. People's words never reach the query grammar unquoted.
import { z } from "zod";
import { ProjectId } from "../../src/ids.ts";
import { Message } from "../../src/message.ts";
import { Post } from "../../src/post.ts";
import type { Fact } from "../../src/ports/journal-rows.ts";
import type { Ledger } from "./ledger.ts";
import { searchTermsOf } from "./search-terms.ts";
import { sealAgain, wholeIn } from "./resealing.ts";
import { fromJson } from "./shapes.ts";
import type { Query, Store } from "./store.ts";

export const FactRow = z
  .object({
    id: z.string(),
    project: ProjectId,
    text: z.string(),
    kind: z.enum(["fact", "decision"]),
    said_by: z.string(),
    at: z.number().int(),
    turn: z.string(),
    vouched_at: z.number().int().nullable(),
    vouched_by: z.string().nullable(),
  })
  .transform(({ said_by, vouched_at, vouched_by, ...fact }): Fact => ({
    ...fact,
    saidBy: said_by,
    ...(vouched_at === null ? {} : { vouchedAt: vouched_at, vouchedBy: vouched_by ?? "" }),
  }));
export const factColumns =
  "f.id, p.id AS project, f.text, f.kind, f.said_by, f.at, f.turn, f.vouched_at, f.vouched_by";
const keyOf = { sql: "SELECT key FROM project WHERE id = ?1", row: z.object({ key: z.number().int() }) };
const insertFact = {
  sql: `INSERT INTO fact (id, project, text, kind, said_by, at, turn) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (id) DO NOTHING RETURNING ord`,
  row: z.object({ ord: z.number().int() }),
};
const known = {
  sql: "SELECT ord, text, turn FROM fact WHERE id = ?1 AND project = ?2 AND forgotten_at IS NULL",
  row: z.object({ ord: z.number().int(), text: z.string(), turn: z.string() }),
};
const blank = "UPDATE fact SET text = '', said_by = '', vouched_by = NULL, forgotten_at = ?2 WHERE ord = ?1";
const toldIn = { sql: "SELECT message FROM turn WHERE id = ?1", row: z.object({ message: z.string() }) };
const postsOf = {
  sql: "SELECT id, post FROM outbox WHERE turn = ?1 AND post IS NOT NULL",
  row: z.object({ id: z.string(), post: z.string() }),
};
const quotingTurns = `project = ?1 AND (replace(asked, ?2, '') <> asked OR replace(answered, ?2, '') <> answered
      OR replace(message, ?3, '') <> message OR replace(pack, ?3, '') <> pack OR replace(route, ?3, '') <> route)`;
const quotingPosts = `replace(post, ?3, '') <> post AND ?2 <> '' AND thread IN (SELECT thread FROM turn WHERE project = ?1)`;
/** ?2: the words, ?3: the same as they stand inside a JSON text, ?4: what stands there afterwards. */
const quotes: readonly string[] = [
  `UPDATE turn SET asked = replace(asked, ?2, ?4), answered = replace(answered, ?2, ?4),
    message = replace(message, ?3, ?4), pack = replace(pack, ?3, ?4), route = replace(route, ?3, ?4) WHERE ${quotingTurns}`,
  `UPDATE outbox SET post = replace(post, ?3, ?4) WHERE ${quotingPosts}`,
  `UPDATE thread SET last_text = replace(last_text, ?2, ?4), waiting = replace(waiting, ?3, ?4)
    WHERE (replace(last_text, ?2, '') <> last_text OR replace(waiting, ?3, '') <> waiting)
      AND id IN (SELECT thread FROM turn WHERE project = ?1)`,
];
const forgotten = "[forgotten]";
/** Shorter words stand in too many sentences that say something else. */
const minQuoted = 8;
const newest: Query<Fact> = {
  sql: `SELECT ${factColumns} FROM fact f JOIN project p ON p.key = f.project
    WHERE p.id = ?1 AND f.forgotten_at IS NULL AND f.superseded_by IS NULL ORDER BY f.ord DESC LIMIT ?2`,
  row: FactRow,
};
/** The key is an integer of ours, never a name from outside. */
export const indexOf = (key: number): string => `fact_fts_${key}`;
const matching = (key: number): Query<Fact> => ({
  sql: `SELECT ${factColumns} FROM ${indexOf(key)} i JOIN fact f ON f.ord = i.rowid JOIN project p ON p.key = f.project
    WHERE ${indexOf(key)} MATCH ?1 AND f.project = ?2 AND f.forgotten_at IS NULL
      AND f.superseded_by IS NULL ORDER BY i.rank, f.ord DESC LIMIT ?3`,
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

/**
 * The words go: from the table and the index, from the turn that told them with its posts, and from wherever the project's
 * turns and posts quote them whole. The empty row and an audit row stay.
 */
export function forgetFact(
  ledger: Ledger,
  project: ProjectId,
  { id, by }: { readonly id: string; readonly by: string | undefined },
): boolean {
  const { store, audit, now } = ledger;
  const key = store.get(keyOf, project)?.key;
  if (key === undefined) return false;
  const fact = store.get(known, id, key);
  if (fact === null) return false;
  store.run(blank, fact.ord, now());
  store.run(`DELETE FROM ${indexOf(key)} WHERE rowid = ?1`, fact.ord);
  // A deleted row's words stay in the index file until its segments are merged.
  store.run(`INSERT INTO ${indexOf(key)} (${indexOf(key)}) VALUES ('optimize')`);
  const inJson = JSON.stringify(fact.text).slice(1, -1);
  const isQuoted = fact.text.length >= minQuoted;
  const words = [project, isQuoted ? fact.text : "", isQuoted ? inJson : ""] as const;
  const whole = wholeIn(ledger, {
    turns: [`id = ?4 OR (?2 <> '' AND ${quotingTurns})`, ...words, fact.turn],
    posts: [`turn = ?4 OR (?2 <> '' AND ${quotingPosts})`, ...words, fact.turn],
  });
  blankTurn(store, fact.turn);
  if (isQuoted) for (const sql of quotes) store.run(sql, project, fact.text, inJson, forgotten);
  sealAgain(ledger, whole);
  audit.append({ kind: "fact.forgotten", subject: id, body: JSON.stringify({ project, by }) });
  return true;
}

/** The message that told it, as the person wrote it, and what Nova said to it. */
function blankTurn(store: Store, turn: string): void {
  const told = store.get(toldIn, turn);
  if (told === null) return;
  const message = fromJson(told.message, Message);
  const { body } = message;
  const blanked = {
    ...message,
    body:
      body.kind === "text"
        ? { ...body, text: forgotten }
        : body.kind === "command"
          ? { ...body, rest: forgotten }
          : body,
  };
  store.run(
    "UPDATE turn SET message = ?2, asked = '', answered = '' WHERE id = ?1",
    turn,
    JSON.stringify(blanked),
  );
  for (const { id, post } of store.all(postsOf, turn)) {
    const text = JSON.stringify({ ...fromJson(post, Post), text: forgotten });
    store.run("UPDATE outbox SET post = ?2 WHERE id = ?1", id, text);
  }
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
