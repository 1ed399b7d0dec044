// A fresh embedded ERP with the sample company in a folder of its own, and a look behind its back.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createEmbeddedErp } from "../../adapters/erp-embedded/index.ts";
import type { Erp } from "../../src/ports.ts";

export const sampleDay = "2026-03-16";

export type OpenedErp = {
  readonly erp: Erp;
  readonly file: string;
  /** A connection of the test's own, without any of Nova's safeguards but the schema's. */
  readonly raw: DatabaseSync;
  readonly counts: () => Readonly<Record<string, number>>;
  readonly dispose: () => Promise<void>;
};

// Seeding takes far longer than copying its result, which is the same for the same day.
let template: Uint8Array | null = null;

export function openEmbeddedErp({ isSeededAnew = false } = {}): OpenedErp {
  const folder = mkdtempSync(join(tmpdir(), "nova-erp-"));
  const file = join(folder, "erp.db");
  const clock = { now: () => Date.parse(`${sampleDay}T08:00:00Z`) };
  if (template !== null && !isSeededAnew) writeFileSync(file, template);
  const erp = createEmbeddedErp({ name: "main", file, clock, sample: true });
  const raw = new DatabaseSync(file, { timeout: 5000 });
  raw.exec("PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON");
  raw.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  template ??= readFileSync(file);
  const tables = raw
    .prepare("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")
    .all()
    .map(({ name }) => String(name));
  const counts = () =>
    Object.fromEntries(
      tables.map((table) => [table, Number(raw.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"])]),
    );
  const dispose = async () => {
    raw.close();
    await erp.close();
    rmSync(folder, { recursive: true });
  };
  return { erp, file, raw, counts, dispose };
}
