// One deed at a time on one record: between looking at it and reading it back, no other approval of Nova's own may come.
import type { Prepared } from "../ports.ts";

export type RecordLane = <T>(records: readonly string[], task: () => Promise<T>) => Promise<T>;

/** The records that a deed stands on or changes, each with its instance; what it makes is not there yet, and what is only counted (stock, books) is nobody's alone. */
export function recordsOf({ command, changes, versionTokens }: Prepared): readonly string[] {
  const changed = changes.filter(({ before }) => before !== null).map(({ record }) => record);
  const names = [...changed, ...Object.keys(versionTokens)];
  return [...new Set(names)].map((name) => `${command.connector}/${command.instance} ${name}`);
}

/** Whoever comes for several records waits for all of them at once, so no two can wait for each other. */
export function createRecordLane(): RecordLane {
  const last = new Map<string, Promise<void>>();
  return async (records, task) => {
    const before = records.flatMap((record) => last.get(record) ?? []);
    const done = Promise.withResolvers<void>();
    for (const record of records) last.set(record, done.promise);
    try {
      await Promise.all(before);
      return await task();
    } finally {
      done.resolve();
      for (const record of records) if (last.get(record) === done.promise) last.delete(record);
    }
  };
}
