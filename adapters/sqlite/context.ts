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
  const read = async (project: ProjectId, channel: ChannelId): Promise<ChannelContext | null> => {
    const shelf = await shelves.of(project);
    const value = await shelf.values.get(channel);
    if (value !== undefined) return ChannelContext.parse(value);
    if (await shelf.isThere(channel)) throw new Error("its row holds no value");
    return null;
  };
  const write = async (project: ProjectId, channel: ChannelId, next: ChannelContext): Promise<void> => {
    const value = ChannelContext.parse(next);
    const bytes = Buffer.byteLength(JSON.stringify(value));
    if (bytes > maxBytes) throw new Error(`it would take ${bytes} bytes, more than ${maxBytes}`);
    const shelf = await shelves.of(project);
    const isStored = await shelf.values.set(channel, value);
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
