// The file behind the context: one Keyv namespace per project, each with a connection of its own, because a shared
// one carries only the namespace that was set last.
import { KeyvSqlite } from "@keyv/sqlite";
import { Keyv } from "keyv";
import type { ProjectId } from "../../src/ids.ts";

/** One project's contexts. `isThere` tells a row without a value from no row, which `get` can't. */
type Shelf = { readonly values: Keyv<unknown>; readonly isThere: (key: string) => Promise<boolean> };
export type Shelves = {
  readonly of: (project: ProjectId) => Promise<Shelf>;
  readonly close: () => Promise<void>;
};

const driver = "node:sqlite";

/** Throws when the file can't be opened with the one SQLite library of this process. */
export async function createShelves(file: string): Promise<Shelves> {
  const shelves = new Map<string, Promise<Shelf>>();
  const opened: KeyvSqlite[] = [];
  const first = await openStore(file, opened);
  const openShelf = async (project: ProjectId): Promise<Shelf> => {
    // Opening makes a missing table, so it is asked for first: a lost table must not come back as an empty one.
    await first.query("SELECT 1 FROM keyv LIMIT 1");
    const store = await openStore(file, opened);
    // No `error` listener, here or anywhere: it is what turns Keyv's failures into silence.
    const values = new Keyv<unknown>({ store, namespace: project });
    return { values, isThere: async (key) => store.has(key) };
  };
  return {
    of: async (project) => {
      const known = shelves.get(project);
      if (known !== undefined) return known;
      const shelf = openShelf(project);
      shelves.set(project, shelf);
      // A connection that could not be opened is tried again by the next call.
      shelf.catch(() => shelves.delete(project));
      return shelf;
    },
    close: async () => {
      await Promise.all(opened.splice(0).map(async (store) => store.disconnect()));
    },
  };
}

async function openStore(file: string, opened: KeyvSqlite[]): Promise<KeyvSqlite> {
  const uri = `sqlite://${file}`;
  const store = new KeyvSqlite({ uri, driver, wal: true, busyTimeout: 5000, clearExpiredInterval: 0 });
  await store.ready;
  opened.push(store);
  if (store.driverName === driver) return store;
  throw new Error(`its SQLite driver is ${String(store.driverName)} instead of ${driver}`);
}
