// An embedded ERP's file as an earlier Nova left it: what came with later schemas is taken out again.
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

const Derived = z.array(z.object({ type: z.string(), name: z.string() }));
/** What each schema brought, newest first. */
const brought: readonly (readonly [version: number, back: string])[] = [
  [6, "DROP TABLE attachment_end; DROP TABLE attachment"],
  [5, "DROP INDEX doc_external_ref; ALTER TABLE doc DROP COLUMN external_ref"],
  [4, "ALTER TABLE reorder DROP COLUMN quantity"],
  [3, "ALTER TABLE applied_action DROP COLUMN seal"],
];

export function toEarlierErp(file: string, version: number): void {
  const db = new DatabaseSync(file);
  // Views and triggers name what goes; every Nova makes its own anew.
  const sql = "SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')";
  for (const { type, name } of Derived.parse(db.prepare(sql).all())) db.exec(`DROP ${type} ${name}`);
  for (const [since, back] of brought) if (since > version) db.exec(back);
  db.exec(`PRAGMA user_version=${version}`);
  db.close();
}
