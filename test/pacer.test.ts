// How fast posts go out: nothing waits under the limit, the urgent pass the rest, and a pause holds only what it must.
import { expect, test, vi } from "vitest";
import { createPacer } from "../src/surfaces/pacer.ts";
import type { Call } from "../src/surfaces/pacer.ts";
import type { PostLimits } from "../src/ports.ts";
import { createTestClock } from "./support/clock.ts";

const limits: PostLimits = {
  posts: { burst: 3, refillMs: 1_000 },
  postsPer: "channel",
  edits: { burst: 2, refillMs: 500 },
  editsPer: "surface",
  all: null,
};
const post = (channel: string, urgency = 3): Call => ({
  thread: `slack:T1/${channel}:1.5`,
  isEdit: false,
  urgency,
});
const edit = (channel: string): Call => ({ ...post(channel, 6), isEdit: true });

/** Notes who went when; `goes` resolves once that many went. */
function open(wanted: PostLimits = limits) {
  const clock = createTestClock();
  const pacer = createPacer(wanted, clock);
  const gone: string[] = [];
  return {
    clock,
    pacer,
    gone,
    enter: (name: string, call: Call): string => {
      const waiting = pacer.enter(call);
      if (waiting === null) {
        gone.push(name);
        return "at once";
      }
      if ("laterMs" in waiting) return `in ${waiting.laterMs}`;
      void waiting.turn.then(() => gone.push(name));
      return "waits";
    },
    goes: async (names: readonly string[]): Promise<void> =>
      vi.waitFor(() => expect(gone).toEqual(names), { timeout: 5_000, interval: 1 }),
  };
}

/** Queued calls are handed out in turns of the event loop. */
const settled = async (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 20);
  });

test("a burst goes at once, the rest one by one, and other channels do not wait for it", async () => {
  const { clock, enter, gone, goes } = open();
  expect(["a", "b", "c", "d", "e"].map((name) => enter(name, post("C1")))).toEqual([
    "at once",
    "at once",
    "at once",
    "waits",
    "waits",
  ]);
  expect(enter("other", post("C2"))).toBe("at once");
  await settled();
  expect(gone).toEqual(["a", "b", "c", "other"]);
  clock.advance(1_000);
  await goes(["a", "b", "c", "other", "d"]);
  await settled();
  clock.advance(1_000);
  await goes(["a", "b", "c", "other", "d", "e"]);
});

test("a receipt passes answers, an answer passes progress", async () => {
  const { clock, enter, goes } = open({ ...limits, posts: { burst: 1, refillMs: 1_000 } });
  enter("first", post("C1"));
  enter("next in line", post("C1"));
  await settled();
  enter("progress", post("C1", 6));
  enter("answer", post("C1", 3));
  enter("receipt", post("C1", 1));
  await settled();
  const order = ["first", "next in line", "receipt", "answer", "progress"];
  for (let count = 2; count <= order.length; count += 1) {
    clock.advance(1_000);
    await goes(order.slice(0, count));
    await settled();
  }
});

test("what would wait long is told for how long, and the urgent are not", async () => {
  const { enter } = open();
  for (let n = 0; n < 13; n += 1) enter(`${n}`, post("C1", 6));
  await settled();
  expect(enter("one more", post("C1", 6))).toMatch(/^in \d+$/u);
  expect(enter("receipt", post("C1", 1))).toBe("waits");
});

test("a pause of one channel holds that channel alone, and an edit no post", async () => {
  const { clock, pacer, enter, goes } = open();
  pacer.hold(post("C1"), 4_000, false);
  expect(enter("held", post("C1"))).toBe("waits");
  expect(enter("other", post("C2"))).toBe("at once");
  expect(enter("edit", edit("C1"))).toBe("at once");
  pacer.hold(post("C3"), 3_600_000, false);
  expect(enter("an hour", post("C3"))).toBe("in 3600000");
  await settled();
  clock.advance(4_000);
  await goes(["other", "edit", "held"]);
});

test("edits are counted over all channels where the platform does, everything together where it does that", async () => {
  const { enter } = open();
  expect(["C1", "C2", "C3"].map((channel) => enter(channel, edit(channel)))).toEqual([
    "at once",
    "at once",
    "waits",
  ]);
  const global = open({ ...limits, all: { burst: 2, refillMs: 20 } });
  expect(["C1", "C2", "C3"].map((channel) => global.enter(channel, post(channel)))).toEqual([
    "at once",
    "at once",
    "waits",
  ]);
  global.clock.advance(20);
  await global.goes(["C1", "C2", "C3"]);
});

test("under the limit nothing waits, however much there is", () => {
  const pacer = createPacer({ ...limits, posts: { burst: 1_000_000, refillMs: 1 } }, createTestClock());
  const calls = Array.from({ length: 20_000 }, (_, n) => post(`C${n % 50}`));
  expect(calls.filter((call) => pacer.enter(call) !== null)).toEqual([]);
});
