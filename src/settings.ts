// The environment, read once and checked at the door. A wrong value stops the boot with its name and the mend.
import { z } from "zod";
import { BootError } from "./boot-error.ts";

const port = z.coerce.number().int().min(0).max(65_535);
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ""));

/** Posts a second in one channel, as the platform allows it; what else is limited goes with it. */
const postsPerSecond = z.coerce.number().min(0.1).max(100_000).default(1);

const Environment = z.object({
  ANTHROPIC_API_KEY: z.string().min(1).optional(),
  ANTHROPIC_BASE_URL: url.optional(),
  NOVA_MODEL: z.string().min(1).default("claude-sonnet-5-5"),
  DISCORD_TOKEN: z.string().min(1).optional(),
  DISCORD_API_URL: url.default("https://discord.com/api"),
  DISCORD_POSTS_PER_SECOND: postsPerSecond,
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith("xoxb-", "must start with xoxb- (the bot token, not the app token)")
    .optional(),
  SLACK_APP_TOKEN: z.string().startsWith("xapp-", "must start with xapp- (the app-level token)").optional(),
  SLACK_SIGNING_SECRET: z.string().min(1).optional(),
  SLACK_API_URL: url.default("https://slack.com/api"),
  /** How long Slack's history may lag behind a post: one that can't be found before that may still turn up. */
  SLACK_FIND_AFTER_MS: z.coerce.number().int().min(0).max(600_000).default(15_000),
  SLACK_POSTS_PER_SECOND: postsPerSecond,
  NOVA_HOME: z.string().min(1).default(".nova"),
  NOVA_CONFIG: z.string().min(1).default("config/nova.ts"),
  NOVA_HOST: z.string().min(1).default("127.0.0.1"),
  NOVA_PORT: port.default(4242),
  NOVA_LOG: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).optional(),
});
export type Settings = z.infer<typeof Environment>;

const mends: Readonly<Record<string, string>> = {
  ANTHROPIC_BASE_URL: "Give a whole http or https address, or leave it out for Anthropic's own.",
  DISCORD_API_URL: "Give a whole http or https address, or leave it out for Discord's own.",
  SLACK_API_URL: "Give a whole http or https address, or leave it out for Slack's own.",
  SLACK_FIND_AFTER_MS: "Give milliseconds from 0 to 600000, or leave it out for 15000.",
  DISCORD_POSTS_PER_SECOND: "Give how many posts a second one channel takes, or leave it out for 1.",
  SLACK_POSTS_PER_SECOND: "Give how many posts a second one channel takes, or leave it out for 1.",
  NOVA_PORT: "Give a free port from 1 to 65535, or leave it out for 4242.",
  NOVA_LOG: "Use one of fatal, error, warn, info, debug, trace, silent.",
};

/** Empty strings count as not set, as in a `.env` file with nothing behind the equals sign. */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name} is not usable: ${issue.message}. ${mends[name] ?? "Correct it in the environment or in .env."}`;
    });
    throw new BootError(sentences.join(" "));
  }
  checkPairs(parsed.data);
  return parsed.data;
}

function checkPairs(settings: Settings): void {
  const hasTransport = settings.SLACK_APP_TOKEN !== undefined || settings.SLACK_SIGNING_SECRET !== undefined;
  if (settings.SLACK_BOT_TOKEN !== undefined && !hasTransport) {
    throw new BootError(
      "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP): set one of them.",
    );
  }
  if (settings.SLACK_BOT_TOKEN === undefined && hasTransport) {
    throw new BootError(
      "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is set without SLACK_BOT_TOKEN: set the bot token (xoxb-…) too.",
    );
  }
}
