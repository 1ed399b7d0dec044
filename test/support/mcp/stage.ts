// A connector to the notes server and what a test does with it, without a Nova around it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { openMcp } from "../../../adapters/mcp/index.ts";
import type { Mcp } from "../../../adapters/mcp/index.ts";
import { systemClock } from "../../../src/clock.ts";
import { ProjectId } from "../../../src/ids.ts";
import { createRedaction } from "../../../src/secrets.ts";
import { McpServerConfig } from "../../../src/erp/mcp-config.ts";
import type { Erp, ErpCommand, HeldTools, JsonObject, Prepared, Reported } from "../../../src/ports.ts";
import { approve } from "../../contracts/erp-suite.ts";
import { openNotes } from "./address.ts";
import type { NotesAddress } from "./address.ts";
import { acceptNotes, notesAt, notesEnvironment, notesProgram } from "./notes-config.ts";
import { createShelf } from "./shelf.ts";
import type { Shelf } from "./shelf.ts";

export type NotesStage = {
  readonly shelf: Shelf;
  readonly home: string;
  readonly news: string[];
  readonly mcp: Mcp;
  readonly erp: Erp;
  readonly address: NotesAddress | null;
  readonly config: Record<string, unknown>;
};
export type NotesWish = {
  readonly way?: "address" | "program";
  readonly accept?: boolean;
  /** Knobs that are turned before the owner accepts. */
  readonly before?: (shelf: Shelf) => void;
  readonly more?: Record<string, unknown>;
  readonly environment?: Record<string, string>;
};

export async function enterNotes({
  way = "address",
  accept = true,
  before = () => undefined,
  more = {},
  environment = {},
}: NotesWish = {}): Promise<NotesStage> {
  const shelf = createShelf();
  before(shelf);
  const home = mkdtempSync(join(tmpdir(), "nova-mcp-"));
  const address = way === "address" ? await openNotes(shelf) : null;
  const config = { ...(address === null ? notesProgram : notesAt(address.url)), ...more };
  if (accept) await acceptNotes({ home, config, shelf });
  const variables: Readonly<Record<string, string>> = { ...notesEnvironment(shelf), ...environment };
  const news: string[] = [];
  const mcp = await openMcp({
    servers: { notes: McpServerConfig.parse(config) },
    home,
    clock: systemClock,
    environment: (name) => variables[name],
    redact: createRedaction(variables),
    onNews: (_server, sentence) => void news.push(sentence),
  });
  const erp = mcp.erps.get("mcp/notes");
  if (erp === undefined) throw new Error("there is no connector for the server");
  const stage = { shelf, home, news, mcp, erp, address, config };
  return stage;
}

const project = ProjectId.parse("sweeper-parts");
export const heldBy = (stage: NotesStage, agent = "erp/sales"): HeldTools =>
  stage.mcp.toolServers.toolsFor(agent, project);
export const standing = (stage: NotesStage): string => {
  const [first] = stage.mcp.toolServers.standing();
  return `${first?.state ?? ""}: ${first?.detail ?? ""}`;
};
export const command = (op: string, args: JsonObject): ErpCommand => ({
  connector: "mcp",
  instance: "mcp/notes",
  op,
  args,
});
export const note = command("create_note", { title: "Milk", text: "two litres" });

export async function prepared(stage: NotesStage, what = note): Promise<Prepared> {
  const result = await stage.erp.prepare(what);
  if (result.kind === "refused") throw new Error(result.why);
  return result.prepared;
}
export async function refusal(stage: NotesStage, what: ErpCommand): Promise<string> {
  const result = await stage.erp.prepare(what);
  return result.kind === "refused" ? result.why : "it was prepared";
}
export const execute = async (
  stage: NotesStage,
  ready: Prepared,
  signal = new AbortController().signal,
): Promise<Reported> =>
  stage.erp.execute(approve(ready, "p-1"), ready, { actionId: "p-1", attempt: 1, signal });
export const read = async (stage: NotesStage, title: string): Promise<unknown> =>
  heldBy(stage).reads[0]?.read({ title }, { erp: null, memory: null, now: 0 });
export const deeds = (stage: NotesStage): number =>
  stage.shelf
    .calls()
    .filter(({ method, params }) => method === "tools/call" && JSON.stringify(params).includes("create_note"))
    .length;

/** Stages for a file's tests, left after each of them. */
export function useNotes(): (wish?: NotesWish) => Promise<NotesStage> {
  const open: NotesStage[] = [];
  afterEach(async () => {
    for (const stage of open.splice(0)) await leaveNotes(stage);
  });
  return async (wish = {}) => {
    const stage = await enterNotes(wish);
    open.push(stage);
    return stage;
  };
}

export async function leaveNotes(stage: NotesStage): Promise<void> {
  await stage.erp.close();
  await stage.address?.close();
  stage.shelf.remove();
  rmSync(stage.home, { recursive: true, force: true });
}
