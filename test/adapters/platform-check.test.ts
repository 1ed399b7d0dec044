// `check` against the platforms: each thing that is missing is named, with the mend; nothing is logged in or posted.
import { readFile } from "node:fs/promises";
import { PermissionFlagsBits, PermissionsBitField } from "discord.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkDiscord } from "../../adapters/discord/check.ts";
import { inviteLink, neededBits } from "../../adapters/discord/permissions.ts";
import { checkSlack } from "../../adapters/slack/check.ts";
import { neededScopes } from "../../adapters/slack/scopes.ts";
import type { Finding } from "../../src/finding.ts";
import { createFakeDiscord, ids } from "../support/discord/index.ts";
import type { FakeDiscord } from "../support/discord/index.ts";
import { createFakeSlack } from "../support/slack/index.ts";
import type { FakeSlack } from "../support/slack/index.ts";
import { grantedScopes } from "../support/slack/world.ts";

const linesOf = (findings: readonly Finding[]): readonly string[] =>
  findings.map(
    ({ what, problem, detail }) => `${problem === null ? "✓" : "✗"} ${what}: ${problem ?? detail}`,
  );

describe("of Discord", () => {
  let fake: FakeDiscord;
  const look = async (channels: readonly string[], token = fake.token): Promise<readonly string[]> =>
    linesOf(await checkDiscord({ token, apiUrl: fake.apiUrl, channels }));
  const start = async (privilegedIntents = 1 << 15): Promise<void> => {
    fake = await createFakeDiscord({ privilegedIntents });
  };
  beforeEach(async () => start());
  afterEach(async () => {
    const broken = fake.check();
    await fake.close();
    expect([broken, fake.net.identifies]).toEqual([[], 0]);
  });

  test("says yes to everything, and where to invite Nova with the least rights", async () => {
    expect(await look([ids.parts])).toEqual([
      "✓ discord: the token is accepted",
      "✓ discord intents: Message Content is on",
      `✓ discord channel ${ids.parts}: #sweeper-parts, with every right that Nova needs`,
      `✓ discord invite: ${inviteLink(ids.application)}`,
    ]);
  });

  test("names the token, the intent and a place that can't be reached", async () => {
    expect((await look([], "wrong"))[0]).toMatch(/^✗ discord: The platform refuses DISCORD_TOKEN\. Copy/u);
    await fake.close();
    expect((await look([]))[0]).toMatch(/^✗ discord: 127\.0\.0\.1:\d+ can't be reached/u);
    await start(0);
    expect((await look([]))[1]).toMatch(/^✗ discord intents: Message Content is off.*Switch it on/u);
  });

  test("names each right that a channel lacks, a hidden channel and one that is none", async () => {
    fake.store.channel(ids.parts).denied =
      PermissionFlagsBits.EmbedLinks | PermissionFlagsBits.SendMessagesInThreads;
    const dm = fake.store.dm(ids.kit).id;
    const lines = await look([ids.parts, ids.hidden, "999", dm]);
    expect(lines.slice(2, -1)).toEqual([
      `✗ discord channel ${ids.parts}: In #sweeper-parts Nova lacks Send Messages in Threads and Embed Links. Give them to its role there, in Edit Channel, Permissions.`,
      expect.stringMatching(
        /^✗ discord channel 2004: Nova can't see it\. Invite Nova with https:\/\/discord\.com\/oauth2/u,
      ),
      expect.stringMatching(/^✗ discord channel 999: There is no such channel/u),
      expect.stringMatching(/: It is no server's channel/u),
    ]);
  });

  test("asks for seven rights, none of which can harm a server; the README gives the same link", async () => {
    const dangerous = [
      "Administrator",
      "ManageGuild",
      "ManageChannels",
      "ManageMessages",
      "ManageRoles",
      "MentionEveryone",
      "ManageWebhooks",
    ] as const;
    const asked = new PermissionsBitField(neededBits);
    expect(asked.toArray()).toHaveLength(7);
    expect(dangerous.filter((right) => asked.has(right))).toEqual([]);
    expect(inviteLink("1")).toBe(
      `https://discord.com/oauth2/authorize?client_id=1&scope=bot+applications.commands&permissions=${neededBits}`,
    );
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    expect(readme.match(/permissions=\d+/gu)).toEqual([`permissions=${neededBits}`]);
  });
});

describe("of Slack", () => {
  let fake: FakeSlack;
  const look = async (channels: readonly string[], more: Partial<Parameters<typeof checkSlack>[0]> = {}) =>
    linesOf(
      await checkSlack({
        apiUrl: fake.apiUrl,
        botToken: fake.botToken,
        appToken: fake.appToken,
        channels,
        ...more,
      }),
    );
  beforeEach(async () => {
    fake = await createFakeSlack();
  });
  afterEach(async () => {
    const { violations } = fake;
    await fake.close();
    expect(violations).toEqual([]);
  });

  test("says yes to everything, with a socket and over HTTP", async () => {
    const count = Object.keys(neededScopes).length;
    expect(await look(["T1/C1"])).toEqual([
      "✓ slack: the bot token is accepted",
      `✓ slack scopes: all ${count} are granted`,
      "✓ slack app token: opens sockets",
      "✓ slack channel T1/C1: Nova is in it",
    ]);
    expect(await look([], { appToken: null })).toHaveLength(2);
  });

  test("names each refused token and each missing scope with what is lost without it", async () => {
    fake.store.teams.get("T1")?.scopes.delete("users:read");
    fake.store.teams.get("T1")?.scopes.delete("channels:history");
    fake.store.appTokenState = "invalid_auth";
    const lines = await look(["T1/C1"]);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(
        /^✗ slack scopes: Missing: channels:history \(to hear what is said in channels\) and users:read \(to tell guests/u,
      ),
      expect.stringMatching(
        /^✗ slack app token: Slack refuses SLACK_APP_TOKEN \(invalid_auth\)\. Make a new one/u,
      ),
      expect.stringMatching(/^✗ slack channel T1\/C1: Nova may not read it/u),
    ]);
    expect((await look([], { botToken: "xoxb-wrong" }))[0]).toMatch(
      /refuses SLACK_BOT_TOKEN \(invalid_auth\)/u,
    );
  });

  test("names a channel that Nova is not in, one that it can't see, and one of another workspace", async () => {
    expect((await look(["T1/C9", "T1/C404", "T2/C2001"])).slice(3)).toEqual([
      "✗ slack channel T1/C9: Nova is not in it. Type /invite @Nova there.",
      expect.stringMatching(/^✗ slack channel T1\/C404: Nova can't see it/u),
      "✗ slack channel T2/C2001: The token belongs to the workspace T1. Write slack:T1/C2001 in the config.",
    ]);
  });

  test("asks for what the manifest asks for, and the fake grants no more", () => {
    expect(Object.keys(neededScopes).toSorted()).toEqual([...grantedScopes].toSorted());
  });
});
