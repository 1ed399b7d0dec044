// A connection that is gone is told to the owner where the owner can still be reached, once, and so is its return.
import { expect, test } from "vitest";
import { createTestClock } from "../support/clock.ts";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { useNova } from "./stage.ts";

const start = useNova();

test("Discord takes the token no more: the owner reads it in the terminal, once", async () => {
  const clock = createTestClock(Date.now());
  const [discord, terminal] = [await discordDoor(), terminalDoor()];
  const nova = await start({ doors: [discord, terminal], clock });
  await terminal.says("how many brushes are in stock?");
  await nova.idle();
  discord.fake.revokeToken();
  discord.fake.net.closeAll(4004);
  const told = /discord is not connected \(.*token.*\)[\s\S]*restart Nova/u;
  await sees(terminal, (posts) => {
    clock.advance(5_000);
    return posts.some((post) => told.test(post));
  });
  clock.advance(600_000);
  await nova.idle();
  const words = (await terminal.seen()).join("\n");
  expect(words.match(/discord is not connected/gu)).toHaveLength(1);
});
