// Calls of the last minute, as Slack counts them: each method, over a whole workspace.
import type { Clock } from "../../src/ports.ts";

export type Minute = { readonly hasRoom: () => boolean; readonly count: () => void };

const minuteMs = 60_000;

export function createMinute(clock: Clock, atMost: number): Minute {
  let made: number[] = [];
  const forgetOld = (): void => {
    const since = clock.now() - minuteMs;
    if ((made[0] ?? since + 1) <= since) made = made.filter((at) => at > since);
  };
  return {
    hasRoom: () => {
      forgetOld();
      return made.length < atMost;
    },
    count: () => {
      forgetOld();
      made.push(clock.now());
    },
  };
}
