// The strict Discord fake keeps Discord's rules: each is shown with raw sockets and requests, no library between.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { createFakeDiscord, ids, type FakeDiscord } from "./discord/index.ts";
import type { Settings } from "./discord/settings.ts";

let fake: FakeDiscord;
const open: Probe[] = [];
beforeEach(async () => {
  fake = await createFakeDiscord();
});
afterEach(async () => {
  for (const probe of open.splice(0)) probe.socket.terminate();
  await fake.close();
});

const restart = async (settings: Partial<Settings>) => {
  await fake.close();
  fake = await createFakeDiscord(settings);
};

const frameSchema = z.object({
  op: z.number(),
  t: z.string().nullable(),
  s: z.number().nullable(),
  d: z.unknown(),
});
type Frame = z.infer<typeof frameSchema>;

/** A raw gateway client: what it got, and a wait for more. */
interface Probe {
  readonly socket: WebSocket;
  readonly frames: Frame[];
  readonly closed: Promise<number>;
  send(op: number, d: unknown): void;
  next(match: (frame: Frame) => boolean): Promise<Frame>;
}

function connect(path = "/gateway", query = "?v=10&encoding=json"): Probe {
  const socket = new WebSocket(`${fake.apiUrl.replace("http", "ws").replace("/api", "")}${path}/${query}`);
  const frames: Frame[] = [];
  socket.on("message", (data: Buffer) => frames.push(frameSchema.parse(JSON.parse(data.toString("utf8")))));
  const probe: Probe = {
    socket,
    frames,
    closed: new Promise((resolve) => {
      socket.on("close", (code) => resolve(code));
    }),
    send: (op, d) => socket.send(JSON.stringify({ op, d })),
    next: (match) =>
      new Promise((resolve) => {
        const look = () => {
          const found = frames.find(match);
          if (found !== undefined) resolve(found);
          else socket.once("message", look);
        };
        look();
      }),
  };
  open.push(probe);
  return probe;
}

const properties = { os: "linux", browser: "probe", device: "probe" };
const intents = (1 << 0) | (1 << 9) | (1 << 12) | (1 << 15);
const identify = async (over: { intents?: number; token?: string } = {}) => {
  const probe = connect();
  await probe.next((frame) => frame.op === 10);
  probe.send(2, { token: fake.token, intents, properties, ...over });
  return probe;
};
const ready = async (over: { intents?: number } = {}) => {
  const probe = await identify(over);
  await probe.next((frame) => frame.t === "GUILD_CREATE");
  return probe;
};
const sessionOf = (probe: Probe) =>
  z.object({ session_id: z.string() }).parse(probe.frames.find((frame) => frame.t === "READY")?.d).session_id;
const lastSeq = (probe: Probe) => Math.max(...probe.frames.map((frame) => frame.s ?? 0));

const call = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${fake.apiUrl}/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${fake.token}`,
      "user-agent": "DiscordBot (probe, 1)",
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json: unknown = text === "" ? null : JSON.parse(text);
  return { status: response.status, headers: response.headers, json };
};
const codeOf = (json: unknown) => z.object({ code: z.number() }).parse(json).code;
const idOf = (json: unknown) => z.object({ id: z.string() }).parse(json).id;
const messages = `/channels/${ids.parts}/messages`;
const nice = (content: string, nonce: string) => ({
  content,
  nonce,
  enforce_nonce: true,
  allowed_mentions: { parse: [] },
});

describe("the gateway", () => {
  test("says HELLO first, then READY and both guilds after IDENTIFY", async () => {
    const probe = await ready();
    await probe.next((frame) => frame.s === 3);
    expect(probe.frames.map((frame) => frame.t ?? `op ${frame.op}`)).toEqual([
      "op 10",
      "READY",
      "GUILD_CREATE",
      "GUILD_CREATE",
    ]);
    probe.send(1, 3);
    await probe.next((frame) => frame.op === 11);
  });

  test.each([
    ["another version", () => connect("/gateway", "?v=9&encoding=json"), 4012],
    ["a wrong token", () => identify({ token: "x" }), 4004],
    ["an unknown intent", () => identify({ intents: 1 << 30 }), 4013],
    ["a privileged intent that is off", () => identify({ intents: 1 << 1 }), 4014],
  ])("closes for good on %s", async (_name, start, code) => {
    const probe = await start();
    expect(await probe.closed).toBe(code);
  });

  test("closes on a frame before IDENTIFY, on a second IDENTIFY, and on what is no JSON", async () => {
    const early = connect();
    await early.next((frame) => frame.op === 10);
    early.send(3, {});
    const twice = await ready();
    twice.send(2, { token: fake.token, intents, properties });
    const garbled = await ready();
    garbled.socket.send("no json");
    expect(await Promise.all([early.closed, twice.closed, garbled.closed])).toEqual([4003, 4005, 4002]);
  });

  test("closes a connection whose heart stopped", async () => {
    await restart({ heartbeatMs: 60 });
    const probe = connect();
    expect(await probe.closed).toBe(4009);
  });

  test("replays what was missed in order, then RESUMED", async () => {
    const first = await ready();
    const seq = lastSeq(first);
    first.socket.terminate();
    await first.closed;
    await fake.until(() => fake.net.connected === 0);
    fake.as(ids.kit).say(ids.parts, "one");
    fake.as(ids.kit).say(ids.parts, "two");
    const second = connect("/resume");
    await second.next((frame) => frame.op === 10);
    second.send(6, { token: fake.token, session_id: sessionOf(first), seq });
    await second.next((frame) => frame.t === "RESUMED");
    const replayed = second.frames.filter((frame) => frame.t === "MESSAGE_CREATE" && (frame.s ?? 0) > seq);
    expect(replayed.map((frame) => z.object({ content: z.string() }).parse(frame.d).content)).toEqual([
      "one",
      "two",
    ]);
    expect(fake.violations).toEqual([]);
  });

  test("refuses to resume a session that is gone, and a sequence that never was", async () => {
    const first = await ready();
    first.socket.close(1000);
    await first.closed;
    const gone = connect("/resume");
    await gone.next((frame) => frame.op === 10);
    gone.send(6, { token: fake.token, session_id: sessionOf(first), seq: 1 });
    expect((await gone.next((frame) => frame.op === 9)).d).toBe(false);
    const live = await ready();
    const ahead = connect("/resume");
    await ahead.next((frame) => frame.op === 10);
    ahead.send(6, { token: fake.token, session_id: sessionOf(live), seq: 999 });
    expect(await ahead.closed).toBe(4007);
  });

  test("empties guild messages without the content intent, except what mentions the bot", async () => {
    const probe = await ready({ intents: (1 << 0) | (1 << 9) });
    fake.as(ids.kit).say(ids.parts, "secret");
    fake.as(ids.kit).say(ids.parts, `<@${ids.bot}> open`);
    fake.as(ids.kit).say(ids.hidden, "unseen");
    fake.as(ids.kit).dm("no intent for this");
    fake.as(ids.kit).say(ids.general, `<@${ids.bot}> last`);
    const contents = () =>
      probe.frames
        .filter((f) => f.t === "MESSAGE_CREATE")
        .map((f) => z.object({ content: z.string() }).parse(f.d).content);
    await probe.next(() => contents().length === 3);
    expect(contents()).toEqual(["", `<@${ids.bot}> open`, `<@${ids.bot}> last`]);
  });
});

describe("messages", () => {
  test("keep one copy per nonce inside the window, and another after it", async () => {
    const first = await call("POST", messages, nice("a", "n1"));
    const again = await call("POST", messages, nice("b", "n1"));
    expect(idOf(again.json)).toBe(idOf(first.json));
    expect(fake.said(ids.parts).map((m) => m.content)).toEqual(["a"]);
    await restart({ nonceWindowMs: -1 });
    await call("POST", messages, nice("a", "n1"));
    await call("POST", messages, nice("b", "n1"));
    expect(fake.said(ids.parts)).toHaveLength(2);
    expect(fake.violations).toEqual([]);
  });

  test("record who breaks the house's rules: pings allowed, no nonce, an edit that parses", async () => {
    const made = await call("POST", messages, { content: `<@${ids.maya}> @everyone` });
    expect(fake.store.message(idOf(made.json)).pinged).toEqual([ids.maya, "everyone"]);
    await call("PATCH", `${messages}/${idOf(made.json)}`, { content: "changed" });
    expect(fake.violations.map((v) => v.rule)).toEqual([
      "allowed-mentions",
      "nonce",
      "edit-allowed-mentions",
    ]);
  });

  test.each([
    ["2001 characters", { ...nice("x".repeat(2001), "a") }, 50035],
    ["nothing to show", { ...nice("", "b") }, 50006],
    ["a nonce of 26", { ...nice("x", "n".repeat(26)) }, 50035],
    ["six rows", { ...nice("x", "c"), components: Array.from({ length: 6 }, (_, n) => row(`b${n}`)) }, 50035],
    ["one id on two buttons", { ...nice("x", "d"), components: [row("same"), row("same")] }, 50035],
    ["a label of 81", { ...nice("x", "e"), components: [row("b", "l".repeat(81))] }, 50035],
    ["an embed over 4096", { ...nice("x", "f"), embeds: [{ description: "d".repeat(4097) }] }, 50035],
    ["a source that is not there", { ...nice("x", "g"), message_reference: { message_id: "1" } }, 50035],
  ])("refuse %s", async (_name, body, code) => {
    const answer = await call("POST", messages, body);
    expect([answer.status, codeOf(answer.json)]).toEqual([400, code]);
    expect(fake.said(ids.parts)).toEqual([]);
  });

  test("refuse places that are unknown, hidden, read-only or locked, and wake an archived thread", async () => {
    const thread = fake.as(ids.kit).thread(ids.general, "topic");
    const to = async (channel: string, nonce: string) =>
      (await call("POST", `/channels/${channel}/messages`, nice("x", nonce))).json;
    expect(codeOf(await to("1", "a"))).toBe(10003);
    expect(codeOf(await to(ids.hidden, "b"))).toBe(50001);
    fake.store.channel(ids.parts).botMay = "read";
    expect(codeOf(await to(ids.parts, "c"))).toBe(50013);
    thread.locked = true;
    expect(codeOf(await to(thread.id, "d"))).toBe(160005);
    thread.locked = false;
    thread.archived = true;
    await to(thread.id, "e");
    expect([thread.archived, fake.said(thread.id).length]).toEqual([false, 1]);
  });

  test("are listed newest first behind a cursor, with one cursor at most", async () => {
    const [first] = ["a", "b", "c"].map((text) => fake.as(ids.kit).say(ids.parts, text));
    const page = await call("GET", `${messages}?after=${first?.id ?? ""}&limit=10`);
    expect(
      z
        .array(z.object({ content: z.string() }))
        .parse(page.json)
        .map((m) => m.content),
    ).toEqual(["c", "b"]);
    expect((await call("GET", `${messages}?after=1&before=2`)).status).toBe(400);
  });

  test("can't be edited when gone, foreign, or too old and too often", async () => {
    await restart({ oldEditAgeMs: -1, oldEditLimit: 1 });
    const foreign = fake.as(ids.kit).say(ids.parts, "mine");
    const own = idOf((await call("POST", messages, nice("a", "n"))).json);
    const edit = async (id: string) =>
      (await call("PATCH", `${messages}/${id}`, { content: "b", allowed_mentions: { parse: [] } })).json;
    expect(codeOf(await edit("1"))).toBe(10008);
    expect(codeOf(await edit(foreign.id))).toBe(50005);
    await edit(own);
    expect(codeOf(await edit(own))).toBe(30046);
    expect(fake.store.message(own).content).toBe("b");
  });
});

const row = (id: string, label = "Go") => ({
  type: 1,
  components: [{ type: 2, style: 1, custom_id: id, label }],
});

describe("limits and faults", () => {
  test("answer 429 with every header when a bucket is empty, and note the call", async () => {
    await restart({ bucketLimit: 1, bucketWindowMs: 60_000 });
    const first = await call("POST", messages, nice("a", "a"));
    expect(first.headers.get("x-ratelimit-remaining")).toBe("0");
    const second = await call("POST", messages, nice("b", "b"));
    expect(second.status).toBe(429);
    expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(1);
    expect(second.headers.get("x-ratelimit-scope")).toBe("user");
    expect(fake.violations.map((v) => v.rule)).toEqual(["exhausted-bucket"]);
  });

  test("answer 401 to a wrong token, and note whoever goes on calling", async () => {
    fake.revokeToken();
    expect((await call("GET", "/users/@me")).status).toBe(401);
    expect((await call("GET", "/users/@me")).status).toBe(401);
    expect(fake.violations.map((v) => v.rule)).toEqual(["call-after-401"]);
  });

  test("fail before or after the message was stored", async () => {
    fake.faults.add({ match: `POST ${messages}`, how: { status: 502 } });
    expect((await call("POST", messages, nice("a", "a"))).status).toBe(502);
    expect(fake.said(ids.parts)).toHaveLength(0);
    fake.faults.add({ match: `POST ${messages}`, when: "after", how: "reset" });
    await expect(call("POST", messages, nice("a", "a"))).rejects.toThrow("fetch failed");
    expect(fake.said(ids.parts)).toHaveLength(1);
  });

  test("note routes that Discord doesn't have", async () => {
    expect((await call("GET", "/nowhere")).status).toBe(404);
    expect((await call("DELETE", "/users/@me")).status).toBe(405);
    expect(fake.violations.map((v) => v.rule)).toEqual(["unknown-route", "unknown-route"]);
  });
});

describe("interactions", () => {
  const pressed = async () => {
    const made = await call("POST", messages, {
      ...nice("card", "n"),
      components: [row("nova1.x", "Approve")],
    });
    return { messageId: idOf(made.json), interaction: fake.as(ids.kit).click(idOf(made.json), "Approve") };
  };
  const answer = (i: { id: string; token: string }, body: unknown) =>
    call("POST", `/interactions/${i.id}/${i.token}/callback`, body);

  test("take one answer, and call the second one what it is", async () => {
    const { interaction } = await pressed();
    expect((await answer(interaction, { type: 6 })).status).toBe(204);
    expect(codeOf((await answer(interaction, { type: 6 })).json)).toBe(40060);
    expect(fake.check().map((v) => v.rule)).toEqual(["second-callback"]);
  });

  test("die after the deadline, and the person sees it", async () => {
    await restart({ ackMs: 30 });
    const { interaction } = await pressed();
    await fake.until(() => interaction.failed);
    expect(codeOf((await answer(interaction, { type: 6 })).json)).toBe(10062);
    expect(fake.check().map((v) => v.rule)).toEqual(["interaction-unanswered"]);
  });

  test("refuse a callback that does not fit", async () => {
    const command = fake.as(ids.kit).forgeSlash({ channelId: ids.parts, name: "nova", verb: "ask" });
    expect(codeOf((await answer(command, { type: 6 })).json)).toBe(50035);
    expect(command.answer).toBeNull();
  });

  test("show thinking until the original is edited, and whisper follow-ups", async () => {
    const command = fake.as(ids.kit).forgeSlash({ channelId: ids.parts, name: "nova", verb: "ask" });
    await answer(command, { type: 5 });
    expect(fake.check().map((v) => v.rule)).toEqual(["still-loading"]);
    const hook = `/webhooks/${ids.application}/${command.token}`;
    await call("PATCH", `${hook}/messages/@original`, { content: "done", allowed_mentions: { parse: [] } });
    await call("POST", hook, { content: "psst", flags: 64, allowed_mentions: { parse: [] } });
    expect(fake.said(ids.parts).map((m) => m.content)).toEqual(["done"]);
    expect(fake.whispered(ids.kit).map((m) => m.content)).toEqual(["psst"]);
    expect(fake.check()).toEqual([]);
  });

  test("forget the token when its time is over", async () => {
    await restart({ tokenMs: -1 });
    const { interaction } = await pressed();
    await answer(interaction, { type: 6 });
    const late = await call("POST", `/webhooks/${ids.application}/${interaction.token}`, { content: "late" });
    expect(codeOf(late.json)).toBe(50027);
  });

  test("open a dialog and carry its words", async () => {
    const { interaction } = await pressed();
    const input = { type: 4, custom_id: "words", style: 2 };
    await answer(interaction, {
      type: 9,
      data: { custom_id: "m", title: "Why?", components: [{ type: 18, label: "Reason", component: input }] },
    });
    const submitted = fake.as(ids.kit).modal(interaction, { Reason: "too dear" });
    expect((await answer(submitted, { type: 6 })).status).toBe(204);
    expect(fake.check()).toEqual([]);
  });

  test("can't be started from a button that isn't there", async () => {
    const { messageId } = await pressed();
    expect(() => fake.as(ids.kit).click(messageId, "Delete everything")).toThrow(
      'no button "Delete everything"',
    );
    fake.store.message(messageId).deleted = true;
    expect(() => fake.as(ids.kit).click(messageId, "Approve")).toThrow("does not see");
  });
});
