// Opens the journal's file and proves what durability rests on before anything is written: one writer, WAL, an fsync
// per commit. Whatever stands in the way is said in one sentence that names the path and the mend.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { BootError } from "../../src/boot-error.ts";

const busyTimeoutMs = 5000;
/** Above this a full check would hold up the start for seconds; a damaged page is then found when it is read. */
const checkedAtBootBytes = 256 * 1024 * 1024;

const expected = {
  journal_mode: "wal",
  synchronous: 2,
  foreign_keys: 1,
  recursive_triggers: 1,
  secure_delete: 1,
};

/** Throws a BootError; never returns a database that is less safe than asked. */
export function openDatabase(file: string): DatabaseSync {
  createPrivateFile(file);
  // `defensive` refuses edits of the schema table and of an index's inner tables.
  const options = { timeout: busyTimeoutMs, enableForeignKeyConstraints: true, defensive: true };
  const db = new DatabaseSync(file, options);
  try {
    // 16 MB of pages at hand, and the log brought home every 16 MB: the pages that each message touches are written once.
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
      PRAGMA recursive_triggers = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384;
      PRAGMA wal_autocheckpoint = 4000;`);
    for (const [name, value] of Object.entries(expected)) assertPragma(db, file, { name, value });
    if (statSync(file).size <= checkedAtBootBytes)
      assertPragma(db, file, { name: "quick_check", value: "ok" });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function readPragma(db: DatabaseSync, name: string): string | number | null {
  const row = z
    .record(z.string(), z.union([z.string(), z.number()]))
    .parse(db.prepare(`PRAGMA ${name}`).get());
  return Object.values(row)[0] ?? null;
}

function assertPragma(
  db: DatabaseSync,
  file: string,
  { name, value }: { readonly name: string; readonly value: string | number },
): void {
  const found = readPragma(db, name);
  if (found === value) return;
  if (name === "quick_check") throw new BootError(corruptSentence(file));
  throw new BootError(
    `The file ${file} can't be opened safely: ${name} is ${String(found)} instead of ${value}. Put it on a local disk.`,
  );
}

const corruptSentence = (file: string): string =>
  `The file ${file} is damaged: move it away and restore the last backup, or start with an empty folder in NOVA_HOME.`;

export function createFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/**
 * Made before SQLite opens it, which would make it readable for everyone. One that exists is never opened here:
 * closing a second descriptor would drop the locks that this process holds on it.
 */
export function createPrivateFile(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
}

/** SQLite's results: corrupt, not a database. */
const damaged = new Set([11, 26]);
/** SQLite's results: no permission, read-only, I/O error, can't open. */
const unwritable = new Set([3, 8, 10, 14]);
const full = 13;

/** Whatever was thrown while opening, as one sentence. */
export function toBootError(
  cause: unknown,
  at: { readonly folder: string; readonly file: string },
): BootError {
  if (cause instanceof BootError) return cause;
  const code = cause instanceof Error && "errcode" in cause ? Number(cause.errcode) & 0xff : null;
  if (code !== null && damaged.has(code)) return new BootError(corruptSentence(at.file), { cause });
  if (code === full) {
    return new BootError(`The disk of ${at.folder} is full: free some space and start again.`, { cause });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  const isFolder = code === null ? cause instanceof Error && "syscall" in cause : unwritable.has(code);
  if (!isFolder) return new BootError(`Nova can't open its file ${at.file}: ${why}.`, { cause });
  return new BootError(
    `Nova can't write to its folder ${at.folder} (${why}): make it a writable folder, or set NOVA_HOME to another one.`,
    { cause },
  );
}
