// The embedded ERP's two connections: one that may write, and a second one, read-only, for every query.
// Nothing else in Nova opens this file.
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { z } from "zod";
import { ErpRefusal } from "./refusal.ts";
import { schemaSql, schemaVersion } from "./schema.sql.ts";
import { triggersSql } from "./triggers.sql.ts";
import { upgrade } from "./upgrades.ts";

export type Database = DatabaseSync;
type Values = Record<string, string | number | null>;

// node:sqlite binds every JavaScript number as a float; an integer must go in as one, or SQL divides with fractions.
const bound = (values: Values = {}): Record<string, string | number | bigint | null> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Number.isSafeInteger(value) ? BigInt(value ?? 0) : value,
    ]),
  );

// Compiling these statements costs more than running them, and their number is small and fixed.
const compiled = new WeakMap<Database, Map<string, StatementSync>>();

function statement(db: Database, sql: string): StatementSync {
  const known = compiled.get(db) ?? new Map<string, StatementSync>();
  compiled.set(db, known);
  const found = known.get(sql) ?? db.prepare(sql);
  known.set(sql, found);
  return found;
}

/** Rows of one statement, each parsed: what SQLite returns is untrusted until its shape is known. */
export function readRows<T>(
  db: Database,
  sql: string,
  shape: { schema: z.ZodType<T>; values?: Values },
): T[] {
  return statement(db, sql)
    .all(bound(shape.values))
    .map((row) => shape.schema.parse(row));
}

export function readRow<T>(
  db: Database,
  sql: string,
  shape: { schema: z.ZodType<T>; values?: Values },
): T | null {
  const row = statement(db, sql).get(bound(shape.values));
  return row === undefined ? null : shape.schema.parse(row);
}

/** Runs one INSERT or UPDATE and gives the new row's id. */
export function write(db: Database, sql: string, values: Values): number {
  return Number(statement(db, sql).run(bound(values)).lastInsertRowid);
}

const pragma = (db: Database, name: string): number =>
  readRow(db, `PRAGMA ${name}`, {
    schema: z.record(z.string(), z.number()).transform((row) => row[name] ?? 0),
  }) ?? 0;

// `defensive` refuses edits of the schema table; recursive_triggers makes INSERT OR REPLACE fire the
// delete triggers, without it an append-only row can be overwritten in silence.
function open(file: string, readOnly: boolean): Database {
  const options = { readOnly, defensive: true, timeout: 5000, enableForeignKeyConstraints: true };
  const db = new DatabaseSync(file, options);
  db.exec("PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;");
  if (pragma(db, "recursive_triggers") !== 1 || pragma(db, "foreign_keys") !== 1) {
    db.close();
    throw new ErpRefusal(
      "setup",
      `The ERP file ${file} can't be opened safely: this SQLite has no recursive triggers.`,
    );
  }
  return db;
}

// Schema and first records in one transaction: a crash while seeding leaves an empty file that is seeded again.
function create(db: Database, seed: (db: Database) => void): void {
  db.exec(`BEGIN IMMEDIATE; ${schemaSql} ${triggersSql} PRAGMA user_version=${schemaVersion};`);
  seed(db);
  db.exec("COMMIT");
}

const sqliteFailure = z.object({ errcode: z.number() });
const reasons = new Map([
  [5, "another program holds it locked. Close that program"],
  [8, "it can't be written. Check its permissions"],
  [11, "it is damaged. Put a backup in its place"],
  [14, "the folder is missing or can't be written. Check the path"],
  [26, "it is not an ERP file. Move it away or give another path"],
]);

// SQLite's extended codes keep the primary one in the low byte.
function toOpenRefusal(file: string, error: unknown): unknown {
  const parsed = sqliteFailure.safeParse(error);
  const reason = parsed.success ? reasons.get(parsed.data.errcode & 0xff) : undefined;
  if (reason === undefined) return error;
  return new ErpRefusal("setup", `The ERP file ${file} can't be opened: ${reason}.`, { cause: error });
}

/** Opens (and on first use creates) the ERP file. An in-memory ERP is refused: reads need a second connection. */
export function openDatabase(
  file: string,
  seed: (db: Database) => void,
): { writer: Database; reader: Database } {
  if (file === ":memory:" || file === "") {
    throw new ErpRefusal(
      "setup",
      "The embedded ERP needs a file: give its path instead of an in-memory name.",
    );
  }
  try {
    return openBoth(file, seed);
  } catch (error) {
    throw toOpenRefusal(file, error);
  }
}

const tableCount = z.object({ tables: z.number() });

function openBoth(file: string, seed: (db: Database) => void): { writer: Database; reader: Database } {
  const writer = open(file, false);
  try {
    writer.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    const version = pragma(writer, "user_version");
    if (version > schemaVersion) {
      const sentence = `The ERP file ${file} was written by a newer Nova (schema ${version}): update Nova.`;
      throw new ErpRefusal("setup", sentence);
    }
    const known = readRow(writer, "SELECT count(*) AS tables FROM sqlite_master", { schema: tableCount });
    if (version === 0 && known?.tables !== 0) {
      throw new ErpRefusal(
        "setup",
        `${file} is another program's database, not an ERP file. Give another path.`,
      );
    }
    if (version === 0) create(writer, seed);
    else if (version < schemaVersion) upgrade(writer, file, version);
    return { writer, reader: open(file, true) };
  } catch (error) {
    writer.close();
    throw error;
  }
}
