// Opens the MCP servers of the config, once it is sure that they are bound to agents that may hold tools. What happens to
// a server later is kept as a failure, so that the operator reads it where every other failure stands.
import type { Logger } from "pino";
import { BootError } from "../boot-error.ts";
import type { Config } from "../config.ts";
import { nearestNames } from "../nearest.ts";
import type { Clock, Entropy, Erp, Journal, ToolServers } from "../ports.ts";
import type { Roster } from "../roster.ts";
import { withoutSecrets } from "../secrets.ts";
import type { Redact } from "../secrets.ts";

type Given = {
  readonly config: Pick<Config, "mcp">;
  readonly roster: Roster;
  readonly journal: Pick<Journal, "fail">;
};
type Surroundings = {
  readonly home: string;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Pick<Logger, "warn" | "error">;
  readonly environment: (name: string) => string | undefined;
  /** For whatever a server says. */
  readonly redact: Redact;
};
type Opened = { readonly erps: ReadonlyMap<string, Erp>; readonly toolServers: ToolServers };

const none = { reads: [], effects: [] };
/** Where the config names no server: nothing is loaded, and nothing is held. */
const noServers: Opened = {
  erps: new Map(),
  toolServers: { toolsFor: () => none, standing: () => [] },
};

/** Throws BootError for a server that is bound to nobody who could use it; a server that is down stops nothing. */
export async function openToolServers(given: Given, around: Surroundings): Promise<Opened> {
  const { config, roster } = given;
  if (Object.keys(config.mcp).length === 0) return noServers;
  const problems = Object.keys(config.mcp).flatMap((name) => bindingProblems(config, roster, name));
  if (problems.length > 0) throw new BootError(problems.join(" "));
  const { openMcp } = await import("../../adapters/mcp/index.ts");
  const { erps, toolServers } = await openMcp({
    ...around,
    servers: config.mcp,
    onNews: (server, sentence) => keep(given, around, { server, sentence }),
  });
  const clean = [...erps].map(([name, erp]) => [name, withoutSecrets(erp, around.redact)] as const);
  return { erps: new Map(clean), toolServers };
}

/** Why a server of the config is bound to nobody who could use its tools: a sentence each. */
export const bindingProblems = (
  { mcp }: Pick<Config, "mcp">,
  roster: Roster,
  name: string,
): readonly string[] => (mcp[name]?.agents ?? []).flatMap((agent) => problemOf(roster, name, agent));

function problemOf(roster: Roster, server: string, agent: string): readonly string[] {
  const card = roster.find(agent);
  if (card === null) {
    const near = nearestNames(
      agent,
      roster.entries.map(({ id }) => id),
    ).join(", ");
    return [`mcp.${server}.agents names "${agent}", who is no agent: the nearest are ${near}.`];
  }
  return card.role === "chat" || card.role === "erp"
    ? []
    : [`mcp.${server}.agents names "${agent}", a ${card.role} agent: only erp and chat agents hold tools.`];
}

type News = { readonly server: string; readonly sentence: string };
function keep({ journal }: Given, { clock, entropy, log }: Surroundings, { server, sentence }: News): void {
  log.warn({ server }, sentence);
  const row = {
    id: `x-${entropy(8)}`,
    turn: null,
    thread: null,
    kind: "tool.off" as const,
    person: sentence,
    operator: `MCP server ${server}`,
    at: clock.now(),
  };
  journal
    .fail(row)
    .catch((lost: unknown) => log.error({ err: lost }, "the journal could not keep what a server did"));
}
