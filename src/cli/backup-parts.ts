// What a backup is made of, and its table of contents: everything in the data folder that can't be made again.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export const manifestName = "manifest.json";
/** `format` rises when an older Nova could misread it; `schema`: the journal's. */
export const Manifest = z.strictObject({
  format: z.number().int().positive(),
  at: z.number().int(),
  schema: z.number().int(),
  /** Where the audit chain ended; null: nothing was recorded yet. */
  end: z.object({ seq: z.number().int(), mac: z.string() }).nullable(),
  parts: z.array(z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;
export const knownFormat = 1;

export const journalName = "journal.db";
const isDatabase = (name: string): boolean => name.endsWith(".db");
/** Trained anew when it is missing, and large. */
const isRouter = (name: string): boolean => /^router-[0-9a-f]+\.json$/u.test(name);

/** Databases, the journal first: names inside the folder. */
export function databasesIn(home: string): readonly string[] {
  const erps = join(home, "erp");
  const others = [
    ...readdirSync(home).filter((name) => isDatabase(name) && name !== journalName),
    ...(existsSync(erps)
      ? readdirSync(erps)
          .filter(isDatabase)
          .map((name) => `erp/${name}`)
      : []),
  ];
  return existsSync(join(home, journalName)) ? [journalName, ...others] : others;
}

/** The chain's key and end, and what was measured. */
export const notesIn = (home: string): readonly string[] =>
  readdirSync(home).filter(
    (name) => name === "audit.key" || name === "audit.head" || (name.endsWith(".json") && !isRouter(name)),
  );

/** Everything that a restore would take the place of, with what SQLite keeps beside its files. */
export function heldIn(home: string): readonly string[] {
  const beside = (name: string): readonly string[] => [name, `${name}-wal`, `${name}-shm`, `${name}-journal`];
  return [...databasesIn(home).flatMap(beside), ...notesIn(home)].filter((name) =>
    existsSync(join(home, name)),
  );
}
