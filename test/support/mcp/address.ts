// The notes server at an address on this machine, over streamable HTTP. It knows its clients by a bearer token.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createNotesServer } from "./notes.ts";
import type { Shelf } from "./shelf.ts";

export const notesToken = "notes-token-4711";
export type NotesAddress = {
  readonly url: string;
  readonly sessions: () => number;
  readonly close: () => Promise<void>;
};

export async function openNotes(shelf: Shelf, port = 0): Promise<NotesAddress> {
  const transports = new Map<string, StreamableHTTPServerTransport>();
  const server = createServer((request, response) => void serve(request, response));
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers.authorization !== `Bearer ${notesToken}`) return void response.writeHead(401).end();
    const id = request.headers["mcp-session-id"];
    const known = typeof id === "string" ? transports.get(id) : undefined;
    const transport = known ?? (await begin(shelf, transports, () => server.closeAllConnections()));
    await transport.handleRequest(request, response);
  };
  await new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${bound}/mcp`,
    sessions: () => transports.size,
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function begin(
  shelf: Shelf,
  transports: Map<string, StreamableHTTPServerTransport>,
  die: () => void,
): Promise<StreamableHTTPServerTransport> {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => void transports.set(id, transport),
    onsessionclosed: (id) => void transports.delete(id),
  });
  await createNotesServer(shelf, die).connect(transport);
  return transport;
}
