// The HTTP side every route shares: authentication, user agent, buckets and 429s, faults, the log, and errors in
// Discord's shape. What a route means is written in its own file; this one only decides whether it is reached.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { multipartProblem } from "./attachments.ts";
import type { Faults, How } from "./faults.ts";
import type { Recorder } from "./recorder.ts";
import { Refusal } from "./refusal.ts";
import type { Settings } from "./settings.ts";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `/channels/:channel/messages/:message` */
  readonly pattern: string;
  /** Callback and webhook routes carry their own token and stand outside the global limit. */
  readonly isOpen?: boolean;
  readonly handle: (call: Call) => Reply;
}

export interface RestParts {
  readonly settings: Settings;
  readonly recorder: Recorder;
  readonly faults: Faults;
  readonly token: { readonly value: string; valid: boolean };
  readonly routes: readonly Route[];
  /** Whatever lies beside the API; true when it answered. */
  readonly serveFile: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface Limits {
  /** The next calls of a matching route get a 429 with this wait, until it has passed. */
  block(rule: {
    readonly match: string;
    readonly ms: number;
    readonly scope?: "user" | "shared" | "global";
  }): void;
  /** Every call gets the bare page of an address ban: no header of Discord's. */
  banned: boolean;
}

interface Bucket {
  left: number;
  resetAtMs: number;
}

interface Read {
  readonly body: unknown;
  readonly raw: string;
  readonly files: Call["files"];
  /** What is wrong with the parts of a multipart form; null: nothing, or it is none. */
  readonly formProblem: Refusal | null;
}

export function createRest(parts: RestParts): { readonly server: Server; readonly limits: Limits } {
  const { settings, recorder, faults, token } = parts;
  const buckets = new Map<string, Bucket>();
  const blocks: { match: string; untilMs: number; scope: string }[] = [];
  const state = { globalStamps: [] as number[], had401: false };
  const limits: Limits = {
    banned: false,
    block: (rule) =>
      void blocks.push({ match: rule.match, untilMs: Date.now() + rule.ms, scope: rule.scope ?? "user" }),
  };

  const limited = (call: Call, route: Route): { headers: Headers; refusal: Answer | null } => {
    const key = `${route.method} ${route.pattern} ${call.params["channel"] ?? call.params["token"] ?? ""}`;
    const nowMs = Date.now();
    let bucket = buckets.get(key);
    if (bucket === undefined || bucket.resetAtMs <= nowMs) {
      bucket = { left: settings.bucketLimit, resetAtMs: nowMs + settings.bucketWindowMs };
      buckets.set(key, bucket);
    }
    const block = blocks.find((b) => b.untilMs > nowMs && `${call.method} ${call.path}`.startsWith(b.match));
    const isGlobal = route.isOpen !== true && tooManyGlobally(state.globalStamps, settings);
    const isSpent = bucket.left <= 0;
    const resetAtMs = block?.untilMs ?? bucket.resetAtMs;
    const headers = bucketHeaders({
      key,
      limit: settings.bucketLimit,
      left: Math.max(0, bucket.left - 1),
      resetAtMs,
    });
    if (block === undefined && !isGlobal && !isSpent) {
      bucket.left -= 1;
      return { headers, refusal: null };
    }
    if (isSpent)
      recorder.violate(
        "house",
        "exhausted-bucket",
        `${call.method} ${call.path} called an exhausted bucket.`,
      );
    const scope = block?.scope ?? (isGlobal ? "global" : "user");
    const seconds = isGlobal ? 1 : Math.max(0.001, (resetAtMs - nowMs) / 1000);
    return { headers, refusal: tooMany(seconds, { scope, headers }) };
  };

  type Found = { route: Route; request: IncomingMessage; formProblem: Refusal | null };
  const answer = (call: Call, found: Found): Answer => {
    const { route, request } = found;
    if (limits.banned)
      return {
        status: 429,
        headers: { "content-type": "text/html" },
        body: "<html>You are being rate limited</html>",
      };
    const form = formRefusal(request) ?? found.formProblem;
    if (form !== null) return refused(form, {});
    if (route.isOpen !== true) {
      if (state.had401 && !token.valid)
        recorder.violate("house", "call-after-401", `${call.method} ${call.path} after a 401.`);
      if (!token.valid || request.headers.authorization !== `Bot ${token.value}`) {
        state.had401 = true;
        return { status: 401, headers: {}, body: { message: "401: Unauthorized", code: 0 } };
      }
      state.had401 = false;
    }
    const { headers, refusal } = limited(call, route);
    if (refusal !== null) return refusal;
    try {
      const reply = route.handle(call);
      return { status: reply.status, headers, body: reply.body };
    } catch (error) {
      if (error instanceof Refusal) return refused(error, headers);
      throw error;
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const path = url.pathname.replace(/^\/api\/v10/, "");
    const method = request.method ?? "GET";
    const read = await readBody(request);
    recorder.write("request", `${method} ${path}`, { body: read.body });
    const finish = (out: Answer) => {
      recorder.write("response", `${method} ${path}`, { status: out.status, body: out.body });
      write(response, out);
    };
    const found = url.pathname.startsWith("/api/v10/") ? findRoute(parts.routes, method, path) : null;
    if (found === null || "status" in found) {
      recorder.violate("platform", "unknown-route", `${method} ${url.pathname}`);
      return finish({
        status: found?.status ?? 404,
        headers: {},
        body: { message: "404: Not Found", code: 0 },
      });
    }
    const call: Call = {
      method,
      path,
      params: found.params,
      query: url.searchParams,
      body: read.body,
      files: read.files,
    };
    const strike = faults.take(call);
    const asked: Found = { route: found.route, request, formProblem: read.formProblem };
    if (strike === null) return finish(answer(call, asked));
    const stored = strike.when === "after" || isDelay(strike.how) ? answer(call, asked) : null;
    recorder.write("event", `fault ${describe(strike.how)}`, { body: `${method} ${path}` });
    return fail({ request, response, how: strike.how, stored, finish });
  };

  const server = createServer((request, response) => {
    if (parts.serveFile(request, response)) return;
    serve(request, response).catch((error: unknown) => {
      recorder.violate(
        "platform",
        "fake-broke",
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
      response.destroy();
    });
  });
  return { server, limits };
}

type Headers = { readonly [name: string]: string };

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

interface Failing {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly how: How;
  /** The answer of a call that was carried out. */
  readonly stored: Answer | null;
  readonly finish: (out: Answer) => void;
}

const isDelay = (how: How): how is { readonly delayMs: number } =>
  typeof how === "object" && "delayMs" in how;
const describe = (how: How) => (typeof how === "string" ? how : JSON.stringify(how));

function fail({ request, response, how, stored, finish }: Failing): void {
  if (how === "hang") return;
  if (how === "reset") return void request.socket.resetAndDestroy();
  if (how === "close") return void request.socket.end();
  if (how === "html")
    return finish({
      status: 200,
      headers: { "content-type": "text/html" },
      body: "<html>maintenance</html>",
    });
  if (how === "stall") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    return void response.write('{"id":');
  }
  if (how === "truncate") {
    response.writeHead(200, { "content-type": "application/json" });
    return void response.end('{"id":"12');
  }
  if ("delayMs" in how)
    return void setTimeout(() => finish(stored ?? { status: 500, headers: {}, body: {} }), how.delayMs);
  return finish({
    status: how.status,
    headers: how.headers ?? {},
    body: how.body ?? { message: `${how.status}`, code: 0 },
  });
}

function write(response: ServerResponse, out: Answer): void {
  if (out.status === 204) return void response.writeHead(204, out.headers).end();
  const isText = typeof out.body === "string";
  const text = typeof out.body === "string" ? out.body : JSON.stringify(out.body ?? {});
  response.writeHead(out.status, {
    "content-type": isText ? "text/html" : "application/json",
    ...out.headers,
  });
  response.end(text);
}

function refused(refusal: Refusal, headers: Headers): Answer {
  return { status: refusal.status, headers, body: refusal.toBody() };
}

function tooManyGlobally(stamps: number[], settings: Settings): boolean {
  const nowMs = Date.now();
  while (stamps[0] !== undefined && stamps[0] <= nowMs - 1000) stamps.shift();
  if (stamps.length >= settings.globalPerSecond) return true;
  stamps.push(nowMs);
  return false;
}

function bucketHeaders(of: { key: string; limit: number; left: number; resetAtMs: number }): Headers {
  return {
    "x-ratelimit-bucket": Buffer.from(of.key.split(" ").slice(0, 2).join(" ")).toString("hex").slice(0, 32),
    "x-ratelimit-limit": `${of.limit}`,
    "x-ratelimit-remaining": `${of.left}`,
    "x-ratelimit-reset": (of.resetAtMs / 1000).toFixed(3),
    "x-ratelimit-reset-after": (Math.max(0, of.resetAtMs - Date.now()) / 1000).toFixed(3),
  };
}

function tooMany(seconds: number, how: { readonly scope: string; readonly headers: Headers }): Answer {
  const isGlobal = how.scope === "global";
  return {
    status: 429,
    headers: {
      ...how.headers,
      "x-ratelimit-remaining": "0",
      "retry-after": seconds.toFixed(3),
      "x-ratelimit-scope": how.scope,
      ...(isGlobal ? { "x-ratelimit-global": "true" } : {}),
    },
    body: { message: "You are being rate limited.", retry_after: seconds, global: isGlobal },
  };
}

function formRefusal(request: IncomingMessage): Refusal | null {
  if (!(request.headers["user-agent"] ?? "").startsWith("DiscordBot ("))
    return new Refusal(400, 50035, { message: "Invalid user agent" });
  const type = request.headers["content-type"];
  const isFine =
    type === undefined || type.startsWith("application/json") || type.startsWith("multipart/form-data");
  return isFine ? null : new Refusal(400, 50035, { message: "Expected a JSON or multipart body" });
}

function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Call["params"] } | { status: 405 } | null {
  let isKnown = false;
  for (const route of routes) {
    const params = matchPattern(route.pattern, path);
    if (params !== null && route.method === method) return { route, params };
    isKnown ||= params !== null;
  }
  return isKnown ? { status: 405 } : null;
}

function matchPattern(pattern: string, path: string): { [name: string]: string } | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: { [name: string]: string } = {};
  for (const [at, part] of wanted.entries()) {
    const value = decodeURIComponent(given[at] ?? "");
    if (part.startsWith(":")) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

async function readBody(request: IncomingMessage): Promise<Read> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data"))
    return {
      body: parseJson(bytes.toString("utf8")),
      raw: bytes.toString("utf8"),
      files: [],
      formProblem: null,
    };
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const files: { name: string; text: string }[] = [];
  const fields: string[] = [];
  let body: unknown;
  for (const [name, value] of form) {
    if (name === "payload_json") body = parseJson(typeof value === "string" ? value : "");
    else if (typeof value !== "string") {
      fields.push(name);
      files.push({ name: value.name, text: await value.text() });
    }
  }
  return { body, raw: "", files, formProblem: multipartProblem({ body, fields, size: bytes.length }) };
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
