// The library's client with the settings Nova needs, and what its refusals mean in a person's words.
import { Client, GatewayIntentBits, Options, Partials } from "discord.js";
import { wordsOf } from "./outcomes.ts";
import { Shards } from "./shards.ts";

/** A wait that Discord asks for is sat out up to here; a longer one puts the post off instead. */
const tooLongMs = 10_000;

export function createClient(apiUrl: string): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.DirectMessageReactions,
      GatewayIntentBits.MessageContent,
    ],
    partials: [Partials.Channel],
    // Everything is read from raw packets and the journal: the library's own copies of up to 200 messages per thread would
    // only grow with the threads.
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
    allowedMentions: { parse: [], repliedUser: false },
    enforceNonce: true,
    failIfNotExists: false,
    ws: { buildStrategy: (manager) => new Shards(manager) },
    rest: {
      api: apiUrl,
      timeout: 10_000,
      invalidRequestWarningInterval: 500,
      rejectOnRateLimit: (limit) =>
        limit.retryAfter === 0 || Math.max(limit.timeToReset, limit.retryAfter) > tooLongMs,
    },
  });
}

export function toLoginWords(error: unknown): string {
  const words = wordsOf(error);
  if (/disallowed intent/iu.test(words)) {
    return "Discord refuses the Message Content intent; switch it on in the developer portal under Bot.";
  }
  if (/token|authentication|unauthorized/iu.test(words))
    return "Discord refuses the token; check DISCORD_TOKEN.";
  return `Discord can't be reached: ${words}`;
}

export function toCloseWords(code: number): string {
  if (code === 4004) return "Discord refuses the token; put a new one into DISCORD_TOKEN and restart.";
  if (code === 4014)
    return "Discord refuses the Message Content intent; switch it on in the developer portal.";
  return `Discord closed the connection for good (${code}); restart Nova.`;
}
