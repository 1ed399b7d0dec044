// "Don't" is heard: nothing starts, no card hangs, and the question says so.
import { expect, test } from "vitest";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import type { Door } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { useNova } from "./stage.ts";

const start = useNova();
const doors: readonly (readonly [string, () => Promise<Door>])[] = [
  ["terminal", async () => terminalDoor()],
  ["discord", async () => discordDoor()],
];

test.each(doors)(
  "on %s a forbidden run does not start, and a forbidden change makes no card",
  async (_name, open) => {
    const door = await open();
    const nova = await start({ doors: [door] });
    const asked = (times: number) => (posts: readonly string[]) =>
      [...posts.join("\n").matchAll(/not to be done\. Nothing was started and nothing was changed/gu)]
        .length === times;
    await door.says("don't start the stock reorder");
    await sees(door, asked(1));
    await door.says("don't cancel SO-1010");
    await sees(door, asked(2));
    await door.says("stop the reorder");
    await sees(door, /stops something, and starts nothing/u);
    await door.says("stop");
    await sees(door, /Nothing is being worked on here/u);
    await nova.idle();
    expect(await nova.journal().runs({ open: false, limit: 9 })).toEqual([]);
    expect(await nova.journal().proposals({})).toEqual([]);
    expect(door.complaints()).toEqual([]);
  },
);
