// How a test's config names the notes server, and the owner's acceptance of what it offers at that moment.
import { join } from "node:path";
import { createMcpServer, createPinFile, wayHash } from "../../../adapters/mcp/index.ts";
import { createRedaction } from "../../../src/secrets.ts";
import type { Redact } from "../../../src/secrets.ts";
import { McpServerConfig } from "../../../src/erp/mcp-config.ts";
import { systemClock } from "../../../src/clock.ts";
import { notesToken } from "./address.ts";
import type { Shelf } from "./shelf.ts";

const program = new URL("program.ts", import.meta.url).pathname;
const bound = {
  readers: ["find_notes"],
  verify: {
    create_note: { tool: "find_notes", pass: { title: "title" }, shows: { title: "title", text: "text" } },
  },
  agents: ["erp/sales", "chat/general"],
  projects: ["sweeper-parts"],
};

export const notesProgram = { ...bound, command: process.execPath, args: [program], env: ["NOTES_FOLDER"] };
export const notesAt = (url: string) => ({ ...bound, url, bearer: "NOTES_TOKEN" });

export const notesEnvironment = (shelf: Shelf): Readonly<Record<string, string>> => ({
  NOTES_FOLDER: shelf.folder,
  NOTES_TOKEN: notesToken,
});

type Given = {
  readonly home: string;
  readonly config: unknown;
  readonly shelf: Shelf;
  readonly redact?: Redact;
};

/** What `nova mcp accept notes` does, without its words. */
export async function acceptNotes({
  home,
  config: raw,
  shelf,
  redact = createRedaction({}),
}: Given): Promise<void> {
  const config = McpServerConfig.parse(raw);
  const pins = createPinFile(join(home, "mcp"), "notes");
  const environment = notesEnvironment(shelf);
  const server = createMcpServer({
    name: "notes",
    config,
    pins,
    clock: systemClock,
    environment: (name) => environment[name],
    redact,
    onNews: () => undefined,
    onMoved: () => undefined,
  });
  await server.look();
  const tools = server.offered();
  if (tools === null) throw new Error(server.standing().detail);
  pins.write({ v: 1, way: wayHash(config), acceptedAt: systemClock.now(), tools: [...tools] });
  await server.close();
}
