// Asks Slack whether Nova could work there: both tokens, every scope, and every configured channel. Reads only; of the
// app-level token a connection's ticket is asked for and left unused.
import { z } from "zod";
import { fine, listed, wrong } from "../../src/finding.ts";
import type { Finding } from "../../src/finding.ts";
import { neededScopes } from "./scopes.ts";

export type CheckOptions = {
  readonly apiUrl: string;
  readonly botToken: string;
  /** Null: events come over HTTP. */
  readonly appToken: string | null;
  /** `T1/C1`, without the surface. */
  readonly channels: readonly string[];
};
type Answer = { readonly body: z.infer<typeof Reply>; readonly scopes: readonly string[] };

const deadlineMs = 10_000;
const Reply = z.looseObject({
  ok: z.boolean().default(false),
  error: z.string().default("no readable answer"),
  team_id: z.string().optional(),
  needed: z.string().optional(),
});

export async function checkSlack(options: CheckOptions): Promise<readonly Finding[]> {
  const { apiUrl, botToken, appToken, channels } = options;
  const identity = await ask("auth.test", { apiUrl, token: botToken }).catch(() => null);
  if (identity === null)
    return [wrong("slack", `${new URL(apiUrl).host} can't be reached. Check the network and SLACK_API_URL.`)];
  if (!identity.body.ok) {
    const mend = "Copy it again from OAuth & Permissions, or reinstall the app.";
    return [wrong("slack", `Slack refuses SLACK_BOT_TOKEN (${identity.body.error}). ${mend}`)];
  }
  const team = identity.body.team_id ?? "";
  const findings = [fine("slack", "the bot token is accepted"), scopesOf(identity.scopes)];
  if (appToken !== null) findings.push(await appTokenOf(options, appToken));
  for (const channel of channels) findings.push(await channelOf(options, team, channel));
  return findings;
}

function scopesOf(granted: readonly string[]): Finding {
  const missing = Object.entries(neededScopes).filter(([scope]) => !granted.includes(scope));
  if (missing.length === 0)
    return fine("slack scopes", `all ${Object.keys(neededScopes).length} are granted`);
  const names = listed(missing.map(([scope, use]) => `${scope} (to ${use})`));
  return wrong(
    "slack scopes",
    `Missing: ${names}. Add them under OAuth & Permissions, Bot Token Scopes, then reinstall the app.`,
  );
}

async function appTokenOf({ apiUrl }: CheckOptions, appToken: string): Promise<Finding> {
  const { body } = await ask("apps.connections.open", { apiUrl, token: appToken });
  if (body.ok) return fine("slack app token", "opens sockets");
  const mend =
    body.error === "missing_scope" ? "Give it connections:write" : "Make a new one with connections:write";
  return wrong(
    "slack app token",
    `Slack refuses SLACK_APP_TOKEN (${body.error}). ${mend} under Basic Information, App-Level Tokens.`,
  );
}

const mends: Readonly<Record<string, string>> = {
  not_in_channel: "Nova is not in it. Type /invite @Nova there.",
  channel_not_found:
    "Nova can't see it: it does not exist, or is private and without Nova. Compare the id, or type /invite @Nova there.",
  missing_scope: "Nova may not read it. Add the missing scope named above, then reinstall the app.",
};

async function channelOf(options: CheckOptions, team: string, place: string): Promise<Finding> {
  const what = `slack channel ${place}`;
  const [workspace = "", channel = ""] = place.split("/");
  if (workspace !== team)
    return wrong(
      what,
      `The token belongs to the workspace ${team}. Write slack:${team}/${channel} in the config.`,
    );
  // What Nova does there first of all; looking the channel itself up would need one more scope.
  const args = { channel, limit: "1" };
  const { body } = await ask("conversations.history", { ...options, token: options.botToken, args });
  if (body.ok) return fine(what, "Nova is in it");
  return wrong(what, mends[body.error] ?? `Slack says ${body.error}. Try again later.`);
}

type Question = {
  readonly apiUrl: string;
  readonly token: string;
  readonly args?: Readonly<Record<string, string>>;
};

async function ask(method: string, { apiUrl, token, args = {} }: Question): Promise<Answer> {
  const response = await fetch(`${apiUrl.replace(/\/$/u, "")}/${method}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(args).toString(),
    signal: AbortSignal.timeout(deadlineMs),
  });
  const body = Reply.catch({ ok: false, error: `status ${response.status}` }).parse(
    await response.json().catch(() => null),
  );
  const scopes = (response.headers.get("x-oauth-scopes") ?? "").split(",").map((scope) => scope.trim());
  return { body, scopes };
}
