// A post that changes again and again while others go first is one call with its newest words, and no answer waits for it.
import { expect, test, vi } from "vitest";
import { createSqliteJournal } from "../../adapters/sqlite/index.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChatAdapter, Delivery, Shown } from "../../src/ports.ts";
import { createOutbox } from "../../src/rooms/outbox.ts";
import { say } from "../../src/post.ts";
import { createTestClock } from "../support/clock.ts";
import { createTestEntropy } from "../support/entropy.ts";

const thread = "slack:T1/C1:1.5";
const folder = (): string => mkdtempSync(join(tmpdir(), "nova-pacing-"));

async function open(answer: (delivery: Delivery) => Shown) {
  const clock = createTestClock();
  const home = folder();
  const journal = createSqliteJournal({ folder: home, clock, entropy: createTestEntropy("pacing") });
  const calls: string[] = [];
  const adapter: ChatAdapter = {
    surface: "slack",
    resendSafeMs: 0,
    findAfterMs: 0,
    limits: {
      posts: { burst: 2, refillMs: 1_000 },
      postsPer: "channel",
      edits: { burst: 1, refillMs: 1_000 },
      editsPer: "surface",
      all: null,
    },
    fits: () => true,
    start: async () => undefined,
    show: async (delivery) => {
      calls.push(`${delivery.shownAs === null ? "post" : "edit"} ${delivery.post.text}`);
      return answer(delivery);
    },
    find: async () => ({ kind: "absent" }),
    working: () => () => undefined,
    preview: () => undefined,
    health: () => ({ state: "ready", detail: "" }),
    stop: async () => undefined,
  };
  const outbox = createOutbox({
    journal,
    clock,
    entropy: createTestEntropy("outbox"),
    adapterOf: () => adapter,
    onPostponed: () => undefined,
    onBuried: () => undefined,
    offersOf: () => ({ fields: null, isUndoable: false }),
    endPreview: async () => null,
  });
  return {
    clock,
    calls,
    outbox,
    shows: async (id: string, words: string, where: typeof thread | `slack:T1/C2:${string}` = thread) =>
      outbox.post([outbox.draft(id, where, say(words, { kind: "progress" }))]),
    goes: async (wanted: readonly string[]) =>
      vi.waitFor(() => expect(calls).toEqual(wanted), { interval: 1 }),
    close: async () => {
      await journal.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
const shown = (): Shown => ({ kind: "shown", platformId: "C1:9" });
const settled = async (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 20);
  });

test("nine changes of one post while it waits are one edit with the newest words", async () => {
  const { clock, calls, shows, goes, outbox, close } = await open(shown);
  await shows("progress", "step 0");
  await goes(["post step 0"]);
  await shows("progress", "step 1");
  await goes(["post step 0", "edit step 1"]);
  for (let n = 2; n <= 10; n += 1) await shows("progress", `step ${n}`);
  await settled();
  expect(calls.length).toBe(2);
  // An answer of the same thread does not wait behind the edit.
  await outbox.post([outbox.draft("answer", thread, say("the answer"))]);
  await goes(["post step 0", "edit step 1", "post the answer"]);
  clock.advance(1_000);
  await goes(["post step 0", "edit step 1", "post the answer", "edit step 10"]);
  await outbox.idle();
  await close();
});

test("a limit that the platform reports holds this channel, and no other", async () => {
  let isLimited = true;
  const { clock, calls, shows, goes, outbox, close } = await open(({ thread: place }) =>
    isLimited && place === thread
      ? { kind: "later", afterMs: 5_000, why: "429", limited: "channel" }
      : shown(),
  );
  await shows("a", "first");
  await goes(["post first"]);
  isLimited = false;
  await shows("b", "second", "slack:T1/C2:1.5");
  await goes(["post first", "post second"]);
  await settled();
  expect(calls.length).toBe(2);
  clock.advance(5_000);
  await outbox.deliverDue();
  await goes(["post first", "post second", "post first"]);
  await outbox.idle();
  await close();
});
