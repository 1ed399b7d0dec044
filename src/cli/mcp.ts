// `nova mcp`: what the configured MCP servers offer, how it differs from what was accepted, and the owner's acceptance.
// Everything that a server says of itself is shown quoted, with nothing hidden, before it is accepted.
import { join } from "node:path";
import {
  createMcpServer,
  createPinFile,
  differencesOf,
  fingerprintOf,
  wayHash,
} from "../../adapters/mcp/index.ts";
import type { ServerTool } from "../../adapters/mcp/index.ts";
import { BootError } from "../boot-error.ts";
import { systemClock } from "../clock.ts";
import { loadConfig } from "../config.ts";
import type { Config } from "../config.ts";
import { fine, wrong } from "../finding.ts";
import type { Finding } from "../finding.ts";
import { toOneLine } from "../markdown/visible.ts";
import type { McpServerConfig } from "../erp/mcp-config.ts";
import { nearestNames } from "../nearest.ts";
import type { Roster } from "../roster.ts";
import { redactionFor } from "../secrets.ts";
import type { Redact } from "../secrets.ts";
import type { Settings } from "../settings.ts";
import { bindingProblems } from "../erp/tool-servers.ts";
import { WrongUse } from "./wrong-use.ts";

type Offer = {
  readonly name: string;
  readonly tools: readonly ServerTool[];
  readonly text: string;
  readonly fingerprint: string;
};
/** Where it is typed: what the servers find in the environment, and where the words go. */
export type Seat = {
  readonly environment: (name: string) => string | undefined;
  readonly write: (text: string) => void;
};
type Desk = Seat & {
  readonly settings: Settings;
  readonly servers: Config["mcp"];
  /** The same that a running Nova takes out: what is accepted is what it will compare. */
  readonly redact: Redact;
};

const thisTerminal: Seat = {
  environment: (name) => process.env[name],
  write: (text) => void process.stdout.write(text),
};

/** `show [server]`, or `accept server [fingerprint]`, which refuses when what it finds is not what was shown. */
export async function mcp(
  settings: Settings,
  words: readonly string[],
  seat: Seat = thisTerminal,
): Promise<number> {
  const [verb = "show", name, fingerprint] = words;
  const config = await loadConfig(settings.NOVA_CONFIG);
  const servers = config.mcp;
  const desk: Desk = { ...seat, settings, servers, redact: redactionFor(config, process.env) };
  if (verb === "show") {
    for (const one of namesOf(servers, name)) desk.write((await look(desk, one)).text);
    return 0;
  }
  if (verb !== "accept" || name === undefined)
    throw new WrongUse(
      "The mcp command is: nova mcp show [server], or nova mcp accept <server> [fingerprint].",
    );
  for (const one of namesOf(servers, name)) accept(desk, await look(desk, one), fingerprint ?? null);
  return 0;
}

function namesOf(servers: Config["mcp"], name: string | undefined): readonly string[] {
  const names = Object.keys(servers);
  if (name === undefined) {
    if (names.length > 0) return names;
    throw new BootError("The config names no MCP server: add one under `mcp`.");
  }
  if (names.includes(name)) return [name];
  const near = nearestNames(name, names, 1)[0];
  throw new BootError(
    `There is no MCP server "${name}" in the config${near === undefined ? "." : `: did you mean "${near}"?`}`,
  );
}

const configOf = ({ servers }: Desk, name: string): McpServerConfig => {
  const config = servers[name];
  if (config === undefined) throw new BootError(`There is no MCP server "${name}" in the config.`);
  return config;
};
const pinsOf = ({ settings }: Desk, name: string): ReturnType<typeof createPinFile> =>
  createPinFile(join(settings.NOVA_HOME, "mcp"), name);

const quiet = { onNews: () => undefined, onMoved: () => undefined };
const serverOf = (desk: Desk, name: string): ReturnType<typeof createMcpServer> =>
  createMcpServer({
    ...desk,
    ...quiet,
    name,
    config: configOf(desk, name),
    pins: pinsOf(desk, name),
    clock: systemClock,
  });

/** What `check` says of the MCP servers in the config: reached, accepted, and unchanged since. Nothing is called. */
export async function checkServers(
  settings: Settings,
  { config, roster }: { readonly config: Config | null; readonly roster: Roster | null },
  { environment }: Pick<Seat, "environment"> = thisTerminal,
): Promise<readonly Finding[]> {
  const servers = config?.mcp ?? {};
  const redact = redactionFor({ erps: config?.erps ?? {}, mcp: servers }, process.env);
  const desk: Desk = { ...thisTerminal, environment, settings, servers, redact };
  return Promise.all(
    Object.keys(servers).map(async (name) => {
      const unbound = config === null || roster === null ? [] : bindingProblems(config, roster, name);
      const server = serverOf(desk, name);
      await server.look();
      const { state, detail } = server.standing();
      await server.close();
      const problems = [...unbound, ...(state === "ready" ? [] : [detail])];
      const what = `MCP server ${name}`;
      return problems.length === 0 ? fine(what, detail) : wrong(what, problems.join(" "));
    }),
  );
}

/** Connects, reads, and goes again: nothing is called. */
async function look(desk: Desk, name: string): Promise<Offer> {
  const config = configOf(desk, name);
  const pins = pinsOf(desk, name);
  const server = serverOf(desk, name);
  try {
    await server.look();
    const tools = server.offered();
    if (tools === null)
      throw new BootError(`The server ${name} can't be looked at: ${server.standing().detail}.`);
    const fingerprint = fingerprintOf(wayHash(config), tools);
    const lines = offerLines({ name, config, tools, before: pins.read() });
    const end = `  Fingerprint ${fingerprint}. What stands behind │ are the server's own words.`;
    return { name, tools, fingerprint, text: `${[...lines, end].join("\n")}\n` };
  } finally {
    await server.close();
  }
}

type Offered = {
  readonly name: string;
  readonly config: McpServerConfig;
  readonly tools: readonly ServerTool[];
  readonly before: ReturnType<ReturnType<typeof createPinFile>["read"]>;
};

function offerLines({ name, config, tools, before }: Offered): readonly string[] {
  const notes = new Map(differencesOf(before, tools).map(({ tool, words }) => [tool, words]));
  const gone = (before?.tools ?? []).filter((tool) => !tools.some((offered) => offered.name === tool.name));
  const isOther = before !== null && before.way !== wayHash(config);
  return [
    `${name}: ${config.command === undefined ? (config.url ?? "") : [config.command, ...config.args].join(" ")}`,
    ...(isOther ? ["  This is another program or address than was accepted."] : []),
    ...tools.flatMap((tool) => toolLines(tool, config.readers.includes(tool.name), notes.get(tool.name))),
    ...gone.map((tool) => `  ✗ ${toOneLine(tool.name)}: no longer offered`),
  ];
}

function toolLines(tool: ServerTool, isReader: boolean, note: string | undefined): readonly string[] {
  const mark = note === undefined ? "✓" : "!";
  return [
    `  ${mark} ${toOneLine(tool.name)} (${isReader ? "only looks" : "every call needs an approval"})${note === undefined ? "" : `: ${note}`}`,
    `    │ ${toOneLine(tool.description)}`,
    `    │ ${toOneLine(JSON.stringify(tool.inputSchema))}`,
  ];
}

function accept(desk: Desk, { name, tools, text, fingerprint }: Offer, wanted: string | null): void {
  desk.write(text);
  if (wanted !== null && wanted !== fingerprint)
    throw new BootError(
      `The server ${name} offers something else than ${wanted} now: read it again and accept ${fingerprint}, if that is right.`,
    );
  const way = wayHash(configOf(desk, name));
  pinsOf(desk, name).write({ v: 1, way, acceptedAt: systemClock.now(), tools: [...tools] });
  desk.write(`Accepted: ${tools.length} tools of ${name} as they stand above (${fingerprint}).\n`);
}
