// Slack waits three seconds for its acknowledgement. Whatever Nova waits for before it keeps what was heard shares one
// deadline, so that waits behind each other never add up; only the commit itself is waited for to its end.
import type { Clock } from "../../src/ports.ts";

/** Counted from when it was heard; the rest is the commit's. */
export const keepWithinMs = 2_300;

/** Waits for it, whatever becomes of it, but no longer than `dueAt`, epoch ms. */
export async function inTime(clock: Clock, dueAt: number, running: Promise<unknown>): Promise<void> {
  const over = Promise.withResolvers<void>();
  const cancel = clock.after(Math.max(0, dueAt - clock.now()), over.resolve);
  running.then(
    () => over.resolve(),
    () => over.resolve(),
  );
  await over.promise;
  cancel();
}
