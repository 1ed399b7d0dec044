// The board in chat: the same on every surface, for one person's eyes where others read along, honest to guests.
import { afterEach, describe, expect, test } from "vitest";
import { ids } from "../support/discord/index.ts";
import { discordDoor } from "../support/doors/discord.ts";
import type { DiscordDoor } from "../support/doors/discord.ts";
import type { Door } from "../support/doors/door.ts";
import { sees } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import type { SlackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { webDoor } from "../support/doors/web.ts";
import { buttonsOf } from "../support/slack/index.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";

const surfaces: readonly (readonly [string, () => Promise<Door>])[] = [
  ["discord", discordDoor],
  ["slack over sockets", async () => slackDoor("socket")],
  ["slack over http", async () => slackDoor("http")],
  ["terminal", async () => terminalDoor()],
  ["web", async () => webDoor()],
];

describe.each(surfaces)("on %s", (_name, open) => {
  let nova: NovaUnderTest;
  afterEach(async () => nova.close());

  test("the board is one message with what waits, how fresh it is, and how the connections are", async () => {
    const door = await open();
    nova = await startNova({ doors: [door] });
    await door.says("create a customer called Acme GmbH in Berlin");
    await sees(door, /Waiting for Kit/u);
    await nova.idle();
    await door.verb("board");
    const posts = await sees(door, /Connections/u);
    const board = posts.find((post) => /Connections/u.test(post)) ?? "";
    expect(board).toMatch(/Waiting for a decision/u);
    expect(board).toMatch(/Sweeper Parts: .*Acme GmbH.*waits for Kit/u);
    expect(board).toMatch(/read from the journal \d\d:\d\d UTC/u);
    expect(board).toMatch(/Spent today/u);
    expect(board).toMatch(/ready/u);
    await nova.idle();
    expect((await door.seen()).filter((post) => /Connections/u.test(post))).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });

  test("a run can be stopped from it", async () => {
    const door = await open();
    nova = await startNova({ doors: [door] });
    await door.verb("run", "client-onboarding client=Tidehouse");
    await sees(door, /Waiting for Kit/u);
    await nova.idle();
    await door.verb("board");
    await sees(door, /client-onboarding \(r-?[^)]*\): waits for a person/u);
    await nova.idle();
    const [run] = await nova.journal().runs({ open: true, limit: 1 });
    if (isWhispered(door)) await pressWhispered(door, `Stop client-onboarding ${run?.id ?? ""}`);
    else await door.press(`Stop client-onboarding ${run?.id ?? ""}`);
    await sees(door, /Stopped/u);
    await nova.idle();
    expect(await nova.journal().runs({ open: true, limit: 1 })).toEqual([]);
    expect(door.complaints()).toEqual([]);
  });
});

describe.each(surfaces.slice(0, 3))("in a shared channel on %s", (_name, open) => {
  let nova: NovaUnderTest;
  afterEach(async () => nova.close());

  test("it is for one person's eyes, and a guest's is empty and says why", async () => {
    const door = await open();
    nova = await startNova({ doors: [door] });
    await door.says("create a customer called Acme GmbH in Berlin");
    await sees(door, /Waiting for Kit/u);
    const posted = everybodySees(door);
    await door.verb("board", "", "stranger");
    const posts = await sees(door, /You are a guest here/u);
    const guests = posts.find((post) => /guest here/u.test(post));
    expect(guests).not.toMatch(/Acme|Connections/u);
    await door.verb("board", "", "maya");
    await sees(door, /Acme GmbH[^]*Connections/u);
    await nova.idle();
    expect(everybodySees(door)).toBe(posted);
    expect(door.complaints()).toEqual([]);
  });
});

const isDiscord = (door: Door): door is DiscordDoor => door.name === "discord";
const isSlack = (door: Door): door is SlackDoor => door.name.startsWith("slack");
const isWhispered = (door: Door): boolean => isDiscord(door) || isSlack(door);

/** How many of Nova's posts everybody in the channel sees. */
function everybodySees(door: Door): number {
  if (isDiscord(door)) return door.fake.said(ids.parts).length;
  return isSlack(door) ? door.fake.store.posted("C1").length : Number.NaN;
}

async function pressWhispered(door: Door, label: string): Promise<void> {
  if (isDiscord(door)) {
    const board = door.fake.whispered(ids.kit).at(-1);
    door.fake.as(ids.kit).click(board?.id ?? "", label);
  } else if (isSlack(door)) {
    const note = door.fake.store.ephemerals.at(-1);
    const button = buttonsOf(note?.blocks ?? []).find((one) => one.label === label);
    await door.fake.as("U1001").forgeClick({ channel: "C1", ts: note?.ts ?? "" }, button ?? {});
  }
}
