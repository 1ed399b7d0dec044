// One call on the wire: a POST with exactly the three keys that make Tryton answer in JSON, and its answer taken apart. A
// call is sent once; what it did when no answer came is for whoever sent it to find out by reading back.
import { Agent, request } from "undici";
import { z } from "zod";
import { TrytonRefusal, TrytonWarning } from "./refusal.ts";

/** For one request. */
export const limitMs = 30_000;
/** At most so many calls at a time: one ERP serves more people than Nova. */
const connections = 4;
const Envelope = z.union([
  z.object({ error: z.tuple([z.string()], z.unknown()) }),
  z.object({ result: z.unknown() }),
]);

export type Call = {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly header?: string;
  readonly signal?: AbortSignal;
};
export type Wire = {
  readonly send: (call: Call) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

/** `url`: with the database. */
export function createWire(url: string): Wire {
  const pool = new Agent({ headersTimeout: limitMs, bodyTimeout: limitMs, connections });
  let count = 0;
  return {
    send: async ({ method, params, header, signal }) => {
      count += 1;
      // Exactly these three keys: with another one Tryton answers in another protocol.
      const body = JSON.stringify({ id: count, method, params });
      const { status, text } = await post(pool, url, { body, header, signal });
      return resultOf(status, text);
    },
    close: async () => pool.close(),
  };
}

type Posted = {
  readonly body: string;
  readonly header: string | undefined;
  readonly signal: AbortSignal | undefined;
};

async function post(
  dispatcher: Agent,
  url: string,
  { body, header, signal }: Posted,
): Promise<{ status: number; text: string }> {
  const headers = {
    "content-type": "application/json",
    ...(header === undefined ? {} : { authorization: header }),
  };
  try {
    const response = await request(url, {
      method: "POST",
      headers,
      body,
      dispatcher,
      signal: signal ?? null,
    });
    return { status: response.statusCode, text: await response.body.text() };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TrytonRefusal("transport", `Tryton at ${new URL(url).origin} did not answer: ${why}.`, {
      cause,
    });
  }
}

function resultOf(status: number, text: string): unknown {
  if (status === 401) throw new TrytonRefusal("login", "Tryton wants a new login.");
  if (status === 403) throw new TrytonRefusal("denied", "Tryton does not allow this call.");
  if (status === 429) throw new TrytonRefusal("denied", "Tryton refuses more logins for now: wait a minute.");
  const envelope = Envelope.safeParse(parsed(text));
  if (status !== 200 || !envelope.success)
    throw new TrytonRefusal("transport", `Tryton answered with HTTP ${status} and no result.`);
  if ("result" in envelope.data) return envelope.data.result;
  throw refusalOf(envelope.data.error);
}

const Words = z
  .tuple([z.string(), z.string()], z.unknown())
  .transform(([message, detail]) => (detail === "" ? message : `${message} ${detail}`));

/** Business errors come with HTTP 200: a kind, then its words. */
function refusalOf([kind, given]: readonly [string, ...unknown[]]): TrytonRefusal {
  const words = Words.safeParse(given);
  const said = words.success ? words.data : typeof given === "string" ? given : "";
  switch (kind) {
    case "UserError":
      return new TrytonRefusal("rejected", said);
    case "UserWarning":
      return warningOf(given);
    case "ConcurrencyException":
      return new TrytonRefusal("stale", "The record changed since it was read.");
    case "LoginException":
      return new TrytonRefusal("login", "Tryton wants a new login.");
    default:
      return new TrytonRefusal("fault", `Tryton failed: ${kind === "" ? "it did not say why" : kind}.`);
  }
}

const Warned = z.tuple([z.string(), z.string()], z.unknown()).transform(([question, message, ...rest]) => ({
  question,
  words: [message, ...rest].filter((text) => typeof text === "string" && text !== "").join(" "),
}));

/** A question comes with its name before its words. */
function warningOf(given: unknown): TrytonRefusal {
  const warned = Warned.safeParse(given);
  return warned.success
    ? new TrytonWarning(warned.data.question, warned.data.words)
    : new TrytonRefusal("rejected", "Tryton asks whether you are sure, and does not say of what.");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
