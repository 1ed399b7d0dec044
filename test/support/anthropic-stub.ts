// A strict double of Anthropic's Messages API on loopback. It refuses what the real one refuses, answers from a
// script or a function, breaks in the ways the real one breaks, and keeps a log. Fast enough to measure against.
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { parseMessagesBody } from "./anthropic/request.ts";
import type { MessagesBody } from "./anthropic/request.ts";
import { sse, toEvents, toMessage } from "./anthropic/reply.ts";
import type { StubReply } from "./anthropic/reply.ts";

export type { StubReply } from "./anthropic/reply.ts";
export type { MessagesBody } from "./anthropic/request.ts";

/** Where a stream breaks: after its headers, after `message_start`, or with half of the answer sent. */
export type Moment = "headers" | "start" | "middle";
export type StubFault =
  | {
      readonly fault: "status";
      readonly status: number;
      readonly retryAfter?: string;
      readonly says?: string;
      readonly html?: boolean;
    }
  | { readonly fault: "stall" | "truncate" | "reset"; readonly at: Moment; readonly reply?: StubReply }
  | { readonly fault: "error-event"; readonly at: Moment; readonly type: string; readonly reply?: StubReply }
  | { readonly fault: "malformed-event" }
  /** Accepts the request and never sends a byte. */
  | { readonly fault: "silent" }
  | { readonly fault: "hang-up" };
export type Scripted = StubReply | StubFault;
export type LoggedRequest = { readonly headers: IncomingMessage["headers"]; readonly body: MessagesBody };
export type AnthropicStub = {
  readonly url: string;
  readonly requests: readonly LoggedRequest[];
  /** Sentences with which requests were refused for their form. */
  readonly refusals: readonly string[];
  /** Answers to come, in order. When they are used up, `respond` answers; without it the stub refuses. */
  script(...next: readonly Scripted[]): void;
  /** Resolves when a stalled, or silent, request has sent all that it will. */
  stalled(): Promise<void>;
  /** Resolves when the client has hung up on a stalled or silent request. */
  abandoned(): Promise<void>;
  close(): Promise<void>;
};
export type StubOptions = {
  readonly apiKey?: string;
  readonly respond?: (body: MessagesBody) => Scripted | Promise<Scripted>;
  /** Off for measurements over many requests. */
  readonly keepsLog?: boolean;
};
type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: MessagesBody;
};

export async function startAnthropicStub(options: StubOptions = {}): Promise<AnthropicStub> {
  const requests: LoggedRequest[] = [];
  const refusals: string[] = [];
  const queue: Scripted[] = [];
  const stalls = createMoment();
  const hangUps = createMoment();
  const sockets = new Set<Socket>();

  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) =>
      refuse(response, { status: 500, type: "api_error", says: String(error) }),
    );
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const wrong = doorRefusal(request, options.apiKey);
    if (wrong !== null) return refuse(response, wrong);
    const parsed = parseMessagesBody(text);
    if ("refusal" in parsed) {
      refusals.push(parsed.refusal);
      return refuse(response, { status: 400, type: "invalid_request_error", says: parsed.refusal });
    }
    if (options.keepsLog !== false) requests.push({ headers: request.headers, body: parsed.body });
    const next = queue.shift() ?? (await options.respond?.(parsed.body));
    if (next === undefined)
      return refuse(response, {
        status: 400,
        type: "invalid_request_error",
        says: "The stub's script is over.",
      });
    const exchange = { request, response, body: parsed.body };
    if (!("fault" in next)) return answer(exchange, next);
    await breakDown(exchange, next);
    if (next.fault !== "stall" && next.fault !== "silent") return;
    response.on("close", hangUps.now);
    stalls.now();
  }

  return {
    url: urlOf(server),
    requests,
    refusals,
    script: (...next) => void queue.push(...next),
    stalled: stalls.next,
    abandoned: hangUps.next,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Something that happens from time to time; `next` waits for one that nobody waited for yet. */
function createMoment(): { readonly now: () => void; readonly next: () => Promise<void> } {
  let happened = 0;
  const waiting: (() => void)[] = [];
  return {
    now: () => {
      const first = waiting.shift();
      if (first === undefined) happened += 1;
      else first();
    },
    next: () =>
      new Promise((resolve) => {
        if (happened === 0) waiting.push(resolve);
        else {
          happened -= 1;
          resolve();
        }
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(request, "end");
  return Buffer.concat(chunks).toString("utf8");
}

/** The API's versions: the first, and the one that this SDK speaks. */
const versions: ReadonlySet<unknown> = new Set(["2023-06-01", "2026-10-21"]);

type Refusal = { readonly status: number; readonly type: string; readonly says: string };

function doorRefusal(request: IncomingMessage, apiKey: string | undefined): Refusal | null {
  if (request.method !== "POST" || request.url?.split("?")[0] !== "/v1/messages")
    return {
      status: 404,
      type: "not_found_error",
      says: `No ${request.method ?? ""} ${request.url ?? ""} here.`,
    };
  // The API takes its key under either header; two different keys are one too many.
  const keys = [request.headers["x-api-key"], request.headers.authorization?.replace(/^Bearer /, "")];
  const given = keys.filter((key) => key !== undefined);
  const [key] = given;
  if (key === undefined || given.some((other) => other !== (apiKey ?? key)))
    return { status: 401, type: "authentication_error", says: `invalid x-api-key: ${String(key)}` };
  if (!versions.has(request.headers["anthropic-version"]))
    return { status: 400, type: "invalid_request_error", says: "anthropic-version: header is required" };
  return request.headers["content-type"]?.startsWith("application/json") === true
    ? null
    : { status: 400, type: "invalid_request_error", says: "content-type: must be application/json" };
}

function refuse(
  response: ServerResponse,
  { status, type, says }: Refusal,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { "content-type": "application/json", "request-id": "req_stub", ...headers });
  response.end(JSON.stringify({ type: "error", error: { type, message: says } }));
}

const openStream = (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "request-id": "req_stub" });
  response.flushHeaders();
};

function answer({ response, body }: Exchange, reply: StubReply): void {
  if (body.stream !== true) {
    response.writeHead(200, { "content-type": "application/json", "request-id": "req_stub" });
    return void response.end(JSON.stringify(toMessage(reply, body.model)));
  }
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "request-id": "req_stub" });
  response.end(toEvents(reply, body.model).join(""));
}

async function breakDown({ request, response, body }: Exchange, fault: StubFault): Promise<void> {
  if (fault.fault === "silent") return;
  if (fault.fault === "hang-up") return void request.socket.destroy();
  if (fault.fault === "status") return refuseWith(response, fault);
  openStream(response);
  if (fault.fault === "malformed-event")
    return void response.end("event: message_start\ndata: {not json\n\n");
  const events = toEvents(fault.reply ?? { text: "half of an answer" }, body.model);
  const sent = { headers: 0, start: 2, middle: Math.ceil(events.length / 2) }[fault.at];
  await new Promise<void>((resolve) =>
    response.write(events.slice(0, sent).join("") || ":\n\n", () => resolve()),
  );
  if (fault.fault === "truncate") response.end();
  if (fault.fault === "reset") request.socket.resetAndDestroy();
  if (fault.fault === "error-event")
    response.end(sse({ type: "error", error: { type: fault.type, message: "Overloaded" } }));
}

const errorTypes: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};

function refuseWith(response: ServerResponse, fault: Extract<StubFault, { fault: "status" }>): void {
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter };
  const { status, says = "The stub was told to." } = fault;
  if (fault.html !== true)
    return refuse(response, { status, type: errorTypes[status] ?? "api_error", says }, headers);
  response.writeHead(status, { "content-type": "text/html", ...headers });
  response.end(`<html><body><h1>${says}</h1></body></html>`);
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The stub has no port.");
  return `http://127.0.0.1:${String(address.port)}`;
}
