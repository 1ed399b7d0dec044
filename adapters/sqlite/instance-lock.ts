// One Nova per folder. The lock is an open exclusive transaction on a small file of its own: the operating system
// lets go of it when the process dies in any way, so a killed Nova never blocks the next one.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BootError } from "../../src/boot-error.ts";
import { createPrivateFile } from "./database.ts";

export interface InstanceLock {
  release(): void;
}

/** Garbage collection closes a database that nobody refers to, and would let go of the lock with it. */
const held = new Set<DatabaseSync>();

/** Throws a BootError when another process (or this one) holds the folder. `holder`: words that name the owner. */
export function createInstanceLock(folder: string, holder: string): InstanceLock {
  const file = join(folder, "instance.lock");
  const note = join(folder, "instance.holder");
  createPrivateFile(file);
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;");
  } catch (cause) {
    db.close();
    if (!isBusy(cause)) throw cause;
    throw new BootError(
      `Another Nova already runs on ${folder}${noteOf(note)}: stop that one, or set NOVA_HOME to another folder.`,
      { cause },
    );
  }
  writeFileSync(note, holder, { mode: 0o600 });
  held.add(db);
  return {
    release: () => {
      held.delete(db);
      if (db.isOpen) db.close();
    },
  };
}

function noteOf(note: string): string {
  return existsSync(note) ? ` (${readFileSync(note, "utf8").slice(0, 100)})` : "";
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && error.errcode === 5;
