// Discord as a surface: what its gateway and its REST interface can do to Nova.
import type { DiscordDoor } from "../support/doors/discord.ts";
import type { Who } from "../support/doors/door.ts";
import { GatewayDispatchEvents } from "discord-api-types/v10";
import { ids } from "../support/discord/index.ts";
import type { FakeMessage } from "../support/discord/index.ts";
import type { How } from "../support/discord/faults.ts";
import { watchAdapter } from "./surface.ts";
import type { Harm, Surface } from "./surface.ts";

const accounts: Readonly<Record<Who, string>> = { kit: ids.kit, maya: ids.maya, stranger: ids.stranger };
const hows: Readonly<Record<Harm, How>> = {
  "5xx": { status: 502, body: { message: "Bad gateway" } },
  reset: "reset",
  truncated: "truncate",
  html: "html",
  "429": {
    status: 429,
    headers: { "retry-after": "1", "x-ratelimit-scope": "user", "x-ratelimit-reset-after": "0.2" },
    body: { message: "You are being rate limited.", retry_after: 0.2, global: false },
  },
  "429 without a time": { status: 429, body: "too many" },
};

export function discordSurface(door: DiscordDoor): Surface {
  const { fake } = door;
  const kit = fake.as(ids.kit);
  const threads = new Map<string, string>();
  let asked = "";
  const say = (channel: string, text: string): void => {
    asked = kit.say(channel, text).id;
  };
  const ours = (): readonly FakeMessage[] =>
    [...fake.store.messages.values()].filter(({ authorId, deleted }) => authorId === ids.bot && !deleted);
  return {
    ...door,
    ...watchAdapter(async (world) => door.open(world)),
    lacks: {},
    says: async (text, who = "kit") => {
      if (who === "kit") say(ids.parts, text);
      else await door.says(text, who);
    },
    saysIn: async (topic, text) => {
      const thread = threads.get(topic) ?? kit.thread(ids.parts, topic).id;
      threads.set(topic, thread);
      say(thread, text);
    },
    asked: () => asked,
    // Everything, wherever it stands: an answer may have moved to a thread of its own.
    seen: async () => ours().map(wordsOf),
    said: async () =>
      ours()
        .filter(({ visibleTo }) => visibleTo === null)
        .map((message) => ({
          words: wordsOf(message),
          files: message.files.map(({ text }) => text),
          answers: message.referenceId,
          pinged: message.pinged,
        })),
    tally: async (words) => ours().filter((message) => words.test(wordsOf(message))).length,
    whispered: (who) => fake.whispered(accounts[who]).map(({ content }) => content),
    bait: [
      "@everyone @here",
      `<@${ids.maya}> <@!${ids.maya}> <@&3001>`,
      "[Approve](https://evil.example/x)",
      "https://evil.example/preview ![a picture](https://evil.example/a.png)",
      "||hidden|| > quoted `code` ~~gone~~",
    ],
    stutter: (copies) => {
      fake.net.knobs.copies = copies;
    },
    repeat: async (what) => {
      const newest = fake.interactions.findLast(({ kind }) =>
        what === "press" ? kind === "button" || kind === "modal" : kind === "command",
      );
      if (what === "message") fake.net.repeat(GatewayDispatchEvents.MessageCreate);
      else if (newest !== undefined) fake.as(newest.userId).redeliver(newest);
    },
    botsSay: (text) => {
      fake.as(ids.otherBot).say(ids.parts, text);
      fake.as(ids.webhook).say(ids.parts, text);
    },
    edits: (text) => kit.edit(asked, text),
    removes: () => kit.remove(asked),
    refresh: () => fake.net.askReconnect(),
    cut: () => fake.net.dropAll(),
    forget: () => fake.net.forgetSessions(),
    refuseConnections: () => {
      fake.net.knobs.refuseUpgrade = 502;
      return () => {
        fake.net.knobs.refuseUpgrade = null;
      };
    },
    harm: (harm, when, times) =>
      void fake.faults.add({
        match: ({ method, path }) => method === "POST" && /^\/channels\/\d+\/messages$/u.test(path),
        when,
        times,
        how: hows[harm],
      }),
    harmReads: () =>
      fake.faults.add({
        match: ({ method, path }) => method === "GET" && /^\/channels\/\d+\/messages$/u.test(path),
        times: Number.POSITIVE_INFINITY,
        how: { status: 503 },
      }),
    refuseForGood: () => {
      fake.store.channel(ids.parts).botMay = "read";
    },
    revoke: () => {
      fake.revokeToken();
      fake.net.dropAll();
      return () => fake.restoreToken();
    },
    acknowledged: () => fake.interactions.filter(({ answer }) => answer !== null).length,
    calls: () => fake.log.filter(({ kind }) => kind === "request" || kind === "open").length,
    delay: () => {
      const release = fake.net.hold();
      return () => release("reversed");
    },
    forge: async (how) => {
      const [reply, card] = fake.said(ids.parts);
      const parts = card?.components.flatMap((row) => row.components) ?? [];
      const [real] = parts.flatMap((part) => ("custom_id" in part ? [part.custom_id] : []));
      kit.forgeClick(reply?.id ?? "", how === "unknown" ? `nova1.${"0".repeat(32)}` : (real ?? ""));
    },
  };
}

function wordsOf({ content, embeds }: FakeMessage): string {
  const framed = embeds.flatMap((embed) => [
    embed.title,
    embed.description,
    ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
    embed.footer?.text,
  ]);
  return [content, ...framed].join("\n");
}
