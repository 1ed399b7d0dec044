// JSON over HTTP to an ERP. A request is sent once and never again: what became of it when no answer came is for
// whoever sent it to find out by reading back.
import { withDeadline } from "../deadline.ts";
import type { Clock } from "../ports.ts";
import { ErpFault } from "./fault.ts";
import { createLane } from "./lane.ts";

export type ErpRequest = {
  readonly method: "GET" | "POST" | "PUT";
  /** Below the base URL, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
};
export type ErpAnswer = { readonly status: number; readonly body: unknown };
export type ErpHttp = (request: ErpRequest) => Promise<ErpAnswer>;
export type ErpHttpOptions = {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** The ERP as a person calls it, for the sentence that says it did not answer. */
  readonly product: string;
};

const deadlineMs = 30_000;
/** More at once only queue up inside an ERP that has a handful of workers. */
const atOnce = 4;

/** Throws ErpFault "transport" when nothing, or no JSON, came back; any status with JSON is an answer. */
export function createErpHttp(options: ErpHttpOptions): ErpHttp {
  const lane = createLane(atOnce);
  return async (request) =>
    lane(async () => {
      const { signal: within } = request;
      const limit = {
        clock: options.clock,
        afterMs: deadlineMs,
        ...(within === undefined ? {} : { within }),
      };
      return withDeadline(limit, async (signal) => send(options, { ...request, signal }));
    });
}

async function send(
  { baseUrl, headers, product }: ErpHttpOptions,
  { method, path, body, signal }: ErpRequest & { readonly signal: AbortSignal },
): Promise<ErpAnswer> {
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        accept: "application/json",
        ...headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A write that is sent on to another address would be sent twice.
      redirect: "manual",
      signal,
    });
    return { status: response.status, body: parsed(await response.text(), response.status, product) };
  } catch (cause) {
    if (cause instanceof ErpFault) throw cause;
    throw new ErpFault("transport", `${product} did not answer: ${reasonOf(cause)}.`, { cause });
  }
}

function parsed(text: string, status: number, product: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // A door in front of the ERP speaks HTML; what it says with these is a no of its own, not silence.
    if ([401, 403, 404, 413, 429].includes(status)) return null;
    throw new ErpFault("transport", `${product} answered with HTTP ${status} and no JSON.`, { cause });
  }
}

/** Node's fetch says only "fetch failed"; why is in its cause. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error ? thrown.cause.message || thrown.message : thrown.message;
}
