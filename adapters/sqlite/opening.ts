// Opens the journal's file: locked for this process, brought to the current schema, its audit chain and seals ready.
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Clock, Entropy } from "../../src/ports/world.ts";
import { adoptRows } from "./adoption.ts";
import { createAudit } from "./audit.ts";
import { openAuditHead } from "./audit-head.ts";
import type { AuditHead } from "./audit-head.ts";
import { loadAuditKey } from "./audit-key.ts";
import { createFolder, openDatabase, toBootError } from "./database.ts";
import { createInstanceLock } from "./instance-lock.ts";
import type { Ledger } from "./ledger.ts";
import { keepOpenRows } from "./open-rows.ts";
import { migrate, sealsThumbs } from "./schema.ts";
import { sealThumbs } from "./thumbs.ts";
import { createStore } from "./store.ts";

export type SqliteJournalOptions = {
  readonly folder: string;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** Names this start of Nova to a second one that finds the folder taken. */
  readonly bootId?: string;
};

export type OpenJournal = {
  readonly db: DatabaseSync;
  readonly ledger: Ledger;
  readonly head: AuditHead;
  readonly file: string;
  readonly release: () => void;
};

export const journalFile = (folder: string): string => join(folder, "journal.db");

/** Throws a BootError when the folder is taken, can't be written, or holds a damaged or newer journal. */
export function openJournal({ folder, clock, entropy, bootId }: SqliteJournalOptions): OpenJournal {
  const file = journalFile(folder);
  let release = (): void => {};
  try {
    createFolder(folder);
    const lock = createInstanceLock(folder, [`process ${process.pid}`, bootId ?? ""].join(" ").trim());
    release = () => lock.release();
    const db = openDatabase(file);
    try {
      const found = migrate(db, file);
      keepOpenRows(db);
      const store = createStore(db);
      const hasRows = (): boolean => db.prepare("SELECT 1 FROM audit LIMIT 1").get() !== undefined;
      const now = (): number => clock.now();
      const audit = createAudit(store, loadAuditKey(folder, { entropy, hasRows }), now);
      const head = openAuditHead(join(folder, "audit.head"), store, audit);
      const ledger: Ledger = { store, audit, now, aside: new Set() };
      adoptRows({ ledger, head });
      if (found < sealsThumbs) sealThumbs(ledger);
      return { db, file, head, ledger, release };
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    release();
    throw toBootError(error, { folder, file });
  }
}
