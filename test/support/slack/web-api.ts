// Slack's Web API as a transport: authentication, scopes, rate limits, faults, and answers in Slack's own shape
// (HTTP 200 for platform errors). What each method does is in methods.ts and reads.ts.

import { parse } from "node:querystring";
import { isRecord, textOf } from "./core.ts";
import { playFault } from "./faults.ts";
import { fileMethods } from "./files.ts";
import { chatMethods } from "./methods.ts";
import { readMethods } from "./reads.ts";
import { streamMethods } from "./streaming.ts";
import { createTiers } from "./tiers.ts";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Ledger, Settings, Timers } from "./core.ts";
import type { FaultRule, FaultSource } from "./faults.ts";
import type { Channel, Message, Team, World } from "./world.ts";

export interface Platform {
  settings: Settings;
  ledger: Ledger;
  timers: Timers;
  world: World;
  faults: FaultSource;
  /** Reads show only what is at least this old. */
  readLagMs: () => number;
  issueSocketUrl: () => string;
  /** Tells every subscriber that a message came, changed or went. */
  announce: (channel: Channel, event: Record<string, unknown>) => void;
  announceMessage: (message: Message) => void;
  /** Uses a trigger up: what Slack says when it can't be used. */
  useTrigger: (triggerId: string) => string | undefined;
}

export interface Call {
  method: string;
  args: Record<string, unknown>;
  team: Team;
  /** Sent as a form: some methods read nothing else. */
  isForm: boolean;
}

export type Answer =
  | { ok: true; [key: string]: unknown }
  | { ok: false; error: string; [key: string]: unknown };

export interface Method {
  scope?: (call: Call, platform: Platform) => string;
  run: (call: Call, platform: Platform) => Answer;
}

const jsonFields = new Set(["blocks", "attachments", "metadata", "view", "loading_messages", "files"]);

function parseBody(request: IncomingMessage, raw: string): Record<string, unknown> | undefined {
  const type = textOf(request.headers["content-type"]).split(";")[0];
  if (type === "application/json") {
    const body: unknown = JSON.parse(raw === "" ? "{}" : raw);
    return isRecord(body) ? body : undefined;
  }
  if (type !== "application/x-www-form-urlencoded") return undefined;
  const args: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parse(raw))) {
    const text = textOf(value);
    args[key] = jsonFields.has(key) ? (JSON.parse(text) as unknown) : text;
  }
  return args;
}

export function createWebApi(platform: Platform) {
  const { settings, ledger, timers, world, faults } = platform;
  const methods: Record<string, Method> = {
    ...chatMethods,
    ...streamMethods,
    ...readMethods,
    ...fileMethods,
  };
  const isOverLimit = createTiers(settings);

  const reply = (response: ServerResponse, answer: Answer, extra: Record<string, string> = {}) => {
    if (response.destroyed) return;
    response.writeHead(200, { "content-type": "application/json; charset=utf-8", ...extra });
    response.end(JSON.stringify(answer));
  };

  const authenticate = (request: IncomingMessage, method: string): Team | string => {
    const token = /^Bearer (.+)$/.exec(textOf(request.headers.authorization))?.[1];
    if (token === undefined) return "not_authed";
    if (token.startsWith("xapp-")) {
      if (method !== "apps.connections.open") return "not_allowed_token_type";
      if (token !== world.appToken) return "invalid_auth";
      if (world.appTokenState !== "live") return world.appTokenState;
      return [...world.teams.values()][0] ?? "invalid_auth";
    }
    if (method === "apps.connections.open") return "not_allowed_token_type";
    const team = [...world.teams.values()].find((one) => one.botToken === token);
    if (team === undefined) return "invalid_auth";
    return team.tokenState === "live" ? team : team.tokenState;
  };

  const execute = (request: IncomingMessage, method: string, args: Record<string, unknown>): Answer => {
    const known = methods[method];
    if (known === undefined) {
      ledger.violate("platform", "called an unknown method", method);
      return { ok: false, error: "unknown_method", req_method: method };
    }
    const team = authenticate(request, method);
    if (typeof team === "string") return { ok: false, error: team };
    const isForm = textOf(request.headers["content-type"]).startsWith("application/x-www-form-urlencoded");
    const call: Call = { method, args, team, isForm };
    const needed = known.scope?.(call, platform);
    if (needed !== undefined && !team.scopes.has(needed)) {
      return { ok: false, error: "missing_scope", needed, provided: [...team.scopes].join(",") };
    }
    return isOverLimit({ ...call, workspace: team.id })
      ? { ok: false, error: "ratelimited" }
      : known.run(call, platform);
  };

  const respond = (response: ServerResponse, method: string, answer: Answer) => {
    ledger.record({
      kind: "response",
      name: method,
      body: answer,
      ...(answer.ok ? {} : { error: answer.error }),
    });
    if (!answer.ok && answer.error === "ratelimited") {
      response.writeHead(429, { "content-type": "application/json", "retry-after": "1" });
      response.end(JSON.stringify(answer));
    } else
      reply(response, answer, { "x-oauth-scopes": [...(world.teams.get("T1")?.scopes ?? [])].join(",") });
  };

  const breakAnswer = (response: ServerResponse, method: string, rule: FaultRule) => {
    ledger.record({ kind: "response", name: method, error: "fault", body: rule.how });
    playFault(response, rule.how, timers);
  };

  const handle = (request: IncomingMessage, response: ServerResponse, raw: string) => {
    const method = textOf(request.url).replace(/^\/api\//, "");
    if (request.method !== "POST")
      ledger.violate("platform", "used a method other than POST", request.method);
    let args: Record<string, unknown> | undefined;
    try {
      args = parseBody(request, raw);
    } catch {
      args = undefined;
    }
    if (args === undefined) {
      ledger.violate("platform", "sent a body that Slack can't read", raw.slice(0, 200));
      reply(response, { ok: false, error: "invalid_form_data" });
      return;
    }
    ledger.record({ kind: "request", name: method, body: args, headers: request.headers });
    for (const secret of [world.signingSecret, world.appToken]) {
      if (raw.includes(secret)) ledger.violate("house", "sent a secret in a body", method);
    }
    const rule = faults.draw(method, args);
    if (rule?.when === "before" && typeof rule.how === "object" && "delayMs" in rule.how) {
      const known = args;
      timers.after(rule.how.delayMs, () => respond(response, method, execute(request, method, known)));
      return;
    }
    if (rule?.when === "before") {
      breakAnswer(response, method, rule);
      return;
    }
    const answer = execute(request, method, args);
    if (rule === undefined) respond(response, method, answer);
    else if (typeof rule.how === "object" && "delayMs" in rule.how) {
      timers.after(rule.how.delayMs, () => respond(response, method, answer));
    } else breakAnswer(response, method, rule);
  };

  return (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => handle(request, response, Buffer.concat(chunks).toString("utf8")));
    request.on("error", () => response.destroy());
  };
}
