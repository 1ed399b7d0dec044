// What was said while nobody listened is read within bounds, and what the bounds left out is said: in the place itself
// where people talk with Nova, in the log elsewhere.
import { expect, test } from "vitest";
import { createBackfill } from "../../src/surfaces/backfill.ts";
import type { Gap, Recall } from "../../src/ports.ts";
import { createTestClock } from "../support/clock.ts";

const gap: Gap = {
  thread: "discord:1:1",
  channel: "discord:1",
  direct: false,
  addressedOnly: false,
  sinceMs: 0,
  fromMs: 0,
};

async function readEndless(
  addressedOnly: boolean,
): Promise<{ told: readonly string[]; troubles: readonly string[] }> {
  const told: string[] = [];
  const troubles: string[] = [];
  const recall: Pick<Recall, "gaps" | "closed" | "tell"> = {
    gaps: async () => [{ ...gap, addressedOnly }],
    closed: async () => undefined,
    tell: async (_thread, _key, text) => void told.push(text),
  };
  const unused = async (): Promise<never> => Promise.reject(new Error("not asked for"));
  const backfill = createBackfill({
    clock: createTestClock(),
    recall: { note: unused, keepNote: unused, bound: [], ...recall },
    read: async () => ({ messages: [], next: "more" }),
    hear: unused,
    keyOf: ({ thread }) => thread,
    onTrouble: (what) => troubles.push(what),
  });
  backfill.start();
  await backfill.idle();
  return { told, troubles };
}

test("a place that could not be read to its beginning says so", async () => {
  const { told, troubles } = await readEndless(false);
  expect(told).toEqual([expect.stringMatching(/^I was away for so long .* 200 messages/u)]);
  expect(troubles).toEqual([]);
});

test("where only mentions are meant for Nova, the log says so and nobody is disturbed", async () => {
  const { told, troubles } = await readEndless(true);
  expect(told).toEqual([]);
  expect(troubles).toEqual([expect.stringMatching(/was not read back to 1970-01-01/u)]);
});
