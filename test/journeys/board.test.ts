// The board in chat: the same on every surface, for one person's eyes where others read along, honest to guests.
import { afterEach, describe, expect, test } from "vitest";
import { discordDoor } from "../support/doors/discord.ts";
import type { Door } from "../support/doors/door.ts";
import { sees } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { webDoor } from "../support/doors/web.ts";
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
});
