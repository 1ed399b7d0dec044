// Tasks of one key run one after the other, tasks of different keys side by side. Nothing stays in memory for a key
// that nobody waits for.
export interface KeyedQueue {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
}

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<void>>();
  return {
    run: async (key, task) => {
      const before = tails.get(key) ?? Promise.resolve();
      const { promise: tail, resolve: release } = Promise.withResolvers<void>();
      tails.set(key, tail);
      await before;
      try {
        return await task();
      } finally {
        if (tails.get(key) === tail) tails.delete(key);
        release();
      }
    },
  };
}
