// How Nova talks to Slack's SDKs: one place for the settings that keep them from retrying, pausing or sharing options.
// Every client gets a fresh options object, because Slack's socket client writes into the one it is given.
import { LogLevel } from "@slack/bolt";
import type { Logger } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import type { WebClientOptions } from "@slack/web-api";
import { keepAliveFetch } from "../../src/surfaces/keep-alive.ts";
import { createUpload } from "./files-out.ts";
import { createLeanCall } from "./lean-call.ts";
import type { LeanCall } from "./lean-call.ts";

/** Where the adapter says what an operator should know. Never contains a token. */
export type Report = (level: "info" | "warn" | "error", words: string) => void;

export function clientOptions(apiUrl: string, timeoutMs: number, logger: Logger): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    fetch: keepAliveFetch,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  };
}

export type Clients = {
  /** Posts and edits. */
  readonly posts: LeanCall;
  readonly reads: WebClient;
  /** Brings the bytes of a file to the address that Slack gave for it. */
  readonly upload: (url: string, bytes: Buffer) => Promise<void>;
  /** People are looked up before an acknowledgement is due, so this one gives up early. */
  readonly people: WebClient;
};

export function createClients(settings: {
  readonly botToken: string;
  readonly apiUrl: string;
  readonly logger: Logger;
}): Clients {
  const create = (timeoutMs: number) =>
    new WebClient(settings.botToken, clientOptions(settings.apiUrl, timeoutMs, settings.logger));
  return {
    posts: createLeanCall({ ...settings, limitMs: 10_000 }),
    reads: create(10_000),
    upload: createUpload({ ...settings, limitMs: 10_000 }),
    people: create(1_500),
  };
}

/** Slack's SDKs log every failed request as an error; for Nova those are outcomes, told where they matter. */
export function createLogger(report: Report): Logger {
  const words = (parts: readonly unknown[]): string =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" ");
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts: unknown[]) => report("info", `slack sdk: ${words(parts)}`),
    error: (...parts: unknown[]) => report("warn", `slack sdk: ${words(parts)}`),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
