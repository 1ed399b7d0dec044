// MCP servers of the config: connected side by side at boot, looked at again every minute, closed together. One that
// fails leaves its tools absent and says so; it stops nothing.
import { join } from "node:path";
import type { McpServerConfig } from "../../src/erp/mcp-config.ts";
import type { Clock, Erp, HeldTools, ToolServers } from "../../src/ports.ts";
import type { Redact } from "../../src/secrets.ts";
import { createConnector } from "./connector.ts";
import { createPinFile } from "./pins.ts";
import { createMcpServer } from "./server.ts";
import type { McpServer } from "./server.ts";
import { toHeldTools } from "./tools.ts";
import type { Environment } from "./transport.ts";

// What the command line needs to look at one server and to accept it.
export { differencesOf, fingerprintOf, wayHash } from "./manifest.ts";
export type { ServerTool } from "./manifest.ts";
export { createPinFile } from "./pins.ts";
export { createMcpServer } from "./server.ts";

export type McpOptions = {
  readonly servers: Readonly<Record<string, McpServerConfig>>;
  /** Nova's own folder; what was accepted lies under `mcp/`. */
  readonly home: string;
  readonly clock: Clock;
  readonly environment: Environment;
  /** Takes Nova's secrets out of what a server says. */
  readonly redact: Redact;
  readonly onNews: (server: string, sentence: string) => void;
};
export type Mcp = {
  /** By instance; deeds of theirs go through these and through nothing else. */
  readonly erps: ReadonlyMap<string, Erp>;
  readonly toolServers: ToolServers;
  /** Looks at all of them now. */
  readonly look: () => Promise<void>;
};

const lookEveryMs = 60_000;
const nothing: HeldTools = { reads: [], effects: [] };
type Held = { byServer: Map<string, HeldTools>; byPlace: Map<string, HeldTools> };

/** Resolves when each server answered or ran out of its time. */
export async function openMcp(options: McpOptions): Promise<Mcp> {
  const { clock, home, onNews } = options;
  const held: Held = { byServer: new Map(), byPlace: new Map() };
  const onMoved = (): void => {
    held.byServer = new Map();
    held.byPlace = new Map();
  };
  const servers = Object.entries(options.servers).map(([name, config]) =>
    createMcpServer({ ...options, name, config, pins: createPinFile(join(home, "mcp"), name), onMoved }),
  );
  const look = async (): Promise<void> =>
    void (await Promise.all(servers.map(async (server) => server.look())));
  const erps = servers.map((server) => createConnector(server, clock));
  await look();
  const stop = every(clock, look);
  return {
    erps: new Map(erps.map((erp) => [erp.name, { ...erp, close: async () => (stop(), erp.close()) }])),
    toolServers: {
      standing: () => servers.map((server) => server.standing()),
      toolsFor: (agent, project) => {
        const bound = servers.filter(
          ({ config }) => config.agents.includes(agent) && config.projects.includes(project),
        );
        if (bound.length === 0) return nothing;
        return placeTools({ held, clock, onNews }, bound);
      },
    },
    look,
  };
}

function every(clock: Clock, look: () => Promise<void>): () => void {
  let isOver = false;
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = clock.after(lookEveryMs, () => void again());
  };
  const again = async (): Promise<void> => {
    await look();
    if (!isOver) next();
  };
  next();
  return () => {
    isOver = true;
    cancel();
  };
}

type Place = { readonly held: Held } & Pick<McpOptions, "clock" | "onNews">;

/** The same object until something moves: prompts are kept by it. */
function placeTools(place: Place, bound: readonly McpServer[]): HeldTools {
  const { byPlace } = place.held;
  const key = bound.map(({ name }) => name).join(" ");
  const known = byPlace.get(key);
  if (known !== undefined) return known;
  const all = bound.map((server) => toolsOf(place, server));
  const made = { reads: all.flatMap(({ reads }) => reads), effects: all.flatMap(({ effects }) => effects) };
  byPlace.set(key, made);
  return made;
}

function toolsOf({ held, clock, onNews }: Place, server: McpServer): HeldTools {
  const known = held.byServer.get(server.name);
  if (known !== undefined) return known;
  const { unusable, ...made } = toHeldTools(server, clock);
  for (const words of unusable) onNews(server.name, `A tool of ${server.name} can't be used: ${words}`);
  held.byServer.set(server.name, made);
  return made;
}
