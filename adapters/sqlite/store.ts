// The one door to the database: statements are prepared once per text, and every row is parsed before it is believed.
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { z } from "zod";

export type Value = string | number | null;
/** A question with the shape of its rows. Placeholders are numbered (`?1`), so Postgres needs one replacement. */
export type Query<T> = { readonly sql: string; readonly row: z.ZodType<T> };

export interface Store {
  /** Number of rows changed. */
  run(sql: string, ...values: readonly Value[]): number;
  get<T>(query: Query<T>, ...values: readonly Value[]): T | null;
  all<T>(query: Query<T>, ...values: readonly Value[]): readonly T[];
  /** Statements without values, e.g. DDL. */
  exec(sql: string): void;
}

export function createStore(db: DatabaseSync): Store {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    get: (query, ...values) => {
      const row = prepared(query.sql).get(...values);
      return row === undefined ? null : query.row.parse(row);
    },
    all: (query, ...values) =>
      prepared(query.sql)
        .all(...values)
        .map((row) => query.row.parse(row)),
    exec: (sql) => db.exec(sql),
  };
}
