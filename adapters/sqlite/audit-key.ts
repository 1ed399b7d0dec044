// The key of the audit chain: outside the database, readable by Nova alone, made once. A missing key is never
// replaced while there are rows that it sealed.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { BootError } from "../../src/boot-error.ts";
import type { Entropy } from "../../src/ports/world.ts";

type Need = { readonly entropy: Entropy; readonly hasRows: () => boolean };

export function loadAuditKey(folder: string, { entropy, hasRows }: Need): string {
  const file = join(folder, "audit.key");
  if (existsSync(file)) {
    const key = readFileSync(file, "utf8").trim();
    if (/^[0-9a-f]{64}$/u.test(key)) return key;
    throw new BootError(`The audit key ${file} is not one of Nova's: restore it from the last backup.`);
  }
  if (hasRows()) {
    throw new BootError(
      `The audit key ${file} is missing, so the journal's audit rows can't be checked: restore it from the last backup.`,
    );
  }
  const key = entropy(32);
  writeDurably(file, key);
  return key;
}

/** Whole or not at all: a crash in between leaves no half a key under the real name. */
function writeDurably(file: string, text: string): void {
  const draft = `${file}.new`;
  const handle = openSync(draft, "w", 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}
