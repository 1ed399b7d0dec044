// What no agent can read is answered at once with one clear sentence, through every door, and no model is asked.
import { describe, expect, test } from "vitest";
import { discordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import { terminalDoor } from "../support/doors/terminal.ts";
import { webDoor } from "../support/doors/web.ts";
import { script } from "../support/script.ts";
import { sharedDoors, useNova } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
const megabyte = "brush ".repeat(175_000);
const noise = Array.from({ length: 64 }, (_, at) => String.fromCharCode((at % 8) + 1)).join("");

describe.each(sharedDoors)("on %s", (_name, open) => {
  test("only a mention is asked what it means", async () => {
    const { door, mention, inPublic } = await open();
    const nova = await start({ doors: [door], model: script() });
    await door.says(mention);
    await sees(door, /There were no words in that message/u);
    await nova.idle();
    expect(inPublic()).toHaveLength(1);
    expect(door.complaints()).toEqual([]);
  });

  test("binary words are refused in one sentence", async () => {
    const { door, inPublic } = await open();
    const nova = await start({ doors: [door], model: script() });
    await door.says(noise);
    await sees(door, /looks like binary data, which I can't read/u);
    await nova.idle();
    expect(inPublic()).toHaveLength(1);
  });

  test("a megabyte of words is refused with the limit", async () => {
    const { door, inPublic } = await open();
    const nova = await start({ doors: [door], model: script() });
    await door.says(megabyte);
    await sees(door, /1,0\d\d,\d{3} characters and I read at most 40,000/u);
    await nova.idle();
    expect(inPublic()).toHaveLength(1);
    expect(inPublic().join("")).not.toMatch(/brush brush/u);
  });
});

describe("in the terminal", () => {
  test("empty lines are nothing; a megabyte and binary bytes get a sentence each; the next line is served", async () => {
    const door = terminalDoor();
    const nova = await start({ doors: [door] });
    await door.says("");
    await door.says("   ");
    await door.says(megabyte);
    await sees(door, /longer than 64 KB, so I did not take it/u);
    await door.says("\u0000\u0001\u0002");
    await sees(door, /not readable text \(UTF-8\)/u);
    await door.says("/agents");
    await sees(door, /erp\/stock/u);
    await nova.idle();
    expect((await nova.journal().figures()).done).toBe(1);
  });
});

describe("on the page", () => {
  test.each([
    ["an empty message", "  ", /400: Type something first/u],
    ["a megabyte", megabyte, /413: That is longer than 64 KB/u],
    ["binary words", "\u0000\u0001\u0002", /400: That is not readable text/u],
  ])("%s is refused in a sentence", async (_what, text, sentence) => {
    const door = webDoor();
    const nova = await start({ doors: [door] });
    await expect(door.says(text)).rejects.toThrow(sentence);
    expect((await nova.journal().figures()).done).toBe(0);
  });
});

describe("an attachment without words", () => {
  test("is a message in Discord, and its name is what can be read", async () => {
    const door = await discordDoor();
    const nova = await start({ doors: [door] });
    door.fake.as("1001").say("2001", "", { files: [{ name: "blob.bin", text: "\u0000" }] });
    await holds(async () => expect((await nova.journal().figures()).done).toBe(1));
    await nova.idle();
    expect(await door.seen()).toHaveLength(1);
  });

  test("is a message in Slack too, and is answered once", async () => {
    const door = await slackDoor();
    const nova = await start({ doors: [door] });
    door.fake.as("U1001").say("C1", "", { subtype: "file_share" });
    await holds(async () => expect((await nova.journal().figures()).done).toBe(1));
    await nova.idle();
    expect(door.fake.store.posted("C1")).toHaveLength(1);
  });
});
