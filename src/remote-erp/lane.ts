// So many at once and no more; who comes later waits in order. Bottleneck would do it too, for 5 ms a request even when idle.

export type Lane = <T>(task: () => Promise<T>) => Promise<T>;

export function createLane(width: number): Lane {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (busy < width) busy += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      // Whoever waits takes the place over, so that nobody slips in between.
      const next = waiting.shift();
      if (next === undefined) busy -= 1;
      else next();
    }
  };
}
