// Files out: what is longer than three messages of a platform is one message with its beginning and the whole as a
// file, in the right thread, exactly once, whatever the platform answers.
import { describe, expect, test } from "vitest";
import { discordDoor } from "../support/doors/discord.ts";
import type { DiscordDoor } from "../support/doors/discord.ts";
import { sees } from "../support/doors/door.ts";
import { slackDoor } from "../support/doors/slack.ts";
import type { SlackDoor } from "../support/doors/slack.ts";
import { ids } from "../support/discord/index.ts";
import { says, script } from "../support/script.ts";
import { useNova } from "./stage.ts";
import { holds } from "../support/holds.ts";

const start = useNova();
/** Few words, many characters: contracts count words, platforms characters. */
const long = (paragraphs: number): string =>
  Array.from({ length: paragraphs }, (_, at) => `Paragraph ${at}: ${"x".repeat(900)}`).join("\n\n");
const report = long(45);
const answer = says(report);
const ask = "language/essay: tell me everything";
const agentsFolder = new URL("../fixtures/wordy", import.meta.url).pathname;

describe("on discord", () => {
  const filesOf = (door: DiscordDoor) => door.fake.said(ids.parts).flatMap(({ files }) => files);

  test("one message with its beginning, and the whole attached, in answer to the question", async () => {
    const door = await discordDoor();
    await start({ doors: [door], agentsFolder, model: script(answer) });
    await door.says(ask);
    await sees(
      door,
      /Paragraph 0[^]*This is only the beginning: the whole text, 135 words, is in the attached file\./u,
    );
    expect(door.fake.said(ids.parts)).toHaveLength(1);
    expect(filesOf(door)).toEqual([{ name: "answer.md", text: report }]);
    expect(door.complaints()).toEqual([]);
  });

  test("up to three messages stay messages", async () => {
    const door = await discordDoor();
    await start({ doors: [door], agentsFolder, model: script(says(long(3))) });
    await door.says(ask);
    await holds(() => expect(door.fake.said(ids.parts)).toHaveLength(3));
    expect(filesOf(door)).toEqual([]);
  });

  test.each([{ status: 502 }, "reset", "truncate"] as const)(
    "once, when the answer to the post is %j",
    async (how) => {
      const door = await discordDoor();
      door.fake.faults.add({ match: `POST /channels/${ids.parts}/messages`, when: "after", how, times: 1 });
      const nova = await start({ doors: [door], agentsFolder, model: script(answer) });
      await door.says(ask);
      await sees(door, /This is only the beginning/u);
      await nova.idle();
      expect(filesOf(door)).toEqual([{ name: "answer.md", text: report }]);
      expect(door.complaints()).toEqual([]);
    },
  );
});

describe.each(["socket", "http"] as const)("on slack (%s)", (transport) => {
  const shared = (door: SlackDoor) => door.fake.store.posted("C1").filter(({ files }) => files !== undefined);
  const textsOf = (door: SlackDoor): readonly string[] =>
    shared(door).flatMap(({ files = [] }) => files.map(({ bytes }) => Buffer.from(bytes).toString("utf8")));

  test("one message with its beginning, its buttons and the whole attached, in the question's thread", async () => {
    const door = await slackDoor(transport);
    await start({ doors: [door], agentsFolder, model: script(answer) });
    const asked = door.fake.as("U1001").say("C1", ask);
    await sees(door, /This is only the beginning: the whole text, 135 words/u);
    await holds(() => expect(shared(door)[0]?.blocks.length).toBeGreaterThan(0));
    expect(door.fake.store.posted("C1")).toHaveLength(1);
    expect(shared(door)[0]?.threadTs).toBe(asked.ts);
    expect(shared(door)[0]?.files?.[0]?.name).toMatch(/^answer-[0-9a-f]{12}\.md$/u);
    expect(textsOf(door)).toEqual([report]);
    expect(door.complaints()).toEqual([]);
  });

  test.each(["files.getUploadURLExternal", "files.completeUploadExternal"])(
    "once, when %s was carried out and its answer is lost",
    async (match) => {
      const door = await slackDoor(transport, { findAfterMs: 200 });
      door.fake.faults.add({ match, when: "after", how: { status: 500 }, times: 1 });
      const nova = await start({ doors: [door], agentsFolder, model: script(answer) });
      await door.says(ask);
      await sees(door, /This is only the beginning/u, 15_000);
      await holds(async () => expect((await nova.journal().figures()).outboxDue).toBe(0));
      await nova.idle();
      expect(textsOf(door)).toEqual([report]);
      expect(door.complaints()).toEqual([]);
    },
  );

  test("without the right to attach, the person hears what is missing", async () => {
    const door = await slackDoor(transport);
    door.fake.store.teams.get("T1")?.scopes.delete("files:write");
    await start({ doors: [door], agentsFolder, model: script(answer) });
    await door.says(ask);
    await sees(door, /Slack did not let me attach that file: give the app the scope files:write/u);
  });
});
