// The same hundred messages in Discord: no look-up here, but a nonce that is the same after every restart. Discord
// delivers nothing twice, so the process dies only once everything was kept, with the answers still on their way.
import { afterEach, describe, expect, test } from "vitest";
import { createFakeDiscord, ids } from "../support/discord/index.ts";
import type { FakeDiscord, FakeMessage } from "../support/discord/index.ts";
import { createNovaHome, isSettled, reaches } from "./nova-process.ts";
import type { NovaHome, NovaProcess } from "./nova-process.ts";
import { askAt, createRandom, expectEachWishOnce, expectSoundAudit, seeds, wishes } from "./workload.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const texts = 100 - wishes.length;
type Scene = { readonly fake: FakeDiscord; readonly home: NovaHome; readonly rooms: readonly string[] };

async function openDiscord(): Promise<Scene> {
  const fake = await createFakeDiscord({ bucketLimit: 10_000, globalPerSecond: 10_000 });
  closers.push(async () => fake.close());
  const kit = fake.as(ids.kit);
  const rooms = Array.from({ length: 10 }, (_, index) => kit.thread(ids.parts, `topic ${index}`).id);
  const home = createNovaHome(
    {
      people: [{ name: "Kit", ids: [`discord:${ids.kit}`], role: "owner" }],
      projects: [
        { id: "parts", name: "Parts", channels: [`discord:${ids.parts}`], agents: ["*"], erp: "main" },
      ],
      erps: { main: { kind: "embedded", sample: true } },
    },
    { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl },
  );
  closers.push(async () => home.close());
  return { fake, home, rooms };
}

const saidIn = ({ fake, rooms }: Scene): readonly FakeMessage[] => rooms.flatMap((room) => fake.said(room));
const wordsOf = ({ content, embeds }: FakeMessage): string => `${content}\n${JSON.stringify(embeds)}`;
const offers = (message: FakeMessage, label: string): boolean =>
  message.components.some((row) =>
    row.components.some((part) => "label" in part && part.label === label && part.disabled !== true),
  );
const isCard = ({ embeds }: FakeMessage): boolean => embeds.some(({ title }) => title !== undefined);

/** Kills when Discord has taken the `count`-th post from now on: before its answer is back. */
async function killsAfter({ fake }: Scene, nova: NovaProcess, count: number): Promise<void> {
  const since = fake.log.length;
  await fake.until(() => {
    const posts = fake.log
      .slice(since)
      .filter(({ kind, name }) => kind === "request" && /^POST \/channels\/\d+\/messages/u.test(name));
    if (posts.length < count) return false;
    nova.kill();
    return true;
  }, 20_000);
  await nova.gone;
}

describe.each(seeds)("in Discord, with seed %i", (seed) => {
  test("100 messages, three kills: one reply each, each effect once", { timeout: 150_000 }, async () => {
    const scene = await openDiscord();
    const { fake, home, rooms } = scene;
    const kit = fake.as(ids.kit);
    const random = createRandom(seed);
    const between = (low: number, high: number): number => low + Math.floor(random() * (high - low));

    const first = home.start();
    await first.says("started");
    wishes.forEach((wish, index) => kit.say(rooms[index] ?? ids.parts, wish));
    await fake.until(() => saidIn(scene).filter((message) => offers(message, "Approve")).length === 8);
    await reaches(first, isSettled);
    // From here on every post takes its time, so that a hundred of them are on their way at once.
    fake.faults.add({
      match: ({ method, path }) => method === "POST" && /\/channels\/\d+\/messages$/u.test(path),
      times: 10_000,
      how: { delayMs: 60 },
    });
    const asked: FakeMessage[] = [];
    for (let index = 0; index < texts; index += 1) {
      asked.push(kit.say(rooms[index % rooms.length] ?? ids.parts, askAt(index).text));
    }
    for (const card of saidIn(scene).filter((message) => offers(message, "Approve"))) {
      kit.click(card.id, "Approve");
    }
    await reaches(first, ({ keptTurns }) => keptTurns === 100 + wishes.length);
    await killsAfter(scene, first, between(1, 6));
    for (let kill = 0; kill < 2; kill += 1) await killsAfter(scene, home.start(), between(2, 10));

    const last = home.start();
    await last.says("started");
    expect(await reaches(last, isSettled)).toMatchObject({ deadPosts: 0 });
    expect(await last.stop()).toBe(0);

    const replies = saidIn(scene).filter((message) => !isCard(message));
    const wrong = asked.filter((one, index) => {
      const mine = replies.filter(({ referenceId }) => referenceId === one.id);
      return mine.length !== 1 || !mine.every((reply) => askAt(index).answer.test(wordsOf(reply)));
    });
    expect(wrong.map(({ id, content }) => [id, content])).toEqual([]);
    expect(replies.filter((reply) => /Done: .*approved by Kit/u.test(wordsOf(reply)))).toHaveLength(8);
    expect(replies).toHaveLength(100 + wishes.length);
    const cards = saidIn(scene).filter(isCard);
    expect(cards).toHaveLength(wishes.length);
    expect(cards.filter((card) => /Approved by Kit, done/u.test(wordsOf(card)))).toHaveLength(wishes.length);
    expectEachWishOnce(home);
    expectSoundAudit(home);
    expect(fake.check({ allow: ["interaction-unanswered"] })).toEqual([]);
  });
});
