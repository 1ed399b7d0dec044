// Two bots that answer everything would talk for ever: Nova hears no bot, no webhook and not itself, so there is no hop
// to count.
import { describe, expect, test } from "vitest";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { ids } from "../support/discord/index.ts";
import { useNova } from "./stage.ts";

const start = useNova();
const hops = 20;

type Arena = {
  readonly door: Door;
  /** Another bot answers Nova's newest post, by name, as a reply, in its thread, and in private. */
  readonly returns: () => void;
  readonly postsOfNova: () => number;
};

async function openDiscord(): Promise<Arena> {
  const door = await discordDoor();
  const bot = door.fake.as(ids.otherBot);
  const hook = door.fake.as(ids.webhook);
  return {
    door,
    returns: () => {
      const last = door.fake.said(ids.parts).at(-1)?.id ?? "";
      bot.say(ids.parts, `<@${ids.bot}> ping`, { replyTo: last });
      bot.dm("ping");
      hook.say(ids.parts, `<@${ids.bot}> ping`);
    },
    // A long conversation moves to a thread; the post that says so is no answer.
    postsOfNova: () =>
      [...door.fake.store.messages.values()].filter(
        ({ authorId, content }) => authorId === ids.bot && !content.includes("thread of its own"),
      ).length,
  };
}

async function openSlack(transport: "socket" | "http"): Promise<Arena> {
  const door = await slackDoor(transport, { postsPerSecond: 1_000, postBurst: 1_000 });
  const bot = door.fake.as("U9001");
  return {
    door,
    returns: () => {
      const last = door.fake.store.posted("C1").at(-1);
      const thread = last?.threadTs === undefined ? {} : { thread: last.threadTs };
      bot.say("C1", `${door.fake.mention} ping`, thread);
      bot.say("C1", `${door.fake.mention} ping`, { ...thread, subtype: "bot_message" });
      bot.dm("ping");
    },
    postsOfNova: () => door.fake.store.posted().length,
  };
}

const arenas: readonly (readonly [string, () => Promise<Arena>])[] = [
  ["discord", openDiscord],
  ["slack (socket)", async () => openSlack("socket")],
  ["slack (http)", async () => openSlack("http")],
];

describe.each(arenas)("on %s", (_name, open) => {
  test("another bot and a webhook get no answer, however often they try, nor after a restart", async () => {
    const { door, returns, postsOfNova } = await open();
    const nova = await start({ doors: [door] });
    await door.says("hello");
    await sees(door, /\S/u);
    await nova.idle();
    for (let hop = 0; hop < hops; hop += 1) returns();
    await door.says("who are you?");
    await sees(door, (posts) => posts.length >= 2);
    await nova.restart({
      wrapJournal: (journal) => {
        returns();
        return journal;
      },
    });
    await door.says("thanks");
    await sees(door, (posts) => posts.length >= 3);
    await nova.idle();
    expect(await nova.journal().figures()).toMatchObject({ done: 3, open: 0 });
    expect([postsOfNova(), door.complaints()]).toEqual([3, []]);
  });
});
