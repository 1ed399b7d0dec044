// The embedder behind its port: vectors come in order, and whoever is late, fails or ends holds nobody up.
import { afterEach, expect, test } from "vitest";
import { createEnergeticEmbedder } from "../../adapters/energetic/index.ts";
import type { Embedder } from "../../src/ports/embedder.ts";
import { createTestClock } from "../support/clock.ts";

const thread = new URL("../support/embedder-thread.ts", import.meta.url);
let embedder: Embedder | null = null;
afterEach(async () => embedder?.close());

async function open(clock = createTestClock()): Promise<Embedder> {
  embedder = await createEnergeticEmbedder({ clock, deadlineMs: 60, thread });
  return embedder;
}

test("each text gets its own vector, also when several ask at once", async () => {
  const open1 = await open();
  const [both, one] = await Promise.all([open1.embed(["a", "bbb"]), open1.embed(["cc"])]);
  expect(both.map(([length]) => length)).toEqual([1, 3]);
  expect(one.map(([length]) => length)).toEqual([2]);
});

test("who is late is given up at the deadline, and the next message is not", async () => {
  const clock = createTestClock();
  const opened = await open(clock);
  const late = opened.embed(["hang"]);
  clock.advance(60);
  await expect(late).rejects.toThrow(/longer than 60 ms/u);
  expect(await opened.embed(["ok"])).toHaveLength(1);
});

test("a failure is said, and whoever still waits when the thread ends is told", async () => {
  const opened = await open();
  await expect(opened.embed(["fail"])).rejects.toThrow(/no such word/u);
  const waiting = opened.embed(["hang"]);
  const told = expect(waiting).rejects.toThrow(/has ended/u);
  await opened.close();
  await told;
});

test("a thread that can't be loaded is a sentence with its mend", async () => {
  const missing = new URL("../support/no-such-thread.ts", import.meta.url);
  const opening = createEnergeticEmbedder({ clock: createTestClock(), deadlineMs: 60, thread: missing });
  await expect(opening).rejects.toThrow(/can't be loaded[^]*switch it off/u);
});
