// Copies of several databases as they all stand at one moment, while other processes go on using them: whoever would write
// waits until the last one is copied, whoever reads goes on. And the look at such a copy before it is trusted.
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { createPrivateFile } from "./database.ts";
import { migrations } from "./schema.ts";

export type Copied = { readonly file: string; readonly copy: string };
/** Where the audit chain of a journal ends; null: nothing was recorded yet. */
export type ChainEnd = { readonly seq: number; readonly mac: string };

/** As long as Nova itself waits for a lock. */
const lockMs = 5_000;

/** The schema that this Nova writes. */
export const journalSchema = migrations.length;

/** `meanwhile` runs while nobody can write to any of them. Throws SQLite's own error; copies may be left then. */
export function copyTogether(copies: readonly Copied[], meanwhile: () => void): void {
  const held: DatabaseSync[] = [];
  try {
    for (const { file } of copies) {
      const db = new DatabaseSync(file, { timeout: lockMs });
      held.push(db);
      db.exec("BEGIN IMMEDIATE");
    }
    meanwhile();
    for (const { file, copy } of copies) vacuumInto(file, copy);
  } finally {
    for (const db of held) {
      if (db.isTransaction) db.exec("ROLLBACK");
      db.close();
    }
  }
}

/** An empty file may be written into, and one that exists already is readable for nobody else. */
function vacuumInto(file: string, copy: string): void {
  createPrivateFile(copy);
  const db = new DatabaseSync(file, { timeout: lockMs });
  try {
    db.prepare("VACUUM INTO ?").run(copy);
  } finally {
    db.close();
  }
}

/** Whether SQLite can read all of it; false for a file that is no database. */
export function isSound(file: string): boolean {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return Checked.parse(db.prepare("PRAGMA integrity_check").get()).integrity_check === "ok";
  } catch {
    return false;
  } finally {
    db.close();
  }
}
const Checked = z.object({ integrity_check: z.string() });

/** What a journal's copy says of itself. */
export function readJournalCopy(file: string): { readonly schema: number; readonly end: ChainEnd | null } {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const { user_version: schema } = Version.parse(db.prepare("PRAGMA user_version").get());
    const end = db.prepare("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").get();
    return { schema, end: end === undefined ? null : End.parse(end) };
  } finally {
    db.close();
  }
}
const Version = z.object({ user_version: z.number().int() });
const End = z.object({ seq: z.number().int(), mac: z.string() });
