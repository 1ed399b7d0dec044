// The one HTTP server: health and figures, the web chat (on loopback only), and Slack's events when they come over HTTP.
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { BootError } from "./boot-error.ts";

export type HttpRoute = {
  readonly path: string;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
};
export type Listening = { readonly url: string; readonly port: number; readonly close: () => Promise<void> };
export type ServerOptions = {
  readonly app: Hono;
  readonly host: string;
  readonly port: number;
  readonly route: HttpRoute | null;
};

export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || host.startsWith("127.");

/** Port 0 takes a free one. Throws BootError when the port is taken or the address is not this machine's. */
export async function listen({ app, host, port, route }: ServerOptions): Promise<Listening> {
  const pages = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    if (route !== null && (request.url ?? "").split("?")[0] === route.path) route.handle(request, response);
    else void pages(request, response);
  });
  await bind(server, host, port);
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    port: bound,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new BootError(sentenceOf(error, host, port))),
    );
    server.listen(port, host, resolve);
  });
}

function sentenceOf(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "EADDRINUSE")
    return `Port ${port} on ${host} is in use, perhaps by another Nova. Stop that one, or set NOVA_PORT to a free port.`;
  if (error.code === "EACCES")
    return `Port ${port} needs rights that Nova does not have. Set NOVA_PORT to one above 1023.`;
  return `Nova can't listen on ${host}:${port} (${error.code ?? error.message}). Set NOVA_HOST to an address of this machine.`;
}
