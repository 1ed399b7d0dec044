// One connection to one server through the official SDK, which lists and calls tools and does nothing else: Nova offers
// a server no sampling, no elicitation and no roots, and refuses each such request in one sentence.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { ErrorCode, ListToolsResultSchema, McpError } from "@modelcontextprotocol/sdk/types.js";
import type { JSONRPCRequest, Notification } from "@modelcontextprotocol/sdk/types.js";
import type { JsonObject } from "../../src/ports.ts";
import { clean, cleanTexts } from "../../src/secrets.ts";
import type { Redact } from "../../src/secrets.ts";
import { CallResult, toAnswer } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { ServerTool } from "./manifest.ts";
import { withoutOwn } from "./transport.ts";
import type { Way } from "./transport.ts";
import { foreign } from "./words.ts";

export type Session = {
  /** False once the server has gone or was closed; it never comes back. */
  readonly isOpen: () => boolean;
  readonly tools: (signal: AbortSignal) => Promise<readonly ServerTool[]>;
  /** Throws when no answer came: whether the tool ran is then unknown. */
  readonly call: (tool: string, args: JsonObject, signal: AbortSignal) => Promise<Answer>;
  readonly close: () => Promise<void>;
};
export type SessionEvents = {
  /** The server asked for something that Nova gives to no server. */
  readonly onRefused: (method: string) => void;
  /** The server says that its tools are others now. */
  readonly onChanged: () => void;
};

const most = { pages: 20, tools: 300, told: 5 };
/** Above every deadline of Nova's own: those are kept by the signal, on Nova's clock. */
const neverMs = 600_000;

/** Throws when the server can't be reached or does not speak the protocol; nothing is left running then. */
export async function openSession(
  { transport, secrets, end, redact: known }: Way & { readonly redact: Redact },
  events: SessionEvents,
  signal: AbortSignal,
): Promise<Session> {
  const { redact, said } = cleaned((text) => known(withoutOwn(text, secrets)));
  const client = new Client({ name: "nova", version: "1" }, { capabilities: {} });
  let isOpen = true;
  const gone = Promise.withResolvers<void>();
  const refused = new Set<string>();
  Object.assign(client, {
    onclose: () => {
      isOpen = false;
      gone.resolve();
    },
    fallbackRequestHandler: async ({ method }: JSONRPCRequest) => refuse(redact(method), refused, events),
    fallbackNotificationHandler: async ({ method }: Notification) => {
      if (method === "notifications/tools/list_changed") events.onChanged();
    },
  });
  const close = async (): Promise<void> => {
    isOpen = false;
    await end(client, gone.promise);
  };
  try {
    await said(client.connect(transport, { signal, timeout: neverMs }));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    isOpen: () => isOpen,
    tools: async (signal) =>
      (await said(listTools(client, signal))).map((tool) => ServerTool.parse(cleanTexts(tool, redact))),
    call: async (name, args, signal) => said(call(client, { name, arguments: args }, { signal, redact })),
    close,
  };
}

/** A server may send back what it was given, and what else it found; nobody needs to read it, not in an error either. */
const cleaned = (redact: Redact) => ({
  redact,
  said: async <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((thrown: unknown) => {
      throw clean(thrown, redact);
    }),
});

/** Told once for each kind of request, and a few kinds at most: a server can't fill the journal by asking. */
function refuse(method: string, told: Set<string>, events: SessionEvents): never {
  if (!told.has(method) && told.size < most.told) {
    told.add(method);
    events.onRefused(method);
  }
  const sentence = `Nova gives servers no ${foreign(method, 60)}: take everything you need as arguments of a tool.`;
  throw new McpError(ErrorCode.MethodNotFound, sentence);
}

async function listTools(client: Client, signal: AbortSignal): Promise<readonly ServerTool[]> {
  const tools: ServerTool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < most.pages; page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    const result = await client.request({ method: "tools/list", params }, ListToolsResultSchema, {
      signal,
      timeout: neverMs,
    });
    tools.push(...result.tools.map((tool) => ServerTool.parse(tool)));
    if (tools.length > most.tools) throw new Error(`the server lists more than ${most.tools} tools`);
    const names = new Set(tools.map(({ name }) => name));
    if (names.size < tools.length) throw new Error("the server lists two tools of one name");
    if (result.nextCursor === undefined) return tools;
    cursor = result.nextCursor;
  }
  throw new Error(`the server's list of tools has more than ${most.pages} pages`);
}

type Called = { readonly signal: AbortSignal; readonly redact: Redact };
async function call(
  client: Client,
  params: { readonly name: string; readonly arguments: JsonObject },
  { signal, redact }: Called,
): Promise<Answer> {
  const result = await client.request({ method: "tools/call", params: { ...params } }, CallResult, {
    signal,
    timeout: neverMs,
  });
  return toAnswer(result, redact);
}
