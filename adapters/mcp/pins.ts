// Where what the owner accepted is kept: one file per server under NOVA_HOME, read again whenever a server is looked at,
// so that an acceptance counts without a restart.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Pins } from "./manifest.ts";

export type PinFile = {
  /** Null: nothing was accepted yet. Throws with one sentence when the file can't be trusted. */
  readonly read: () => Pins | null;
  readonly write: (pins: Pins) => void;
};

export function createPinFile(folder: string, server: string): PinFile {
  const file = join(folder, `${server}.json`);
  return {
    read: () => {
      const text = textOf(file);
      return text === null ? null : parsePins(file, text);
    },
    write: (pins) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.new`, JSON.stringify(pins, null, 2), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function parsePins(file: string, text: string): Pins {
  try {
    return Pins.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${file} can't be read as what was accepted: remove it and accept again.`, { cause });
  }
}
