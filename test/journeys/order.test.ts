// The main job, the same on every surface: ask, see the proposal, approve, and the stock has changed once.
import { afterEach, describe, expect, test } from "vitest";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { webDoor } from "../support/doors/web.ts";
import { startNova } from "../support/start-nova.ts";
import type { NovaUnderTest } from "../support/start-nova.ts";

const doors: readonly (readonly [string, () => Promise<Door>])[] = [
  ["terminal", async () => terminalDoor()],
  ["web", async () => webDoor()],
  ["discord", async () => discordDoor()],
  ["slack (socket)", async () => slackDoor("socket")],
  ["slack (http)", async () => slackDoor("http")],
];

describe.each(doors)("on %s", (_name, open) => {
  let nova: NovaUnderTest | null = null;
  afterEach(async () => {
    await nova?.close();
    nova = null;
  });

  test("confirms order SO-1007 only after Approve, and the stock changes once", async () => {
    const door = await open();
    nova = await startNova({ doors: [door] });
    const before = await nova.stockOf("brush");

    await door.says("confirm order SO-1007");
    await sees(door, /Waiting for Kit/u);
    await nova.idle();
    expect(await nova.stockOf("brush")).toEqual(before);

    await door.press("Approve");
    await sees(door, /Done: .*SO-1007/u);
    await nova.idle();
    const after = await nova.stockOf("brush");
    expect(after).not.toEqual(before);

    await nova.idle();
    expect(await nova.stockOf("brush")).toEqual(after);
    await sees(door, /Approved by Kit, done/u);
    expect(door.complaints()).toEqual([]);
  });
});
