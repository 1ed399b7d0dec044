// `check`: says what is wrong and how to mend it, before anything runs. Each line is one thing; exit 1 when any is wrong.
import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { systemWorld } from "../boot.ts";
import { BootError } from "../boot-error.ts";
import { loadConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { loadRoster } from "../roster.ts";
import type { Settings } from "../settings.ts";

type Finding = { readonly what: string; readonly problem: string | null; readonly detail: string };

export async function check(settings: Settings): Promise<number> {
  const { agentsFolder } = systemWorld(createLog(settings, false));
  const findings = [
    await find("config", async () => {
      const config = await loadConfig(settings.NOVA_CONFIG);
      return `${config.people.length} people, ${config.projects.length} projects, ${Object.keys(config.erps).length} ERPs`;
    }),
    await find("roster", async () => `${(await loadRoster(agentsFolder)).entries.length} agents`),
    await find("data folder", async () => writable(settings.NOVA_HOME)),
    await find("model", async () =>
      settings.ANTHROPIC_API_KEY === undefined ? "offline (no ANTHROPIC_API_KEY)" : settings.NOVA_MODEL,
    ),
    await find("discord", async () =>
      settings.DISCORD_TOKEN === undefined
        ? "off (no DISCORD_TOKEN)"
        : ask(
            `${settings.DISCORD_API_URL}/v10/users/@me`,
            { authorization: `Bot ${settings.DISCORD_TOKEN}`, "user-agent": "DiscordBot (nova, 1)" },
            "DISCORD_TOKEN",
          ),
    ),
    await find("slack", async () =>
      settings.SLACK_BOT_TOKEN === undefined
        ? "off (no SLACK_BOT_TOKEN)"
        : askSlack(settings.SLACK_API_URL, settings.SLACK_BOT_TOKEN),
    ),
  ];
  for (const { what, problem, detail } of findings)
    process.stdout.write(`${problem === null ? "✓" : "✗"} ${what}: ${problem ?? detail}\n`);
  return findings.every(({ problem }) => problem === null) ? 0 : 1;
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

const deadlineMs = 10_000;

async function ask(url: string, headers: Record<string, string>, setting: string): Promise<string> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(deadlineMs) }).catch(() => null);
  if (response === null)
    throw new BootError(`${new URL(url).host} can't be reached. Check the network and the address.`);
  if (response.status === 401)
    throw new BootError(`The platform refuses ${setting}. Copy the token again from the developer page.`);
  if (!response.ok) throw new BootError(`${new URL(url).host} answered ${response.status}. Try again later.`);
  return "the token is accepted";
}

async function askSlack(apiUrl: string, token: string): Promise<string> {
  const response = await fetch(`${apiUrl}/auth.test`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/x-www-form-urlencoded" },
    body: "",
    signal: AbortSignal.timeout(deadlineMs),
  }).catch(() => null);
  if (response === null)
    throw new BootError(`${new URL(apiUrl).host} can't be reached. Check the network and SLACK_API_URL.`);
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === "object" && body !== null && "ok" in body && body.ok === true)
    return "the bot token is accepted";
  const error =
    typeof body === "object" && body !== null && "error" in body
      ? String(body.error)
      : `status ${response.status}`;
  throw new BootError(
    `Slack refuses SLACK_BOT_TOKEN (${error}). Copy it again from OAuth & Permissions, or reinstall the app.`,
  );
}
