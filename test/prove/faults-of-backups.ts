// Faults in what is copied while Nova runs, and in what is believed when it is put back.
import type { Fault } from "./faults.ts";

const copies = "adapters/sqlite/whole-copies.ts";
const restore = "src/cli/restore.ts";
const noticedBy = "test/cli-backup.test.ts";
/** What the others put back is made by it. */
const made = "is backed up while it runs";

export const backupFaults: readonly Fault[] = [
  {
    fault: "databases are copied one after the other, each as it stands by then",
    file: copies,
    cut: 'db.exec("BEGIN IMMEDIATE");',
    put: 'db.exec("BEGIN");',
    noticedBy,
    named: "are of one moment",
  },
  {
    fault: "a part that is not as it was packed is put back",
    file: restore,
    cut: "JSON.stringify(parts) === JSON.stringify(manifest.parts)",
    put: "parts.length > 0",
    noticedBy,
    named: `${made}|any byte was changed`,
  },
  {
    fault: "a backup of a newer Nova is put back",
    file: restore,
    cut: "if (manifest.format > knownFormat || manifest.schema > journalSchema)",
    put: "if (manifest.format > 1_000)",
    noticedBy,
    named: `${made}|of a newer Nova`,
  },
  {
    fault: "a restore takes the place of data that nobody gave up",
    file: restore,
    cut: 'if (held.length > 0 && !words.includes("--force"))',
    put: "if (held.length > 1_000)",
    noticedBy,
    named: `${made}|over data, unless it is forced`,
  },
  {
    fault: "a restore does not look whether Nova runs",
    file: restore,
    cut: "createInstanceLock(home, `process ${process.pid} restore`)",
    put: "createInstanceLock(folderOf(home), `process ${process.pid} restore`); function folderOf(at: string): string { mkdirSync(join(at, 'own'), { recursive: true }); return join(at, 'own'); }",
    noticedBy,
    named: made,
  },
];
