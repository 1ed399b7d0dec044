// Opens the parts from the settings: storage first (it refuses a second Nova), then the ERPs, the model, the surfaces.
// Only what is switched on is loaded. What was opened is closed again when a later part refuses.
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import { createFileReader } from "../adapters/files/index.ts";
import { createOfflineModel } from "../adapters/offline/index.ts";
import { createOpenWorkflow } from "../adapters/openworkflow/index.ts";
import { createKeyvContext, createSqliteJournal } from "../adapters/sqlite/index.ts";
import { trust } from "../config/trust.ts";
import { BootError } from "./boot-error.ts";
import { systemClock, systemEntropy } from "./clock.ts";
import { loadConfig } from "./config.ts";
import type { Config } from "./config.ts";
import { openErps } from "./erp/erps.ts";
import { createLimiter } from "./surfaces/limiter.ts";
import type { Given } from "./parts.ts";
import { createDirectory } from "./people.ts";
import type { ChatAdapter, Clock, Entropy, Model, VerbSpec } from "./ports.ts";
import type { HttpRoute } from "./server.ts";
import { loadRoster } from "./roster.ts";
import { loadOrTrainRouter } from "./training/router-cache.ts";
import { redactionFor } from "./secrets.ts";
import { openToolServers } from "./erp/tool-servers.ts";
import type { Settings } from "./settings.ts";
import { parseTrust } from "./trust/trust-config.ts";

export type World = {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Logger;
  readonly agentsFolder: string;
};
export type Storage = Omit<Given, "adapters" | "model" | "evals">;

export const systemWorld = (log: Logger): World => ({
  clock: systemClock,
  entropy: systemEntropy,
  log,
  agentsFolder: fileURLToPath(new URL("../agents", import.meta.url)),
});

const around = (config: Config) => ({
  environment: (name: string) => process.env[name],
  redact: redactionFor(config, process.env),
});

/** Everything but model and surfaces. Throws BootError; closes what it had opened. */
export async function openStorage(settings: Settings, world: World): Promise<Storage> {
  const config = await loadConfig(settings.NOVA_CONFIG);
  const trustSettings = parseTrust(trust, "config/trust.ts");
  const roster = await loadRoster(world.agentsFolder);
  const folder = settings.NOVA_HOME;
  const { clock, entropy, log } = world;
  const journal = createSqliteJournal({ folder, clock, entropy });
  try {
    const erps = await openErps(config, { folder, clock, environment: process.env, journal });
    const tools = await openToolServers(
      { config, roster, journal },
      { ...world, ...around(config), home: folder },
    );
    return {
      config,
      roster,
      journal,
      clock,
      entropy,
      log,
      directory: createDirectory(config, clock),
      files: createFileReader(),
      context: await createKeyvContext({ folder }),
      router: loadOrTrainRouter(folder, roster.toRouting(), trustSettings.lines),
      trustSettings,
      erps: new Map([...erps, ...tools.erps]),
      toolServers: tools.toolServers,
      durable: createOpenWorkflow({
        folder,
        clock,
        onTrouble: (what, thrown) => log.error({ what, err: thrown }, "the durable engine failed"),
      }),
    };
  } catch (error) {
    await journal.close();
    throw error;
  }
}

/** The configured language model, or the offline one, which says what it is. Whoever only wants its name needs no prices. */
export async function openModel(
  settings: Settings,
  clock: Clock,
  { prices }: Pick<Config["budgets"], "prices"> = { prices: {} },
): Promise<Model> {
  if (settings.ANTHROPIC_API_KEY === undefined) return createOfflineModel();
  const { createAnthropicModel } = await import("../adapters/anthropic/index.ts");
  return createAnthropicModel({
    apiKey: settings.ANTHROPIC_API_KEY,
    baseUrl: settings.ANTHROPIC_BASE_URL ?? null,
    model: settings.NOVA_MODEL,
    prices,
    clock,
    limiter: createLimiter({ burst: 200, refillMs: 20 }, clock),
  });
}

export type Surfaces = {
  readonly adapters: readonly ChatAdapter[];
  /** Set when Slack's events come over HTTP. */
  readonly slackRoute: HttpRoute | null;
};

/** Discord and Slack, when their tokens are set. */
export async function openSurfaces(
  settings: Settings,
  world: World,
  home: { readonly verbs: readonly VerbSpec[] },
): Promise<Surfaces> {
  const adapters: ChatAdapter[] = [];
  const { clock, log } = world;
  if (settings.DISCORD_TOKEN !== undefined) {
    const { createDiscord } = await import("../adapters/discord/index.ts");
    adapters.push(
      createDiscord({
        token: settings.DISCORD_TOKEN,
        apiUrl: settings.DISCORD_API_URL,
        postsPerSecond: settings.DISCORD_POSTS_PER_SECOND,
        clock,
        verbs: home.verbs,
        onTrouble: (what) => log.warn({ surface: "discord" }, what),
      }),
    );
  }
  if (settings.SLACK_BOT_TOKEN === undefined) return { adapters, slackRoute: null };
  const { createSlack } = await import("../adapters/slack/index.ts");
  const slack = createSlack({
    botToken: settings.SLACK_BOT_TOKEN,
    transport: slackTransport(settings),
    apiUrl: settings.SLACK_API_URL,
    findAfterMs: settings.SLACK_FIND_AFTER_MS,
    postsPerSecond: settings.SLACK_POSTS_PER_SECOND,
    clock,
    report: (level, words) => log[level]({ surface: "slack" }, words),
  });
  return { adapters: [...adapters, slack], slackRoute: slack.http };
}

function slackTransport(
  settings: Settings,
):
  | { readonly kind: "socket"; readonly appToken: string }
  | { readonly kind: "http"; readonly signingSecret: string } {
  if (settings.SLACK_APP_TOKEN !== undefined) return { kind: "socket", appToken: settings.SLACK_APP_TOKEN };
  if (settings.SLACK_SIGNING_SECRET !== undefined)
    return { kind: "http", signingSecret: settings.SLACK_SIGNING_SECRET };
  throw new BootError(
    "Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP): set one of them.",
  );
}
