// The network in front of a fake ERP, and everything that goes wrong there: answers that are lost, come late, or say OK
// where nothing happened. The fake behind it is one function of a request; what it keeps is its own.
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";

export type DoorRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
};
export type DoorReply = { readonly status: number; readonly body: unknown };
/** How the fake keeps what a request wrote: all of it, nothing (and yet it answers as if), or what it calls a half. */
export type Keeping = "all" | "nothing" | "half";
export type WriteFault =
  /** Committed, then the answer is an error or never comes. */
  | "commit-then-500"
  | "commit-then-reset"
  /** OK, and nothing was done. */
  | "silent-no-op"
  | "half"
  /** Taken, but not carried out before `release`; the answer never reaches a client that has gone. */
  | "hang";
export type ErpDoor = {
  readonly url: string;
  readonly requests: readonly DoorRequest[];
  /** How many requests could have written something. */
  readonly writes: () => number;
  /** For the next write. */
  readonly fault: (next: WriteFault) => void;
  /** From the nth request from now on the key is refused; null: it is taken again. */
  readonly refuseKeyAfter: (requests: number | null) => void;
  /** Resolves when a request hangs. */
  readonly hung: () => Promise<void>;
  /** Carries out what hangs. */
  readonly release: () => Promise<void>;
  readonly close: () => Promise<void>;
};
export type ErpBehind = {
  readonly isWrite: (request: DoorRequest) => boolean;
  /** The write that faults are for; without it, each write. */
  readonly isDeed?: (request: DoorRequest) => boolean;
  readonly handle: (request: DoorRequest, keeping: Keeping) => DoorReply;
  readonly keyRefused: DoorReply;
};

export async function startErpDoor(behind: ErpBehind): Promise<ErpDoor> {
  const requests: DoorRequest[] = [];
  let next: WriteFault | null = null;
  let keyLasts: number | null = null;
  let held: (() => void) | null = null;
  let arrived = Promise.withResolvers<void>();

  const respond = (request: DoorRequest, response: ServerResponse): void => {
    if (keyLasts !== null && keyLasts <= 0) return answer(response, behind.keyRefused);
    if (keyLasts !== null) keyLasts -= 1;
    const isDeed = behind.isWrite(request) && (behind.isDeed?.(request) ?? true);
    const fault = isDeed ? next : null;
    if (fault !== null) next = null;
    if (fault === "hang") {
      held = () => answer(response, behind.handle(request, "all"));
      return arrived.resolve();
    }
    const keeping = fault === "silent-no-op" ? "nothing" : fault === "half" ? "half" : "all";
    const reply = behind.handle(request, keeping);
    if (fault === "commit-then-reset") return void response.destroy();
    if (fault === "commit-then-500") return answer(response, { status: 500, body: { exc_type: "Oops" } });
    return answer(response, reply);
  };
  const server = createServer((incoming, response) => {
    void read(incoming).then((request) => {
      requests.push(request);
      return respond(request, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake ERP has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    writes: () => requests.filter((request) => behind.isWrite(request)).length,
    fault: (fault) => (next = fault),
    refuseKeyAfter: (count) => (keyLasts = count),
    hung: async () => arrived.promise,
    release: async () => {
      held?.();
      held = null;
      arrived = Promise.withResolvers();
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function answer(response: ServerResponse, { status, body }: DoorReply): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

async function read(incoming: IncomingMessage): Promise<DoorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  return {
    method: incoming.method ?? "GET",
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: incoming.headers,
    body: text === "" ? null : JSON.parse(text),
  };
}
