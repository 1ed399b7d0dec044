// What was said while Nova was away: heard once it is back, in order and once, and never what was not meant for it.
import { describe, expect, test } from "vitest";
import type { ThreadId } from "../../src/ids.ts";
import { discordDoor } from "../support/doors/discord.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { ids } from "../support/discord/index.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";
import { useNova } from "./stage.ts";

const start = useNova();

/** A place with a history: who talks there, and the thread that the talk belongs to. */
type Away = {
  readonly door: Door;
  readonly direct: (text: string) => void;
  readonly directThread: ThreadId;
  /** In the thread under the first message of the channel. */
  readonly below: (text: string) => void;
  readonly belowThread: () => ThreadId;
  /** In a channel of no project. */
  readonly elsewhere: (text: string) => void;
  readonly mention: string;
  /** Writes two, changes the first and takes the second back; returns the thread of the first. */
  readonly changesItsMind: (before: string, after: string) => ThreadId;
  /** Until the platform has tried twice to deliver each of so many messages, and waits a minute before it tries again. */
  readonly pauses: (messages: number) => Promise<void>;
};

async function awayDiscord(): Promise<Away> {
  const door = await discordDoor();
  const { fake } = door;
  const kit = fake.as(ids.kit);
  const thread = fake.as(ids.kit).thread(ids.parts, "brushes");
  const dm = fake.store.dm(ids.kit).id;
  return {
    door,
    direct: (text) => void kit.dm(text),
    directThread: `discord:${dm}:${dm}`,
    below: (text) => void kit.say(thread.id, text),
    belowThread: () => `discord:${ids.parts}:${thread.id}`,
    elsewhere: (text) => void kit.say(ids.general, text),
    mention: `<@${ids.bot}>`,
    changesItsMind: (before, after) => {
      const first = kit.say(ids.parts, before);
      const second = kit.say(ids.parts, "forget that I said this");
      kit.edit(first.id, after);
      kit.remove(second.id);
      return `discord:${ids.parts}:${ids.parts}`;
    },
    pauses: async () => {},
  };
}

async function awaySlack(transport: "socket" | "http"): Promise<Away> {
  const door = await slackDoor(transport, { postsPerSecond: 1_000, postBurst: 1_000 });
  const { fake } = door;
  const kit = fake.as("U1001");
  const first = kit.say("C1", "hello there");
  const dm = fake.store.dmOf("U1001", "T1").id;
  return {
    door,
    direct: (text) => void kit.dm(text),
    directThread: `slack:T1/${dm}:${dm}`,
    below: (text) => void kit.say("C1", text, { thread: first.ts }),
    belowThread: () => `slack:T1/C1:${first.ts}`,
    elsewhere: (text) => void kit.say("C2", text),
    mention: fake.mention,
    changesItsMind: (before, after) => {
      const one = kit.say("C1", before);
      const two = kit.say("C1", "forget that I said this");
      kit.edit(one, after);
      kit.remove(two);
      return `slack:T1/C1:${one.ts}`;
    },
    pauses: async (messages) => {
      const missed = (): number => fake.log.filter(({ kind }) => kind === "missed").length;
      // The one that began the thread counts too.
      await expect.poll(missed).toBe(2 * (messages + 1));
    },
  };
}

const places: readonly (readonly [string, () => Promise<Away>])[] = [
  ["discord", awayDiscord],
  ["slack (socket)", async () => awaySlack("socket")],
  ["slack (http)", async () => awaySlack("http")],
];

/** Stops Nova, lets people talk, and starts it again. */
const whileAway = async (nova: NovaUnderTest, talk: () => unknown): Promise<void> =>
  nova.restart({
    wrapJournal: (journal) => {
      talk();
      return journal;
    },
  });

const askedIn = async (nova: NovaUnderTest, thread: ThreadId): Promise<readonly string[]> =>
  (await nova.journal().history(thread, 20)).map(({ asked }) => asked);

/** Until the journal has so many finished turns. */
async function done(nova: NovaUnderTest, count: number): Promise<void> {
  await expect.poll(async () => (await nova.journal().figures()).done).toBe(count);
  await nova.idle();
}

describe.each(places)("while Nova was away from %s", (_name, open) => {
  test("what was said to it, in a thread and in private, is answered once it is back, in order", async () => {
    const away = await open();
    const nova = await start({ doors: [away.door] });
    away.direct("hello");
    away.below("hello in here");
    await done(nova, 2);
    await whileAway(nova, () => {
      for (const text of ["who are you?", "what can you do?", "thanks"]) away.direct(text);
      away.below("and in here, who are you?");
    });
    await done(nova, 6);
    expect(await askedIn(nova, away.directThread)).toEqual([
      "hello",
      "who are you?",
      "what can you do?",
      "thanks",
    ]);
    expect(await askedIn(nova, away.belowThread())).toEqual(["hello in here", "and in here, who are you?"]);
    await nova.restart();
    away.direct("and now?");
    await done(nova, 7);
    expect(away.door.complaints()).toEqual([]);
  });

  test("in a channel of no project only what names Nova is heard", async () => {
    const away = await open();
    const nova = await start({ doors: [away.door] });
    away.elsewhere(`${away.mention} hello`);
    await done(nova, 1);
    await away.door.says("hello");
    await done(nova, 2);
    await whileAway(nova, () => away.door.says("who are you?"));
    await done(nova, 3);
  });

  test("a channel that is new to Nova keeps its past to itself", async () => {
    const away = await open();
    away.below("long before Nova came");
    await away.door.says("this too");
    await away.pauses(2);
    const nova = await start({ doors: [away.door] });
    await away.door.says("hello");
    await done(nova, 1);
    expect(await nova.journal().figures()).toMatchObject({ open: 0, done: 1 });
  });
});

// Over HTTP Slack itself delivers the event again as it was, as soon as Nova answers.
test.each(places.filter(([name]) => name !== "slack (http)"))(
  "what was edited meanwhile on %s counts as it reads now, and what was taken back was never said",
  async (_name, open) => {
    const away = await open();
    const nova = await start({ doors: [away.door] });
    await away.door.says("hello");
    await done(nova, 1);
    const threads: ThreadId[] = [];
    await whileAway(nova, () => threads.push(away.changesItsMind("hullo", "who are you?")));
    await done(nova, 2);
    const [thread] = threads;
    expect(thread === undefined ? [] : (await askedIn(nova, thread)).at(-1)).toBe("who are you?");
  },
);
