// Per-channel project context on Keyv, in a file of its own. A store that fails says so: it is never "no context".
import { join } from "node:path";
import { NovaFailure } from "../../src/failures.ts";
import type { ChannelId, ProjectId } from "../../src/ids.ts";
import { ChannelContext } from "../../src/ports/world.ts";
import type { ContextStore } from "../../src/ports/world.ts";
import { createShelves } from "./context-shelves.ts";
import type { Shelves } from "./context-shelves.ts";
import { createFolder, createPrivateFile, toBootError } from "./database.ts";
import { createKeyedQueue } from "./keyed-queue.ts";

const maxBytes = 256 * 1024;
/** How many contexts are kept at hand. */
const maxKept = 1_000;

/** Opens `<folder>/context.db`. Throws a BootError when it can't be opened with the one SQLite of this process. */
export async function createKeyvContext({ folder }: { readonly folder: string }): Promise<ContextStore> {
  const file = join(folder, "context.db");
  try {
    createFolder(folder);
    createPrivateFile(file);
    return createStore(await createShelves(file));
  } catch (error) {
    throw toBootError(error, { folder, file });
  }
}

function createStore(shelves: Shelves): ContextStore {
  const queue = createKeyedQueue();
  const kept = createKept();
  const fetch = async (key: string, place: Place): Promise<ChannelContext | null> => {
    const context = await visibly(key, async () => readFrom(shelves, place));
    kept.keep(key, context);
    return context;
  };
  return {
    read: async (project, channel) => {
      const key = `${project}\n${channel}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      return queue.run(key, async () => fetch(key, { project, channel }));
    },
    update: async (project, channel, change) => {
      const key = `${project}\n${channel}`;
      const place = { project, channel };
      return queue.run(key, async () => {
        const known = kept.get(key);
        const current = known === undefined ? await fetch(key, place) : known;
        // The revision is the store's to count: it says how often this context was written.
        const next = { ...change(current), rev: (current?.rev ?? 0) + 1 };
        // What a write that failed left behind is for the next read to find out.
        kept.drop(key);
        await visibly(key, async () => writeTo(shelves, place, next));
        kept.keep(key, next);
        return next;
      });
    },
    close: async () => shelves.close(),
  };
}

type Place = { readonly project: ProjectId; readonly channel: ChannelId };

async function readFrom(shelves: Shelves, { project, channel }: Place): Promise<ChannelContext | null> {
  const shelf = await shelves.of(project);
  const value = await shelf.values.get(channel);
  if (value !== undefined) return ChannelContext.parse(value);
  if (await shelf.isThere(channel)) throw new Error("its row holds no value");
  return null;
}

async function writeTo(shelves: Shelves, { project, channel }: Place, next: ChannelContext): Promise<void> {
  const value = ChannelContext.parse(next);
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > maxBytes) throw new Error(`it would take ${bytes} bytes, more than ${maxBytes}`);
  const shelf = await shelves.of(project);
  const isStored = await shelf.values.set(channel, value);
  if (!isStored) throw new Error("the store did not accept it");
}

/** What was last read or written, so that a message costs no read: the folder's lock lets nobody else write the file. */
function createKept(): {
  readonly get: (key: string) => ChannelContext | null | undefined;
  readonly keep: (key: string, context: ChannelContext | null) => void;
  readonly drop: (key: string) => void;
} {
  const kept = new Map<string, ChannelContext | null>();
  return {
    get: (key) => kept.get(key),
    keep: (key, context) => {
      kept.delete(key);
      kept.set(key, context);
      const [oldest] = kept.keys();
      if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
    },
    drop: (key) => void kept.delete(key),
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
