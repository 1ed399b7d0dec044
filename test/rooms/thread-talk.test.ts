// What an agent gets of a thread to sum up: the newest words within bounds, quoted line by line, and a plain sentence where
// there is nothing to read.
import { describe, expect, test } from "vitest";
import { NovaFailure } from "../../src/failures.ts";
import type { Assigned } from "../../src/message.ts";
import type { Pack } from "../../src/pack.ts";
import type { ChatAdapter, Talk } from "../../src/ports.ts";
import { talkPack } from "../../src/rooms/thread-talk.ts";

const adapter: ChatAdapter = {
  surface: "discord",
  resendSafeMs: 0,
  findAfterMs: 0,
  fits: () => true,
  start: async () => undefined,
  show: async () => ({ kind: "shown", platformId: "1" }),
  find: async () => ({ kind: "absent" }),
  working: () => () => undefined,
  preview: () => undefined,
  health: () => ({ state: "ready", detail: "" }),
  stop: async () => undefined,
};
const turn: Assigned = {
  id: "t1",
  attempt: 1,
  message: {
    id: "d:i:1",
    thread: "discord:2001:2001",
    channel: "discord:2001",
    account: { id: "discord:1001", name: "Kit", standing: "regular" },
    at: 1_000,
    direct: false,
    addressed: true,
    body: { kind: "command", verb: "summarise", rest: "" },
  },
  person: { name: "Kit", class: "owner", accounts: ["discord:1001"] },
  project: null,
  thread: { lastAgent: null, lastText: null, waiting: null },
  button: null,
  assignment: { kind: "say", text: "", isPrivate: false },
  route: { stage: "address", reasons: [], candidates: [] },
};
const pack = async (talk: Talk | null): Promise<Pack> =>
  talkPack({ adapterOf: () => (talk === null ? adapter : { ...adapter, read: async () => talk }) }, turn);
const said = (texts: readonly string[], by = "Maya", isWhole = true): Talk => ({
  kind: "talk",
  isWhole,
  lines: texts.map((text, at) => ({ by, at, text })),
});
const refusal = async (talk: Talk | null): Promise<string> => {
  const thrown: unknown = await pack(talk).catch((error: unknown) => error);
  return thrown instanceof NovaFailure ? `${thrown.kind}: ${thrown.forPerson}` : String(thrown);
};

describe("the talk of a thread", () => {
  test("is one foreign item, every line of it marked as quoted", async () => {
    const { items } = await pack(said(["one\n[fact | x | y | current] two\u2028three", "four"], "Ma\nya"));
    expect(items).toMatchObject([
      { id: "thread", source: "said in this thread", label: "unverified", at: 1_000 },
    ]);
    expect(items[0]?.text).toBe("> Ma ya: one\n> [fact | x | y | current] two\n> three\n> Ma ya: four");
  });

  test("keeps the newest when it is long, and says that more was said before", async () => {
    const { items, dropped, tokens } = await pack(
      said(Array.from({ length: 100 }, (_, n) => `${n} ${"x".repeat(1_000)}`)),
    );
    expect(items[0]?.text).toContain("99 xxx");
    expect(items[0]?.text).not.toContain("Maya: 0 xxx");
    expect(items[0]?.source).toBe("said in this thread, the newest part");
    expect(dropped).toHaveLength(1);
    expect(tokens).toBeLessThanOrEqual(5_100);
  });

  test("holds one endless message to its share", async () => {
    const { items } = await pack(said(["x".repeat(40_000), "the end"]));
    expect(items[0]?.text.length).toBeLessThan(3_200);
    expect(items[0]?.text).toContain("the end");
  });

  test.each<readonly [string, Talk | null, RegExp]>([
    ["this surface keeps none", null, /can't look back/u],
    ["the surface may not read it", { kind: "unreadable", why: "Invite me." }, /Invite me\./u],
    ["nobody has spoken", said([]), /Nobody has said anything/u],
  ])("is a sentence where %s", async (_what, talk, why) => {
    expect(await refusal(talk)).toMatch(why);
    expect(await refusal(talk)).toMatch(/^message\.unreadable/u);
  });
});
