// The pace of posts that grow: nothing for quick answers, one call at a time, never oftener than the platform bears.
import { expect, test } from "vitest";
import { createLivePosts } from "../src/surfaces/live-posts.ts";
import type { LiveCall, LiveWay } from "../src/surfaces/live-posts.ts";
import { createTestClock } from "./support/clock.ts";
import { toPreview } from "./support/preview.ts";

const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const thread = "discord:2001:2001";

function open(way: Partial<LiveWay> = {}) {
  const clock = createTestClock(1_000_000);
  const calls: [number, string][] = [];
  const noted: (string | null)[] = [];
  const send = async (text: string): Promise<LiveCall> => {
    calls.push([clock.now() - 1_000_000, text]);
    return { platformId: "9" };
  };
  const posts = createLivePosts(clock, {
    beginAfterMs: 1_500,
    changeEveryMs: 1_000,
    laneOf: () => "",
    canBegin: () => true,
    begin: async ({ text }) => send(text),
    change: async (_platformId, { text }) => send(text),
    ...way,
  });
  const note = async (platformId: string | null): Promise<boolean> => noted.push(platformId) > 0;
  const write = async (text: string, id = "t:0"): Promise<void> => {
    posts.preview(toPreview(thread, text, { id, sinceMs: 1_000_000, note }));
    await settled();
  };
  const advance = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settled();
  };
  return { posts, calls, noted, write, advance };
}

test("it begins late, and changes at its pace with the newest words only", async () => {
  const { calls, noted, write, advance } = open();
  await write("a");
  await advance(1_499);
  expect(calls).toEqual([]);
  await write("ab");
  await advance(1);
  await write("abc");
  await write("abcd");
  await advance(999);
  expect(calls).toEqual([[1_500, "ab"]]);
  await advance(1);
  await advance(5_000);
  await write("abcde");
  expect(calls).toEqual([
    [1_500, "ab"],
    [2_500, "abcd"],
    [7_500, "abcde"],
  ]);
  expect(noted).toEqual([null, "9"]);
});

test("posts of one lane share its pace", async () => {
  const { calls, write, advance } = open();
  await write("a", "t:0");
  await write("b", "u:0");
  await advance(1_500);
  await write("aa", "t:0");
  await write("bb", "u:0");
  await advance(1_000);
  expect(calls.length).toBe(3);
  await advance(1_000);
  expect(calls.map(([, text]) => text).sort()).toEqual(["a", "aa", "b", "bb"]);
});

test("a quick answer ends it before it began", async () => {
  const { posts, calls, noted, write, advance } = open();
  await write("a");
  expect(posts.end("t:0")).toBeNull();
  await advance(9_000);
  expect(calls).toEqual([]);
  expect(noted).toEqual([]);
  expect(posts.end("never")).toBeNull();
});

test("the end waits for the call that is on its way, and says what stands", async () => {
  const arrived = Promise.withResolvers<LiveCall>();
  const { posts, write, advance } = open({ begin: async () => arrived.promise });
  await write("a");
  await advance(1_500);
  const end = posts.end("t:0");
  arrived.resolve({ platformId: "7" });
  expect(await end).toEqual({ platformId: "7" });
  expect(await posts.endAll()).toEqual([{ id: "t:0", platformId: "7" }]);
  posts.forget("t:0");
  expect(await posts.endAll()).toEqual([]);
});

test.each([
  ["unclear", "unclear"],
  ["over", null],
] as const)("a beginning that is %s is not gone on with", async (found, expected) => {
  const { posts, calls, write, advance } = open({ begin: async () => found });
  await write("a");
  await advance(1_500);
  await write("ab");
  await advance(5_000);
  expect(calls).toEqual([]);
  expect(await posts.end("t:0")).toBe(expected);
});

test("it waits for what comes before it in its thread, and holds nobody else up", async () => {
  let isItsTurn = false;
  const { posts, calls, advance, write } = open();
  const preview = toPreview(thread, "a", { id: "t:0", sinceMs: 1_000_000, note: async () => isItsTurn });
  posts.preview(preview);
  await write("b", "u:0");
  await advance(1_500);
  await advance(900);
  isItsTurn = true;
  posts.preview({ ...preview, text: "ab" });
  await advance(100);
  expect(calls).toEqual([
    [1_500, "b"],
    [2_500, "ab"],
  ]);
  expect(posts.ownerOf("9")).toBe("t:0");
  expect(posts.ownerOf("8")).toBeNull();
});

test("what never had its turn is nowhere when its answer comes", async () => {
  const { posts, calls, advance } = open();
  posts.preview(toPreview(thread, "a", { id: "t:0", sinceMs: 1_000_000, note: async () => false }));
  await advance(9_000);
  expect(posts.end("t:0")).toBeNull();
  await advance(9_000);
  expect(calls).toEqual([]);
});

test("what the journal can't note is never sent", async () => {
  const { posts, calls, advance } = open();
  const note = async (): Promise<boolean> => Promise.reject(new Error("full"));
  posts.preview(toPreview(thread, "a", { id: "t:0", sinceMs: 1_000_000, note }));
  await advance(1_500);
  expect(calls).toEqual([]);
  expect(await posts.end("t:0")).toBeNull();
});
