// The engine's own file, opened with the gaps of its opening closed: a damaged file is said in a sentence, and a busy one
// is waited for.
import { DatabaseSync } from "node:sqlite";
import { BackendSqlite } from "openworkflow/sqlite";
import { BootError } from "../../src/boot-error.ts";

/** Throws BootError when the file can't be opened. */
export function openBackend(file: string): BackendSqlite {
  const backend = connect(file);
  // The backend sets no busy timeout: a second process would get "database is locked" at once.
  const database: unknown = Reflect.get(backend, "db");
  if (!(database instanceof DatabaseSync))
    throw new Error("openworkflow no longer keeps its database where the busy timeout must be set");
  database.exec("PRAGMA busy_timeout = 5000");
  return backend;
}

function connect(file: string): BackendSqlite {
  try {
    return BackendSqlite.connect(file);
  } catch (cause) {
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new BootError(
      `The file ${file} of the pipelines' runs can't be opened (${why}): move it away and restore the last backup.`,
      { cause },
    );
  }
}
