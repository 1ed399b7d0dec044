// `nova backup`: everything of the data folder as it stands at one moment, also while Nova runs, in one file with a checksum of
// each part. Whoever writes to a database waits until the last one is copied, so no part knows more than another.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { copyTogether, readJournalCopy } from "../../adapters/sqlite/whole-copies.ts";
import { headWords } from "../approvals/audit-watch.ts";
import { BootError } from "../boot-error.ts";
import { systemClock } from "../clock.ts";
import type { Settings } from "../settings.ts";
import { databasesIn, journalName, knownFormat, manifestName, notesIn } from "./backup-parts.ts";
import type { Manifest } from "./backup-parts.ts";
import { partOf, writeTar } from "./tar.ts";
import { WrongUse } from "./wrong-use.ts";

export async function backUp(settings: Settings, words: readonly string[]): Promise<number> {
  const [named, ...more] = words;
  if (named === undefined || more.length > 0)
    throw new WrongUse("The backup command is: nova backup <file>.");
  const [home, file] = [resolve(settings.NOVA_HOME), resolve(named)];
  if (!existsSync(join(home, journalName)))
    throw new BootError(
      `There is nothing to back up in ${home}: start Nova once, or set NOVA_HOME to its folder.`,
    );
  if (existsSync(file)) throw new BootError(`${file} exists already: name a file that does not.`);
  const manifest = pack(home, file);
  const { end, parts } = manifest;
  const chain = end === null ? "nothing was recorded yet" : `the audit chain ends at ${headWords(end)}`;
  process.stdout.write(
    `${parts.length} files as they stood at ${new Date(manifest.at).toISOString()} are in ${file}; ${chain}. The key of the chain is among them: keep it where only you can read it.\n`,
  );
  return 0;
}

/** Packed beside its place and moved there when it is whole. */
function pack(home: string, file: string): Manifest {
  const folder = makeFolder(file);
  try {
    mkdirSync(join(folder, "erp"));
    const databases = databasesIn(home);
    const notes = notesIn(home);
    const copies = databases.map((name) => ({ file: join(home, name), copy: join(folder, name) }));
    copyTogether(copies, () => {
      for (const name of notes) copyFileSync(join(home, name), join(folder, name));
    });
    const names = [...databases, ...notes];
    const manifest: Manifest = {
      format: knownFormat,
      at: systemClock.now(),
      ...readJournalCopy(join(folder, journalName)),
      parts: names.map((name) => partOf(folder, name)),
    };
    writeFileSync(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    const draft = join(folder, "whole");
    writeTar(draft, folder, [manifestName, ...names]);
    renameSync(draft, file);
    return manifest;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BootError(`The backup could not be made (${why}): nothing was changed; try it again.`, {
      cause,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(file: string): string {
  try {
    return mkdtempSync(`${file}-`);
  } catch (cause) {
    throw new BootError(`${dirname(file)} can't be written: name a file in a folder of yours.`, { cause });
  }
}
