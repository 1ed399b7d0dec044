// Slack as a surface, over Socket Mode or HTTP: what its events and its Web API can do to Nova.
import type { SlackDoor } from "../support/doors/slack.ts";
import type { Who } from "../support/doors/door.ts";
import { buttonsOf } from "../support/slack/index.ts";
import type { FaultRule, Message } from "../support/slack/index.ts";
import { watchAdapter } from "./surface.ts";
import type { Ability, Harm, Surface } from "./surface.ts";

const accounts: Readonly<Record<Who, string>> = { kit: "U1001", maya: "U1002", stranger: "U1003" };
const channel = "C1";
const hows: Readonly<Record<Harm, FaultRule["how"]>> = {
  "5xx": { status: 503 },
  reset: "reset",
  truncated: "truncated",
  html: "html",
  "429": { status: 429, headers: { "retry-after": "1" } },
  "429 without a time": { status: 429 },
};
const kinds = { message: "events_api", press: "interactive", command: "slash_commands" } as const;
const noSocket = "over HTTP every request stands by itself";

export function slackSurface(door: SlackDoor, transport: "socket" | "http"): Surface {
  const { fake } = door;
  const kit = fake.as(accounts.kit);
  const threads = new Map<string, string>();
  let last: Message | null = null;
  const asked = (): Message => {
    if (last === null) throw new Error("nothing was said yet");
    return last;
  };
  let copies = 1;
  const say = (text: string, thread?: string): Message => {
    if (copies > 1) fake.net.duplicateNext(1);
    last = kit.say(channel, text, thread === undefined ? {} : { thread });
    for (let copy = 2; copy < copies; copy += 1) void fake.net.redeliver("events_api");
    return last;
  };
  const lacks: Surface["lacks"] = transport === "http" ? ({ connection: noSocket } satisfies Lacks) : {};
  return {
    ...door,
    ...watchAdapter(async (world) => door.open(world)),
    lacks,
    says: async (text, who = "kit") => {
      if (who === "kit") say(text);
      else await door.says(text, who);
    },
    saysIn: async (topic, text) => {
      const said = say(text, threads.get(topic));
      if (!threads.has(topic)) threads.set(topic, said.ts);
    },
    asked: () => asked().ts,
    said: async () =>
      fake.store.posted().map((message) => ({
        words: wordsOf(message),
        files: (message.files ?? []).map(({ bytes }) => Buffer.from(bytes).toString("utf8")),
        answers: message.threadTs ?? null,
        pinged: message.pinged,
      })),
    tally: async (words) =>
      [...fake.store.posted().map(wordsOf), ...fake.store.ephemerals.map(({ text }) => text)].filter((post) =>
        words.test(post),
      ).length,
    whispered: (who) =>
      fake.store.ephemerals.filter(({ user }) => user === accounts[who]).map(({ text }) => text),
    bait: [
      "<!channel> <!here> <!everyone>",
      `<@${accounts.maya}> <#C2> <!subteam^S1>`,
      "<https://evil.example/x|Approve>",
      "https://evil.example/preview ![a picture](https://evil.example/a.png)",
      "&lt;!channel&gt; @channel @here",
    ],
    stutter: (times) => {
      copies = times;
    },
    repeat: async (what) => void (await fake.net.redeliver(kinds[what])),
    botsSay: (text) => {
      fake.as("U9001").say(channel, text);
      kit.say(channel, text, { subtype: "bot_message" });
      kit.say(channel, text, { subtype: "channel_join" });
    },
    edits: (text) => kit.edit(asked(), text),
    removes: () => kit.remove(asked()),
    refresh: () => fake.net.disconnect("refresh_requested"),
    cut: () => fake.net.drop(),
    forget: () => undefined,
    refuseConnections: () => fake.faults.add({ match: "socket", when: "before", how: { status: 502 } }),
    harm: (harm, when, times) =>
      void fake.faults.add({ match: "chat.postMessage", when, times, how: hows[harm] }),
    harmReads: () =>
      fake.faults.add({
        match: (method) => method.startsWith("conversations."),
        when: "before",
        how: { status: 503 },
      }),
    refuseForGood: () =>
      void fake.faults.add({
        match: "chat.postMessage",
        when: "before",
        times: 1,
        how: { error: "is_archived" },
      }),
    revoke: () => {
      const team = fake.store.teams.get("T1");
      if (team !== undefined) team.tokenState = "token_revoked";
      return () => {
        if (team !== undefined) team.tokenState = "live";
      };
    },
    acknowledged: () => fake.log.filter(({ kind }) => kind === "acked").length,
    calls: () => fake.log.filter(({ kind }) => kind === "request" || kind === "socket.open").length,
    delay: () => {
      const release = fake.net.hold();
      return () => release("reversed");
    },
    forge: async (how) => {
      const [reply, card] = fake.store.posted(channel);
      const [real] = buttonsOf(card?.blocks ?? []);
      if (reply === undefined || real === undefined) throw new Error("there is no card to forge");
      const button = how === "unknown" ? { ...real, value: `nova1.${"0".repeat(32)}` } : real;
      await kit.forgeClick(reply, button);
    },
  };
}

type Lacks = { readonly [ability in Ability]?: string };

/** What a person reads: the blocks where there are any, the text otherwise. */
function wordsOf({ text, blocks }: Message): string {
  return blocks.length === 0 ? text : stringsOf(blocks).join("\n");
}

/** Every text in a block, in reading order; the rest of a block is machinery. */
function stringsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "text" && typeof inner === "string" ? [inner] : stringsOf(inner),
  );
}
