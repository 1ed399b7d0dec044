// The Events API over HTTP: signed requests to one request URL, 3 s to a 2xx, retry headers, no-retry header,
// at most two redirects. A timed-out request stays open while its retry is on the way, as with the real Slack.

import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { stringify } from "node:querystring";
import type { Ledger, Settings, Timers } from "./core.ts";
import type { AttemptResult, Carrier, Delivery } from "./deliveries.ts";
import type { World } from "./world.ts";

/** A request as hostile as a test wants it. Everything left out is done right. */
export interface ForgedRequest {
  body: string;
  contentType?: string;
  secret?: string;
  skewSeconds?: number;
  without?: "signature" | "timestamp";
  /** Replaces the body after signing. */
  tamperedBody?: string;
  headers?: Record<string, string>;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

export interface HttpCarrier extends Carrier {
  forge: (forged: ForgedRequest) => Promise<HttpAnswer>;
  close: () => void;
}

interface Parts {
  url: string;
  settings: Settings;
  ledger: Ledger;
  timers: Timers;
  world: World;
}

const form = "application/x-www-form-urlencoded";

function encode(delivery: Delivery): { body: string; contentType: string } {
  if (delivery.kind === "events_api") {
    return { body: JSON.stringify(delivery.payload), contentType: "application/json" };
  }
  if (delivery.kind === "interactive") {
    return { body: stringify({ payload: JSON.stringify(delivery.payload) }), contentType: form };
  }
  const fields: Record<string, string> = {};
  for (const [key, value] of Object.entries(delivery.payload)) fields[key] = String(value);
  return { body: stringify(fields), contentType: form };
}

export function createHttpCarrier({ url, settings, ledger, timers, world }: Parts): HttpCarrier {
  const agent = new Agent({ keepAlive: true });

  const post = async (to: string, forged: ForgedRequest): Promise<HttpAnswer> => {
    const timestamp = String(Math.floor(Date.now() / 1000) + (forged.skewSeconds ?? 0));
    const hmac = createHmac("sha256", forged.secret ?? world.signingSecret);
    const signature = `v0=${hmac.update(`v0:${timestamp}:${forged.body}`).digest("hex")}`;
    const body = forged.tamperedBody ?? forged.body;
    const headers = {
      "content-type": forged.contentType ?? "application/json",
      "content-length": String(Buffer.byteLength(body)),
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      ...(forged.without === "timestamp" ? {} : { "x-slack-request-timestamp": timestamp }),
      ...(forged.without === "signature" ? {} : { "x-slack-signature": signature }),
      ...forged.headers,
    };
    ledger.record({ kind: "http.out", name: to, body, headers });
    const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
    const sent = request(to, { method: "POST", agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const status = answer.statusCode ?? 0;
        ledger.record({ kind: "http.back", name: to, status, body: text, headers: answer.headers });
        resolve({ status, headers: answer.headers, body: text });
      });
    });
    sent.on("error", reject);
    sent.end(body);
    return promise;
  };

  const follow = async (forged: ForgedRequest): Promise<HttpAnswer> => {
    let to = url;
    for (let hops = 0; hops <= 2; hops += 1) {
      const answer = await post(to, forged);
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status > 399 || typeof location !== "string") return answer;
      to = new URL(location, to).href;
    }
    throw new Error("too_many_redirects");
  };

  const judge = (answer: HttpAnswer): AttemptResult => {
    if (answer.status >= 200 && answer.status < 300) {
      if (answer.body === "") return { acked: true };
      const isJson = String(answer.headers["content-type"]).startsWith("application/json");
      const response: unknown = isJson ? JSON.parse(answer.body) : { text: answer.body };
      return { acked: true, response };
    }
    return { acked: false, reason: "http_error", noRetry: answer.headers["x-slack-no-retry"] === "1" };
  };

  return {
    async attempt(delivery) {
      const { promise, resolve } = Promise.withResolvers<AttemptResult>();
      const stop = timers.afterAwake(settings.times.ackMs, () =>
        resolve({ acked: false, reason: "http_timeout" }),
      );
      const retry =
        delivery.attempt === 0
          ? {}
          : { "x-slack-retry-num": String(delivery.attempt), "x-slack-retry-reason": delivery.reason ?? "" };
      follow({ ...encode(delivery), headers: retry }).then(
        (answer) => resolve(judge(answer)),
        (error: unknown) => {
          const isLoop = error instanceof Error && error.message === "too_many_redirects";
          resolve({ acked: false, reason: isLoop ? "too_many_redirects" : "connection_failed" });
        },
      );
      const result = await promise;
      stop();
      return result;
    },
    forge: async (forged) => post(url, forged),
    close() {
      agent.destroy();
    },
  };
}
