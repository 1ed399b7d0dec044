// What is said in one thread stays in its order on the way to the journal, although whoever said it may have to be looked
// up first. Threads don't wait for each other.

/** `before`: what was said just before in the same thread and is not kept yet; null: nothing. */
type Task = (before: Promise<void> | null) => Promise<void>;
/** Begins at once, so that what can be done meanwhile is; rejects as the task does. */
export type Lines = (thread: string, task: Task) => Promise<void>;

export function createLines(): Lines {
  const tails = new Map<string, Promise<void>>();
  return async (thread, task) => {
    const running = task(tails.get(thread) ?? null);
    tails.set(thread, running);
    try {
      await running;
    } finally {
      if (tails.get(thread) === running) tails.delete(thread);
    }
  };
}
