// A hundred messages in flight, the process killed among them again and again: every message has exactly one visible
// reply, and nothing was done twice. Judged by what the platform and the ERP hold, not by what Nova believes.
import { afterEach, describe, expect, test } from "vitest";
import type { FakeSlack, Message } from "../support/slack/index.ts";
import { comes, isSettled, reaches } from "./nova-process.ts";
import { idOf, isCard, killsAt, offers, openSlack, wordsOf } from "./slack-home.ts";
import type { SlackScene } from "./slack-home.ts";
import { askAt, createRandom, expectEachWishOnce, expectSoundAudit, seeds, wishes } from "./workload.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const texts = 100 - wishes.length;
async function proposeAll({ fake, home }: SlackScene): Promise<readonly Message[]> {
  const nova = home.start();
  await nova.says("started");
  const asked = wishes.map((wish) => fake.as("U1001").say("C1", wish));
  await comes(
    "eight cards",
    () => fake.store.posted("C1").filter((post) => offers(post, "Approve")).length === 8,
  );
  await reaches(nova, isSettled);
  expect(await nova.stop()).toBe(0);
  return asked;
}

const cardOf = (fake: FakeSlack, asked: Message): Message => {
  const card = fake.repliesTo(asked).find(isCard);
  if (card === undefined) throw new Error(`no card for "${asked.text}"`);
  return card;
};

describe.each(seeds)("in Slack, with seed %i", (seed) => {
  test("100 messages, three kills: one reply each, each effect once", { timeout: 150_000 }, async () => {
    const scene = await openSlack((close) => closers.push(close));
    const { fake, home } = scene;
    const random = createRandom(seed);
    const between = (low: number, high: number): number => low + Math.floor(random() * (high - low));
    const wanted = await proposeAll(scene);
    const kit = fake.as("U1001");

    const first = home.start();
    await first.says("started");
    const killed = killsAt(scene, first, {
      isIt: ({ kind, name }) => kind === "acked" && name === "events_api",
      count: between(15, 80),
    });
    fake.net.duplicateNext(10);
    const asked: Message[] = [];
    const presses: Promise<{ readonly acked: boolean }>[] = [];
    for (let index = 0; index < texts; index += 1) {
      asked.push(kit.say("C1", askAt(index).text));
      const wish = index % 10 === 5 ? wanted[Math.floor(index / 10)] : undefined;
      if (wish !== undefined) presses.push(kit.click(cardOf(fake, wish), "Approve"));
    }
    await killed;

    // The second dies with a post on its way that Slack never got, the third with one that Slack has and nobody confirmed.
    // While nobody listens people go on writing, so that neither comes back to a thread of which all is said.
    for (const when of ["before", "after"] as const) {
      for (let more = 0; more < 15; more += 1) asked.push(kit.say("C1", askAt(asked.length).text));
      const nova = home.start();
      const count = between(3, 12);
      let left = count;
      fake.faults.add({
        match: (method) => method === "chat.postMessage" && (left -= 1) === 0,
        times: 1,
        when,
        how: "hang",
      });
      await killsAt(scene, nova, {
        isIt: ({ kind, name }) => kind === "request" && name === "chat.postMessage",
        count,
      });
    }

    const last = home.start();
    await last.says("started");
    await comes("a reply to each", () => asked.every((one) => fake.repliesTo(one).length > 0), 60_000);
    await Promise.all(presses);
    await reaches(last, isSettled);
    // Slack tells a person when a press got no answer; whoever sees the button still there presses again.
    for (const wish of wanted) {
      const card = cardOf(fake, wish);
      if (offers(card, "Approve")) await kit.click(card, "Approve");
    }
    await comes(
      "eight deeds",
      () => wanted.every((wish) => /done/u.test(wordsOf(cardOf(fake, wish)))),
      60_000,
    );
    await reaches(last, isSettled);
    expect(await last.stop()).toBe(0);

    const wrong = asked.filter((one, index) => {
      const replies = fake.repliesTo(one);
      return replies.length !== 1 || !replies.every((reply) => askAt(index).answer.test(wordsOf(reply)));
    });
    expect(wrong.map((one) => [one.text, fake.repliesTo(one).map(wordsOf)])).toEqual([]);
    for (const wish of wanted) {
      const posts = fake.repliesTo(wish);
      expect(posts.map(idOf)).toHaveLength(new Set(posts.map(idOf)).size);
      expect(posts.filter((post) => !isCard(post)).map(({ text }) => text)).toEqual([
        expect.stringMatching(/waits for approval/u),
        expect.stringMatching(/Done: .*approved by Kit/u),
      ]);
      expect(posts.filter(isCard)).toHaveLength(1);
    }
    expectEachWishOnce(home);
    expectSoundAudit(home);
    expect(fake.violations).toEqual([]);

    const before = fake.store.posted().length;
    const again = home.start();
    await again.says("started");
    expect(await reaches(again, isSettled)).toMatchObject({ deadPosts: 0 });
    expect(await again.stop()).toBe(0);
    expect(fake.store.posted()).toHaveLength(before);
  });
});
