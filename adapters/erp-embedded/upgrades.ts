// Brings the file of an earlier Nova to the current schema, in one transaction. Tables are changed step by step; views and
// triggers hold nothing, so they are made anew from the current text.
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { ErpRefusal } from "./refusal.ts";
import { attachmentSql, externalRefSql, schemaVersion, viewsSql } from "./schema.sql.ts";
import { triggersSql } from "./triggers.sql.ts";

/** The oldest schema that can be brought forward: what was before it kept other documents. */
const oldest = 2;
/** The first one brings a file of the oldest schema one version further, and so on. */
const steps: readonly string[] = [
  "ALTER TABLE applied_action ADD COLUMN seal TEXT;",
  "ALTER TABLE reorder ADD COLUMN quantity INTEGER CHECK(quantity > 0);",
  `ALTER TABLE doc ADD COLUMN external_ref TEXT CHECK(length(trim(external_ref)) BETWEEN 1 AND 100); ${externalRefSql}`,
  attachmentSql,
];

const Derived = z.array(z.object({ type: z.enum(["view", "trigger"]), name: z.string() }));

/** Throws ErpRefusal when the file is older than what can be brought forward. */
export function upgrade(db: DatabaseSync, file: string, version: number): void {
  if (version < oldest)
    throw new ErpRefusal(
      "setup",
      `The ERP file ${file} was written by a Nova that is too old (schema ${version}): move it away, and Nova begins a new one.`,
    );
  const sql = "SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')";
  const drops = Derived.parse(db.prepare(sql).all())
    .map(({ type, name }) => `DROP ${type} IF EXISTS "${name}";`)
    .join(" ");
  const changes = steps.slice(version - oldest).join("\n");
  db.exec(
    `BEGIN IMMEDIATE; ${drops} ${changes} ${viewsSql} ${triggersSql} PRAGMA user_version=${schemaVersion}; COMMIT;`,
  );
}
