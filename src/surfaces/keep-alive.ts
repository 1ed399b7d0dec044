// One POST over a connection that stays open. It stands in for `fetch` under the vendors' clients: for a whole body in
// and a whole or streamed answer out it takes half of fetch's time, and behaves like it towards whoever calls.
import { STATUS_CODES } from "node:http";
import { Agent, request } from "undici";
import type { Dispatcher } from "undici";

type Body = Dispatcher.ResponseData["body"];

/** Connections are kept per host, and are given up after a few idle seconds: a stale one makes a post unclear. */
const pool = new Agent();
/** A Response may not carry a body with these. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** Like `fetch`, but follows no redirect. Rejects with a TypeError whose cause says why, or with the signal's reason. */
export async function keepAliveFetch(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const { body, signal, method = "GET" } = init;
  if (typeof body !== "string" || url instanceof Request) return fetch(url, init);
  try {
    const headers = Object.fromEntries(new Headers(init.headers));
    const options = { method, headers, body, dispatcher: pool, signal: signal ?? null };
    return await toResponse(await request(url, options), signal ?? null);
  } catch (cause) {
    throw toReason(cause, signal ?? null);
  }
}

async function toResponse(
  { statusCode, headers: raw, body }: Dispatcher.ResponseData,
  signal: AbortSignal | null,
): Promise<Response> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const init = { status: statusCode, statusText: STATUS_CODES[statusCode] ?? "", headers };
  if (statusCode === 200 && headers.get("content-type")?.startsWith("text/event-stream") === true) {
    // A stream of the web's own would copy each chunk through three queues; whoever streams here only iterates.
    return Object.defineProperty(new Response(null, init), "body", { value: chunksOf(body, signal) });
  }
  const content = await body.arrayBuffer();
  return new Response(bodiless.has(statusCode) ? null : content, init);
}

async function* chunksOf(body: Body, signal: AbortSignal | null): AsyncGenerator<Uint8Array> {
  // The iterator tells whoever reads; without a listener an abort after the last read would end the process.
  body.on("error", () => undefined);
  const chunks: AsyncIterable<Uint8Array> = body;
  try {
    yield* chunks;
  } catch (cause) {
    throw toReason(cause, signal);
  }
}

/** As fetch says it: a caller's own abort by its reason, everything else as a TypeError. */
function toReason(cause: unknown, signal: AbortSignal | null): unknown {
  return signal?.aborted === true ? signal.reason : new TypeError("fetch failed", { cause });
}
