// The rules of both strict fakes about rights, previews, replies and links that carry nothing: shown by raw calls.
import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeDiscord, ids, type FakeDiscord } from "./discord/index.ts";
import { call, connect, fake, post } from "./slack/raw.ts";

describe("Discord", () => {
  let discord: FakeDiscord;
  beforeEach(async () => {
    discord = await createFakeDiscord();
  });
  afterEach(async () => discord.close());

  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${discord.apiUrl}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${discord.token}`,
        "user-agent": "DiscordBot (test, 1)",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  const quiet = { allowed_mentions: { parse: [] }, enforce_nonce: true };
  const send = async (more: object): Promise<unknown> =>
    ask("POST", `/channels/${ids.parts}/messages`, { ...quiet, nonce: `${Math.random()}`.slice(2), ...more });

  test("takes a right away where the channel denies it, and shows that as an overwrite", async () => {
    const parts = discord.store.channel(ids.parts);
    parts.denied = PermissionFlagsBits.SendMessages;
    expect(await send({ content: "hi" })).toMatchObject({ code: 50013 });
    expect(await ask("GET", `/channels/${ids.parts}`)).toMatchObject({
      permission_overwrites: [{ id: ids.bot, type: 1, allow: "0", deny: "2048" }],
    });
    parts.denied = PermissionFlagsBits.ViewChannel;
    expect(await ask("GET", `/channels/${ids.parts}`)).toMatchObject({ code: 50001 });
  });

  test("refuses files and replies where they are denied, drops embeds in silence, and hides the history", async () => {
    const parts = discord.store.channel(ids.parts);
    const asked = discord.as(ids.kit).say(ids.parts, "hello");
    parts.denied = PermissionFlagsBits.EmbedLinks | PermissionFlagsBits.ReadMessageHistory;
    expect(await send({ content: "hi", embeds: [{ title: "a card" }] })).toMatchObject({ embeds: [] });
    expect(await send({ content: "hi", message_reference: { message_id: asked.id } })).toMatchObject({
      code: 160_002,
    });
    expect(await ask("GET", `/channels/${ids.parts}/messages`)).toEqual([]);
    parts.denied = PermissionFlagsBits.AttachFiles;
    const form = new FormData();
    const body = { ...quiet, nonce: "7", content: "hi", attachments: [{ id: 0, filename: "a.txt" }] };
    form.set("payload_json", JSON.stringify(body));
    form.set("files[0]", new Blob(["text"]), "a.txt");
    const answer = await fetch(`${discord.apiUrl}/v10/channels/${ids.parts}/messages`, {
      method: "POST",
      headers: { authorization: `Bot ${discord.token}`, "user-agent": "DiscordBot (https://example.org, 1)" },
      body: form,
    });
    expect(await answer.json()).toMatchObject({ code: 50_013 });
    parts.denied = 0n;
    expect(await ask("GET", `/channels/${ids.parts}/messages`)).toHaveLength(2);
  });

  test("shows a guild's roles and a member's to who is in it", async () => {
    expect(await ask("GET", `/guilds/${ids.guild}`)).toMatchObject({ roles: [{ id: ids.guild }] });
    expect(await ask("GET", `/guilds/${ids.guild}/members/${ids.bot}`)).toMatchObject({ roles: [] });
    expect(await ask("GET", "/guilds/404")).toMatchObject({ code: 10004 });
    expect(await ask("GET", `/guilds/${ids.guild}/members/404`)).toMatchObject({ code: 10007 });
  });

  test("says by the application's flags whether its bot may read content", async () => {
    expect(await ask("GET", "/applications/@me")).toMatchObject({ flags: 1 << 19 });
    await discord.close();
    discord = await createFakeDiscord({ privilegedIntents: 0 });
    expect(await ask("GET", "/applications/@me")).toMatchObject({ flags: 0 });
  });

  test.each([
    ["a bare link", { content: "see https://evil.example" }, ["link-preview"]],
    ["a link in an edit's words", { content: "see HTTP://evil.example/x" }, ["link-preview"]],
    ["a link between brackets", { content: "see <https://fine.example>" }, []],
    ["a link as code", { content: "see `https://fine.example`" }, []],
    ["a suppressed one", { content: "see https://fine.example", flags: 4 }, []],
  ])("notes %s as what it is", async (_name, body, rules) => {
    await send(body);
    expect(discord.violations.map(({ rule }) => rule)).toEqual(rules);
  });
});

describe("Slack", () => {
  test("tells of a message with replies how many there are and when the last one came", async () => {
    const slack = await fake();
    const first = slack.as("U1001").say("C1", "one");
    const last = slack.as("U1001").say("C1", "two", { thread: first.ts });
    expect(await call(slack, "conversations.history", { channel: "C1" })).toMatchObject({
      messages: [{ ts: first.ts, thread_ts: first.ts, reply_count: 1, latest_reply: last.ts }],
    });
  });

  test("wants unfurling off in edits too", async () => {
    const slack = await fake();
    await post(slack, {});
    const [own] = slack.store.posted();
    const edit = { channel: "C1", ts: own?.ts, text: "new", parse: "none", link_names: false };
    await call(slack, "chat.update", { ...edit, unfurl_links: false, unfurl_media: false });
    expect(slack.violations).toEqual([]);
    await call(slack, "chat.update", edit);
    expect(slack.violations.map(({ what }) => what)).toEqual(["chat.update must switch unfurling off"]);
  });

  test("loses what it sends over a deaf socket, and sends it again elsewhere", async () => {
    const slack = await fake({ times: { ackMs: 30 } });
    const sockets = [await connect(slack), await connect(slack)];
    slack.net.deafen();
    slack.as("U1001").say("C1", "anybody?");
    const [, other] = sockets;
    const frame = await other?.next(({ type }) => type === "events_api");
    if (frame !== undefined) other?.ack(frame);
    expect(sockets[0]?.frames.some(({ type }) => type === "events_api")).toBe(false);
  });
});
