// Many answers at once: each platform's limit is kept, nothing is lost or doubled, and other channels do not wait.
import { expect, test } from "vitest";
import { slackDoor } from "../support/doors/slack.ts";
import { sees } from "../support/doors/door.ts";
import { useNova } from "./stage.ts";

const start = useNova();

test("seventy questions at once in one Slack channel are answered within its limit, and another channel at once", async () => {
  const door = await slackDoor("socket", { postsPerSecond: 20, postBurst: 66 });
  const nova = await start({ doors: [door] });
  const kit = door.fake.as("U1001");
  const asked = Array.from({ length: 70 }, () => kit.say("C1", "hello"));
  const other = kit.say("C2", `${door.fake.mention} hello`);
  await door.fake.reply(other);
  await sees(door, (posts) => posts.length >= asked.length);
  await nova.idle();
  for (const one of asked) expect(door.fake.repliesTo(one).length).toBe(1);
  const refused = door.fake.log.filter(({ kind, error }) => kind === "response" && error === "ratelimited");
  expect([refused.length, door.complaints()]).toEqual([0, []]);
});
