// Slack waits three seconds for its acknowledgement. Whatever Nova waits for before it keeps what was heard shares one
// deadline, so that waits behind each other never add up; only the commit itself is waited for to its end.
import type { Clock } from "../../src/ports.ts";

/** Counted from when it was heard; the rest is the commit's. */
export const keepWithinMs = 2_300;

/** What it resolves to, or `late` when it does not by `dueAt`, epoch ms. */
export async function byThen<T>(
  clock: Clock,
  dueAt: number,
  race: { readonly running: Promise<T>; readonly late: () => T },
): Promise<T> {
  const over = Promise.withResolvers<T>();
  const cancel = clock.after(Math.max(0, dueAt - clock.now()), () => over.resolve(race.late()));
  try {
    return await Promise.race([race.running, over.promise]);
  } finally {
    cancel();
  }
}

/** Waits for it, whatever becomes of it, but no longer than that. */
export async function inTime(clock: Clock, dueAt: number, running: Promise<unknown>): Promise<void> {
  const settled = running.then(
    () => undefined,
    () => undefined,
  );
  await byThen(clock, dueAt, { running: settled, late: () => undefined });
}
