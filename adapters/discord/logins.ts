// Discord allows a thousand logins a day and then resets the token: a Nova that is started again and again by its
// supervisor must wait longer and longer, so the logins of the last day are noted where they outlive the process.
import { z } from "zod";
import type { Clock, Recall } from "../../src/ports.ts";

const key = "logins";
const dayMs = 86_400_000;
const windowMs = 600_000;
/** So many within ten minutes cost nothing; from then on each waits longer than the one before, up to five minutes. */
const free = 10;
const firstWaitMs = 5_000;
const longestWaitMs = 300_000;
/** What is left of a day's thousand is for a person who mends something. */
const perDay = 800;
const Times = z.array(z.number());

export type Logins = {
  /** How long to wait before the next login, in ms. */
  readonly waitMs: () => Promise<number>;
  /** One more was made, or is about to be. */
  readonly made: () => Promise<void>;
};

export function createLogins(recall: Pick<Recall, "note" | "keepNote">, clock: Clock): Logins {
  const times = async (): Promise<readonly number[]> => {
    return parseTimes((await recall.note(key)) ?? "[]").filter(
      (at) => at > clock.now() - dayMs && at <= clock.now(),
    );
  };
  return {
    waitMs: async () => {
      const made = await times();
      const [oldest = 0] = made;
      if (made.length >= perDay) return oldest + dayMs - clock.now();
      const lately = made.filter((at) => at > clock.now() - windowMs);
      if (lately.length < free) return 0;
      const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (lately.length - free));
      return Math.max(0, (lately.at(-1) ?? 0) + waitMs - clock.now());
    },
    made: async () => recall.keepNote(key, JSON.stringify([...(await times()), clock.now()].slice(-perDay))),
  };
}

/** A note that can't be read is as good as none. */
function parseTimes(words: string): readonly number[] {
  try {
    return Times.safeParse(JSON.parse(words)).data ?? [];
  } catch {
    return [];
  }
}
