// What the Slack adapter streams: nothing live in it, only ever added to; and every way in which a stream can go wrong.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toDelta, toStreamText } from "../../adapters/slack/stream-text.ts";
import { createRig } from "../support/slack/adapter.ts";
import type { Rig, RigOptions } from "../support/slack/adapter.ts";
import { createHandClock } from "../support/hand-clock.ts";
import type { HandClock } from "../support/hand-clock.ts";
import { delivery, reply } from "../support/posts.ts";
import { toPreview } from "../support/preview.ts";

const live = /https?:\/\/|\]\(|!\[|<[@#!]|\w\.[a-z]/iu;
const piece = fc.oneof(
  fc.constantFrom(
    "https://evil.example/x.png",
    "[a](b)",
    "![c](d)",
    "<@U1>",
    "<!here>",
    "&",
    "www.a.example",
    "👍",
    "e.g.",
    "\u202e",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

test("however it is cut into pieces, nothing in a stream is live, and it only grows", () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.array(fc.nat(200), { maxLength: 6 }),
      (pieces, cuts) => {
        const whole = pieces.join(" ");
        let sent = "";
        for (const cut of [...cuts.toSorted((a, b) => a - b), whole.length]) {
          const delta = toDelta(sent, toStreamText(whole.slice(0, cut)));
          sent += delta;
          expect(sent).not.toMatch(live);
        }
        expect(sent.endsWith(toStreamText(whole))).toBe(true);
      },
    ),
  );
});

test("what is too long for one message ends with a mark, and nothing is added after it", () => {
  const long = toStreamText("word & ".repeat(3_000));
  expect(long.length).toBeLessThan(11_100);
  expect(long).toMatch(/ …$/u);
  expect(toDelta(long, toStreamText("word & ".repeat(4_000)))).toBe("");
});

type Streaming = {
  readonly rig: Rig;
  readonly clock: HandClock;
  readonly thread: `slack:${string}:${string}`;
};

async function streaming(options: Partial<RigOptions> = {}): Promise<Streaming> {
  const clock = createHandClock();
  const fake = { times: { appendEveryMs: 0 }, ...options.fake };
  const rig = await createRig({ transport: "socket", clock, ...options, fake });
  const asked = rig.slack.as("U1001").say("C1", "hello");
  return { rig, clock, thread: `slack:T1/C1:${asked.ts}` };
}
function write({ rig, clock, thread }: Streaming, text: string): void {
  rig.nova.preview(
    toPreview(thread, text, { id: "t:0", account: "slack:T1/U1001", sinceMs: clock.now() - 1_500 }),
  );
  clock.advance(1_500);
}
const stored = async ({ rig }: Streaming, name: string) =>
  rig.slack.until((entry) => entry.kind === "response" && entry.name === name);
const final = (thread: Streaming["thread"]) => delivery(thread, reply("The answer."), { id: "t:0" });

test("a refused stream is no stream: the answer is posted as ever", async () => {
  const scene = await streaming();
  scene.rig.slack.faults.add({ match: "chat.startStream", when: "before", how: { error: "not_allowed" } });
  write(scene, "First");
  await stored(scene, "chat.startStream");
  expect(await scene.rig.nova.show(final(scene.thread))).toMatchObject({ kind: "shown" });
  expect(scene.rig.slack.store.posted("C1").map(({ text }) => text)).toEqual(["The answer."]);
});

test("a beginning that may have arrived is looked for, found by its place, and becomes the answer", async () => {
  const scene = await streaming();
  scene.rig.slack.faults.add({ match: "chat.startStream", times: 1, when: "after", how: { status: 503 } });
  write(scene, "First");
  await stored(scene, "chat.startStream");
  const answer = { ...final(scene.thread), inReplyTo: `s:m:T1:C1:${scene.thread.split(":")[2] ?? ""}` };
  const mine = { ...answer, id: `${answer.inReplyTo}:0` };
  expect(await scene.rig.nova.show(answer)).toMatchObject({ kind: "unclear" });
  const found = await scene.rig.nova.find(mine);
  expect(found).toMatchObject({ kind: "found", isPreview: true });
  const shownAs = found.kind === "found" ? found.platformId : null;
  expect(await scene.rig.nova.show({ ...mine, shownAs })).toMatchObject({ kind: "shown" });
  expect(scene.rig.slack.store.posted("C1").map(({ text }) => text)).toEqual(["The answer."]);
  expect(await scene.rig.nova.find(mine)).not.toMatchObject({ isPreview: true });
});

test("what can't be stopped for now is the answer's place later", async () => {
  const scene = await streaming();
  scene.rig.slack.faults.add({
    match: "chat.stopStream",
    times: 1,
    when: "before",
    how: { error: "ratelimited" },
  });
  write(scene, "First");
  await stored(scene, "chat.startStream");
  expect(await scene.rig.nova.show(final(scene.thread))).toMatchObject({ kind: "later" });
  expect(await scene.rig.nova.show(final(scene.thread))).toMatchObject({ kind: "shown" });
  expect(scene.rig.slack.store.posted("C1").map(({ text }) => text)).toEqual(["The answer."]);
});

test("what is being written gives way to the other edits that Slack counts with it", async () => {
  const scene = await streaming();
  const { rig, clock } = scene;
  const dm = rig.slack.as("U1001").dm("hello");
  const direct = `slack:T1/${dm.channel}:${dm.channel}` as const;
  const grow = (text: string): void => {
    const asked = { id: "t:0", account: "slack:T1/U1001", sinceMs: clock.now() - 1_500 } as const;
    rig.nova.preview(toPreview(direct, text, asked));
    clock.advance(1_500);
  };
  const edits = (): number =>
    rig.slack.log.filter(({ kind, name }) => kind === "request" && name === "chat.update").length;
  grow("First");
  await stored(scene, "chat.postMessage");
  grow("First I look");
  await expect.poll(edits).toBe(1);
  const card = await rig.nova.show(delivery(scene.thread, reply("card"), { id: "c:0" }));
  const shownAs = card.kind === "shown" ? card.platformId : "";
  for (let n = 0; n < 40; n += 1)
    expect(
      await rig.nova.show(delivery(scene.thread, reply(`card ${n}`), { id: "c:0", shownAs })),
    ).toMatchObject({ kind: "shown" });
  grow("First I look, and then");
  grow("First I look, and then I write");
  await rig.nova.show(delivery(scene.thread, reply("the last"), { id: "c:0", shownAs }));
  expect(edits()).toBe(42);
  clock.advance(60_000);
  grow("First I look, and then I write it down");
  await expect.poll(edits).toBe(43);
});

test("when Nova stops, no stream is left running", async () => {
  const scene = await streaming();
  write(scene, "First");
  await stored(scene, "chat.startStream");
  await scene.rig.nova.stop();
  expect(scene.rig.slack.store.posted("C1")[0]?.stream?.isOver).toBe(true);
});

test("no more streams are begun in a minute than Slack can stop", async () => {
  const scene = await streaming();
  for (let turn = 0; turn < 20; turn += 1) {
    const { rig, clock, thread } = scene;
    rig.nova.preview(
      toPreview(thread, "First", { id: `t${turn}:0`, account: "slack:T1/U1001", sinceMs: clock.now() }),
    );
  }
  scene.clock.advance(1_500);
  await stored(scene, "chat.startStream");
  scene.clock.advance(30_000);
  await scene.rig.nova.stop();
  const begun = scene.rig.slack.log.filter(
    ({ kind, name }) => kind === "request" && name === "chat.startStream",
  );
  expect(begun).toHaveLength(15);
});
