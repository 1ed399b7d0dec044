// What a test waits for: seconds on a busy machine are no defect, so one patience stands for all of them.
import { vi } from "vitest";

export const patienceMs = 15_000;

/** Asks again until the check no longer throws, and gives what it gave. */
export const holds = async <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: patienceMs });
