// `nova restore`: a backup put back as the data folder. Everything of it is proven before anything is touched, and what was in
// its place is moved aside, never deleted.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createFolder } from "../../adapters/sqlite/database.ts";
import { createInstanceLock } from "../../adapters/sqlite/instance-lock.ts";
import { isSound, journalSchema, readJournalCopy } from "../../adapters/sqlite/whole-copies.ts";
import { headWords } from "../approvals/audit-watch.ts";
import { BootError } from "../boot-error.ts";
import type { Settings } from "../settings.ts";
import { heldIn, journalName, knownFormat, Manifest, manifestName } from "./backup-parts.ts";
import { readTar } from "./tar.ts";
import { WrongUse } from "./wrong-use.ts";

export async function restore(settings: Settings, words: readonly string[]): Promise<number> {
  const [named, ...more] = words.filter((word) => word !== "--force");
  if (named === undefined || more.length > 0)
    throw new WrongUse("The restore command is: nova restore <file> [--force].");
  const [home, file] = [resolve(settings.NOVA_HOME), resolve(named)];
  if (!existsSync(file)) throw new BootError(`There is no backup at ${file}.`);
  createFolder(home);
  const lock = createInstanceLock(home, `process ${process.pid} restore`);
  const folder = mkdtempSync(join(home, "restoring-"));
  try {
    const held = heldIn(home);
    if (held.length > 0 && !words.includes("--force"))
      throw new BootError(
        `${home} already holds data (${held[0] ?? ""}): set NOVA_HOME to an empty folder, or add --force, which moves that data aside.`,
      );
    const manifest = prove(file, folder);
    const aside = held.length === 0 ? null : moveAside(home, held);
    putInPlace(home, folder, manifest);
    tell(home, manifest, aside);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    lock.release();
  }
}

/** Unpacks into `folder`. Throws when a part is missing, was changed, can't be read, or is of a newer Nova. */
function prove(file: string, folder: string): Manifest {
  const { manifest, isWhole } = unpack(file, folder);
  if (manifest.format > knownFormat || manifest.schema > journalSchema)
    throw new BootError(
      `The backup ${file} was made by a newer Nova (schema ${manifest.schema}, this one knows ${journalSchema}): update Nova, then restore it.`,
    );
  const journal = manifest.parts.find(({ name }) => name === journalName);
  const databases = manifest.parts.filter(({ name }) => name.endsWith(".db"));
  if (!isWhole || journal === undefined || !databases.every(({ name }) => isSound(join(folder, name))))
    throw damaged(file);
  const { schema, end } = readJournalCopy(join(folder, journalName));
  if (schema !== manifest.schema || end?.mac !== manifest.end?.mac) throw damaged(file);
  return manifest;
}

const damaged = (file: string, cause?: unknown): BootError =>
  new BootError(`The backup ${file} is damaged, so nothing was restored: take another one.`, { cause });

function unpack(file: string, folder: string): { readonly manifest: Manifest; readonly isWhole: boolean } {
  try {
    const parts = readTar(file, folder).filter(({ name }) => name !== manifestName);
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, manifestName), "utf8")));
    return { manifest, isWhole: JSON.stringify(parts) === JSON.stringify(manifest.parts) };
  } catch (cause) {
    throw damaged(file, cause);
  }
}

/** To a folder inside, under the same names. */
function moveAside(home: string, held: readonly string[]): string {
  const aside = mkdtempSync(join(home, "before-restore-"));
  for (const name of held) move(join(home, name), join(aside, name));
  return aside;
}

/** The journal comes last: without it nothing starts, so a restore that died half-way is done again. */
function putInPlace(home: string, folder: string, { parts }: Manifest): void {
  const names = parts.map(({ name }) => name).filter((name) => name !== journalName);
  for (const name of [...names, journalName]) move(join(folder, name), join(home, name));
}

function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  renameSync(from, to);
}

function tell(home: string, { at, end, parts }: Manifest, aside: string | null): void {
  const chain = end === null ? "nothing was recorded yet" : `the audit chain ends at ${headWords(end)}`;
  const before = aside === null ? "" : ` What was there before is in ${aside}.`;
  process.stdout.write(
    `${parts.length} files as they stood at ${new Date(at).toISOString()} are in ${home}; ${chain}.${before} What happened since is not in it: look at what was approved in the meantime before you start Nova.\n`,
  );
}
