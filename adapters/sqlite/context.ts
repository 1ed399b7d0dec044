// Per-channel project context on Keyv, in a file of its own. A store that fails says so: it is never "no context".
// Nothing listens to Keyv's `error` event, because a listener is what turns its failures into silence.
import { chmodSync, closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { KeyvSqlite } from "@keyv/sqlite";
import { Keyv } from "keyv";
import { NovaFailure } from "../../src/failures.ts";
import type { ChannelId, ProjectId } from "../../src/ids.ts";
import { ChannelContext } from "../../src/ports/world.ts";
import type { ContextStore } from "../../src/ports/world.ts";
import { createFolder, toBootError } from "./database.ts";
import { createKeyedQueue } from "./keyed-queue.ts";

const maxBytes = 256 * 1024;
const driver = "node:sqlite";

/** Opens `<folder>/context.db`. Throws a BootError when it can't be opened with the one SQLite of this process. */
export async function createKeyvContext({ folder }: { readonly folder: string }): Promise<ContextStore> {
  const file = join(folder, "context.db");
  try {
    createFolder(folder);
    if (!existsSync(file)) closeSync(openSync(file, "ax", 0o600));
    chmodSync(file, 0o600);
    const shelves = createShelves(file);
    await shelves.ready();
    return createStore(shelves);
  } catch (error) {
    throw toBootError(error, { folder, file });
  }
}

type Shelf = Keyv<unknown>;
type Shelves = {
  readonly of: (project: ProjectId) => Promise<Shelf>;
  readonly ready: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** One namespace per project, each with a connection of its own: a shared one carries only the last namespace set. */
function createShelves(file: string): Shelves {
  const shelves = new Map<string, Promise<Shelf>>();
  const opened: KeyvSqlite[] = [];
  const open = async (): Promise<KeyvSqlite> => {
    const store = new KeyvSqlite({
      uri: `sqlite://${file}`,
      driver,
      wal: true,
      busyTimeout: 5000,
      clearExpiredInterval: 0,
    });
    opened.push(store);
    await store.ready;
    if (store.driverName !== driver) {
      throw new Error(`its SQLite driver is ${String(store.driverName)} instead of ${driver}`);
    }
    return store;
  };
  return {
    of: async (project) => {
      const known = shelves.get(project);
      if (known !== undefined) return known;
      const shelf = open().then((store): Shelf => new Keyv<unknown>({ store, namespace: project }));
      shelves.set(project, shelf);
      // A connection that could not be opened is tried again by the next call.
      shelf.catch(() => shelves.delete(project));
      return shelf;
    },
    ready: async () => {
      await open();
    },
    close: async () => {
      await Promise.all(opened.map(async (store) => store.disconnect()));
    },
  };
}

function createStore(shelves: Shelves): ContextStore {
  const queue = createKeyedQueue();
  const read = async (project: ProjectId, channel: ChannelId): Promise<ChannelContext | null> => {
    const shelf = await shelves.of(project);
    const value = await shelf.get(channel);
    return value === undefined ? null : ChannelContext.parse(value);
  };
  const write = async (project: ProjectId, channel: ChannelId, next: ChannelContext): Promise<void> => {
    const value = ChannelContext.parse(next);
    const bytes = Buffer.byteLength(JSON.stringify(value));
    if (bytes > maxBytes) throw new Error(`it would take ${bytes} bytes, more than ${maxBytes}`);
    const shelf = await shelves.of(project);
    const isStored = await shelf.set(channel, value);
    if (!isStored) throw new Error("the store did not accept it");
  };
  return {
    read: async (project, channel) => {
      const key = `${project}\n${channel}`;
      return queue.run(key, async () => visibly(key, async () => read(project, channel)));
    },
    update: async (project, channel, change) => {
      const key = `${project}\n${channel}`;
      return queue.run(key, async () => {
        const current = await visibly(key, async () => read(project, channel));
        // The revision is the store's to count: it says how often this context was written.
        const next = { ...change(current), rev: (current?.rev ?? 0) + 1 };
        await visibly(key, async () => write(project, channel, next));
        return next;
      });
    },
    close: async () => shelves.close(),
  };
}

/** A broken store or a stored value that no longer fits is one and the same visible failure. */
async function visibly<T>(key: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NovaFailure("context.unavailable", `The context of ${key.replace("\n", ", ")}: ${why}`, {
      cause,
    });
  }
}
