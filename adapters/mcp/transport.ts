// The way to a server: a program of its own with hardly anything of Nova's environment, or an address. And the way out:
// a program is ended by its process id, within seconds, whether it listens or not.
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { McpServerConfig } from "../../src/erp/mcp-config.ts";
import type { Clock } from "../../src/ports.ts";

export type Secret = { readonly name: string; readonly value: string };
export type Way = {
  readonly transport: Transport;
  readonly secrets: readonly Secret[];
  /** Closes the client and sees to it that nothing of the server's is left; `gone` resolves with the connection. */
  readonly end: (client: Client, gone: Promise<void>) => Promise<void>;
};
/** A variable of Nova's environment. */
export type Environment = (name: string) => string | undefined;

const shortestSecret = 6;
/** What a server was given, whatever it is called and however short. */
export const withoutOwn = (text: string, secrets: readonly Secret[]): string =>
  secrets
    .filter(({ value }) => value.length >= shortestSecret)
    .reduce((rest, { name, value }) => rest.replaceAll(value, `[secret:${name}]`), text);

const politelyMs = 500;
const firmlyMs = 1_500;

/** Throws with one sentence when a secret that the config names is not set. */
export function createWay(server: McpServerConfig, environment: Environment, clock: Clock): Way {
  const { command, args, cwd, url, env, bearer } = server;
  const secrets = [...env, ...(bearer === undefined ? [] : [bearer])].map((name) => {
    const value = environment(name);
    if (value === undefined || value === "") throw new Error(`${name} is not set in the environment`);
    return { name, value };
  });
  if (url !== undefined) return toAddress(new URL(url), secrets, clock);
  const program = new StdioClientTransport({
    command: command ?? "",
    args,
    env: Object.fromEntries(secrets.map(({ name, value }) => [name, value])),
    stderr: "ignore",
    ...(cwd === undefined ? {} : { cwd }),
  });
  const end = async (client: Client, gone: Promise<void>): Promise<void> => {
    const { pid } = program;
    const closed = client.close();
    if (pid !== null) await endProcess(pid, gone, clock);
    await closed;
  };
  return { transport: program, secrets, end };
}

function toAddress(url: URL, secrets: readonly Secret[], clock: Clock): Way {
  const [token] = secrets;
  const http = new StreamableHTTPClientTransport(url, {
    ...(token === undefined ? {} : { requestInit: { headers: { Authorization: `Bearer ${token.value}` } } }),
    // A broken stream is a failed call: nothing is resumed behind Nova's back.
    reconnectionOptions: {
      maxRetries: 0,
      initialReconnectionDelay: 1_000,
      maxReconnectionDelay: 1_000,
      reconnectionDelayGrowFactor: 1,
    },
  });
  const end = async (client: Client): Promise<void> => {
    // A server need not keep sessions, and one that has gone can't be told.
    await Promise.race([http.terminateSession().catch(() => undefined), after(clock, politelyMs)]);
    await client.close();
  };
  return { transport: http, secrets, end };
}

/** Its input has ended by now; who does not go by itself is asked, and then made to. */
async function endProcess(pid: number, gone: Promise<void>, clock: Clock): Promise<void> {
  const ends = [
    [politelyMs, "SIGTERM"],
    [firmlyMs, "SIGKILL"],
  ] as const;
  for (const [waitMs, signal] of ends) {
    const isGone = await Promise.race([gone.then(() => true), after(clock, waitMs)]);
    if (isGone === true) return;
    send(pid, signal);
  }
  await Promise.race([gone, after(clock, politelyMs)]);
}

function send(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It went on its own in the meantime.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

const after = async (clock: Clock, ms: number): Promise<void> =>
  new Promise<void>((resolve) => void clock.after(ms, resolve));
