// One configured server over its whole life: connected when needed, its list of tools read again before every use and
// compared with what the owner accepted. A tool that differs is switched off, and that is said once for each change.
import { withDeadline } from "../../src/deadline.ts";
import type { McpServerConfig } from "../../src/erp/mcp-config.ts";
import type { Clock, JsonObject, ToolServerStanding } from "../../src/ports.ts";
import type { Answer } from "./answer.ts";
import { differencesOf, wayHash } from "./manifest.ts";
import type { Pins, ServerTool } from "./manifest.ts";
import type { PinFile } from "./pins.ts";
import { openSession } from "./session.ts";
import type { Session } from "./session.ts";
import { acceptWords, standingOf } from "./standing.ts";
import type { Seen } from "./standing.ts";
import type { Redact } from "../../src/secrets.ts";
import { createWay } from "./transport.ts";
import type { Environment } from "./transport.ts";
import { inert } from "./words.ts";

export type ServerOptions = {
  readonly name: string;
  readonly config: McpServerConfig;
  readonly pins: PinFile;
  readonly clock: Clock;
  readonly environment: Environment;
  /** Takes Nova's secrets out of what the server says. */
  readonly redact: Redact;
  /** What an operator should know: a failure, a change, a request that was refused. */
  readonly onNews: (server: string, sentence: string) => void;
  /** What is held may be something else now. */
  readonly onMoved: () => void;
};
export type Usable =
  | { readonly kind: "usable"; readonly call: (args: JsonObject, signal: AbortSignal) => Promise<Answer> }
  /** One sentence: what is switched off, why, and how to accept it. */
  | { readonly kind: "off"; readonly why: string };
export type McpServer = {
  readonly name: string;
  readonly config: McpServerConfig;
  /** Connects where it is not connected, reads everything again. Never throws: what went wrong is its standing. */
  readonly look: () => Promise<void>;
  /** The tool as it is at this moment. Throws when the server can't be reached. */
  readonly use: (tool: string) => Promise<Usable>;
  readonly pinned: () => Pins | null;
  readonly offered: () => readonly ServerTool[] | null;
  readonly standing: () => ToolServerStanding;
  readonly close: () => Promise<void>;
};

const lookDeadlineMs = 8_000;
type Life = ServerOptions & {
  session: Session | null;
  seen: Seen;
  opening: Promise<Session> | null;
  rereading: Promise<unknown> | null;
  isClosed: boolean;
};

export function createMcpServer(options: ServerOptions): McpServer {
  const life: Life = {
    ...options,
    session: null,
    seen: { kind: "connecting" },
    opening: null,
    rereading: null,
    isClosed: false,
  };
  return {
    name: life.name,
    config: life.config,
    look: async () => {
      await readAgain(life).catch(() => undefined);
    },
    use: async (tool) => use(life, tool),
    pinned: () => (life.seen.kind === "read" ? life.seen.pins : null),
    offered: () => (life.seen.kind === "read" ? life.seen.tools : null),
    standing: () => standingOf(life, life.seen),
    close: async () => {
      life.isClosed = true;
      await life.opening?.catch(() => undefined);
      await life.session?.close();
      life.session = null;
      life.seen = { kind: "stopped" };
    },
  };
}

/** The list as it is now. Throws, with the failure as its standing, when the server can't be reached in time. */
async function readAgain(life: Life): Promise<readonly ServerTool[]> {
  try {
    const pins = life.pins.read();
    const tools = await withDeadline({ clock: life.clock, afterMs: lookDeadlineMs }, async (signal) => {
      const session = await sessionOf(life, signal);
      // Only a list: a connection that has ended unnoticed, or a session that the server forgot, is made anew once.
      return session.tools(signal).catch(async (error: unknown) => {
        if (signal.aborted) throw error;
        return (await open(life, signal)).tools(signal);
      });
    });
    settle(life, { kind: "read", tools, pins, way: wayHash(life.config) });
    return tools;
  } catch (error) {
    const why = inert(error instanceof Error ? error.message : String(error), 200);
    settle(life, { kind: "failed", why });
    throw error;
  }
}

/** Whoever comes while it is being opened waits for the same one. */
async function sessionOf(life: Life, signal: AbortSignal): Promise<Session> {
  if (life.isClosed) throw new Error("Nova is stopping");
  if (life.session?.isOpen() === true) return life.session;
  life.opening ??= open(life, signal).finally(() => {
    life.opening = null;
  });
  return life.opening;
}

async function open(life: Life, signal: AbortSignal): Promise<Session> {
  const { name, config, environment, clock, redact, onNews } = life;
  await life.session?.close();
  life.session = null;
  const session = await openSession(
    { ...createWay(config, environment, clock), redact },
    {
      onRefused: (method) =>
        onNews(
          name,
          `The server ${name} asked Nova for ${inert(method, 60)}, which no server gets; it was refused.`,
        ),
      onChanged: () => {
        // One look at a time, however often the server calls for it.
        life.rereading ??= readAgain(life)
          .catch(() => undefined)
          .finally(() => {
            life.rereading = null;
          });
      },
    },
    signal,
  );
  life.session = session;
  return session;
}

function settle(life: Life, seen: Seen): void {
  if (life.isClosed) return;
  const was = life.seen;
  const before = standingOf(life, was);
  life.seen = seen;
  const now = standingOf(life, seen);
  const isSame = before.state === now.state && before.detail === now.detail;
  if (isSame && acceptedAt(was) === acceptedAt(seen)) return;
  life.onMoved();
  if (now.state === "failed" || now.state === "changed")
    life.onNews(life.name, `MCP server ${now.name}: ${now.detail}`);
}

const acceptedAt = (seen: Seen): number | null =>
  seen.kind === "read" ? (seen.pins?.acceptedAt ?? null) : null;

async function use(life: Life, tool: string): Promise<Usable> {
  const tools = await readAgain(life);
  const { name, config } = life;
  const pins = life.seen.kind === "read" ? life.seen.pins : null;
  const off = (words: string): Usable => ({
    kind: "off",
    why: `The tool ${inert(tool, 64)} of the server ${name} is switched off: ${words}. Nothing was done. ${acceptWords(name)}`,
  });
  if (pins !== null && pins.way !== wayHash(config))
    return off("the config names another program or address than was accepted");
  const difference = differencesOf(pins, tools).find((found) => found.tool === tool);
  if (difference !== undefined) return off(difference.words);
  if (!tools.some((found) => found.name === tool)) return off("its server does not offer it");
  const { session } = life;
  if (session === null) throw new Error(`the connection to ${name} is gone`);
  return { kind: "usable", call: async (args, signal) => session.call(tool, args, signal) };
}
