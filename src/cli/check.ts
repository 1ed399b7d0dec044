// `check`: says what is wrong and how to mend it, before anything runs. Each line is one thing; exit 1 when any is wrong.
import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { systemWorld } from "../boot.ts";
import { BootError } from "../boot-error.ts";
import { trust } from "../../config/trust.ts";
import { loadConfig } from "../config.ts";
import { parseTrust } from "../trust/trust-config.ts";
import type { Config } from "../config.ts";
import { fine, wrong } from "../finding.ts";
import type { Finding } from "../finding.ts";
import { createLog } from "../log.ts";
import { loadRoster } from "../roster.ts";
import type { Roster } from "../roster.ts";
import type { Settings } from "../settings.ts";
import { checkErps } from "./check-erps.ts";

export async function check(settings: Settings): Promise<number> {
  const { agentsFolder, clock } = systemWorld(createLog(settings, false));
  const [config, readable] = await readConfig(settings);
  const [roster, team] = await readRoster(agentsFolder);
  const around = { folder: settings.NOVA_HOME, clock, environment: process.env, roster };
  const findings = [
    readable,
    team,
    await find("trust", async () => trustSums()),
    await find("data folder", async () => writable(settings.NOVA_HOME)),
    await find("model", async () =>
      settings.ANTHROPIC_API_KEY === undefined ? "offline (no ANTHROPIC_API_KEY)" : settings.NOVA_MODEL,
    ),
    ...(await checkErps(config, around)),
    ...(await servers(settings, { config, roster })),
    ...(await discord(settings, config)),
    ...(await slack(settings, config)),
  ];
  for (const { what, problem, detail } of findings)
    process.stdout.write(`${problem === null ? "✓" : "✗"} ${what}: ${problem ?? detail}\n`);
  return findings.every(({ problem }) => problem === null) ? 0 : 1;
}

function trustSums(): string {
  const { stakes, halfLifeDays } = parseTrust(trust, "config/trust.ts");
  const asked = Object.entries(stakes).map(([level, share]) => `${level} ${share}`);
  return `asks ${asked.join(", ")}; evidence counts half after ${halfLifeDays} days`;
}

/** Null: it can't be read, and nothing that it names can be looked at. */
async function readConfig({ NOVA_CONFIG: file }: Settings): Promise<readonly [Config | null, Finding]> {
  try {
    const config = await loadConfig(file);
    const sums = `${config.people.length} people, ${config.projects.length} projects, ${Object.keys(config.erps).length} ERPs`;
    return [config, fine("config", sums)];
  } catch (error) {
    if (!(error instanceof BootError)) throw error;
    return [null, wrong("config", error.message)];
  }
}

/** Null: an agent's file can't be loaded, and nothing that rests on agents can be looked at. */
async function readRoster(folder: string): Promise<readonly [Roster | null, Finding]> {
  try {
    const roster = await loadRoster(folder);
    return [roster, fine("roster", `${roster.entries.length} agents`)];
  } catch (error) {
    if (!(error instanceof BootError)) throw error;
    return [null, wrong("roster", error.message)];
  }
}

/** The channels of a surface that projects are bound to, without its name. */
const channelsOf = (config: Config | null, surface: string): readonly string[] =>
  (config?.projects ?? [])
    .flatMap(({ channels }) => channels)
    .filter((channel) => channel.startsWith(`${surface}:`))
    .map((channel) => channel.slice(surface.length + 1));

async function discord(settings: Settings, config: Config | null): Promise<readonly Finding[]> {
  if (settings.DISCORD_TOKEN === undefined) return [fine("discord", "off (no DISCORD_TOKEN)")];
  const { checkDiscord } = await import("../../adapters/discord/check.ts");
  const where = { token: settings.DISCORD_TOKEN, apiUrl: settings.DISCORD_API_URL };
  return checkDiscord({ ...where, channels: channelsOf(config, "discord") });
}

/** What speaks MCP is loaded only where the config names a server. */
async function servers(
  settings: Settings,
  given: { readonly config: Config | null; readonly roster: Roster | null },
): Promise<readonly Finding[]> {
  if (Object.keys(given.config?.mcp ?? {}).length === 0) return [];
  return (await import("./mcp.ts")).checkServers(settings, given);
}

async function slack(settings: Settings, config: Config | null): Promise<readonly Finding[]> {
  if (settings.SLACK_BOT_TOKEN === undefined) return [fine("slack", "off (no SLACK_BOT_TOKEN)")];
  const { checkSlack } = await import("../../adapters/slack/check.ts");
  return checkSlack({
    apiUrl: settings.SLACK_API_URL,
    botToken: settings.SLACK_BOT_TOKEN,
    appToken: settings.SLACK_APP_TOKEN ?? null,
    channels: channelsOf(config, "slack"),
  });
}

async function find(what: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { what, problem: null, detail: await look() };
  } catch (error) {
    if (!(error instanceof BootError)) throw error;
    return { what, problem: error.message, detail: "" };
  }
}

function writable(folder: string): string {
  const path = resolve(folder);
  const nearest = existsSync(path) ? path : dirname(path);
  try {
    accessSync(nearest, constants.W_OK);
    return path;
  } catch {
    throw new BootError(
      `${nearest} can't be written. Give yourself the right, or point NOVA_HOME at a folder of yours.`,
    );
  }
}
