// What went wrong with one request, as a member of Nova's closed list, and whether asking again makes sense.
// The operator's detail never holds the key: endpoints like to echo it.
import { APIConnectionError, APIConnectionTimeoutError, APIError } from "@anthropic-ai/sdk";
import type { FailureKind } from "../../src/failures.ts";
import { NovaFailure } from "../../src/failures.ts";

export type Fault = {
  readonly failure: NovaFailure;
  readonly isPassing: boolean;
  /** What the endpoint asked us to wait; null: it did not say. */
  readonly retryAfterMs: number | null;
};

const passingStatus: ReadonlySet<number> = new Set([408, 409, 429, 500, 502, 503, 504, 529]);
const passingTypes: ReadonlySet<string> = new Set([
  "overloaded_error",
  "rate_limit_error",
  "api_error",
  "timeout_error",
]);
const isTooLong = (words: string): boolean =>
  /too long|too large|exceed.{0,40}(?:context|token)/i.test(words);

export function fault(
  kind: FailureKind,
  detail: string,
  more: Partial<Fault> & { forPerson?: string } = {},
): Fault {
  const options = more.forPerson === undefined ? {} : { forPerson: more.forPerson };
  return {
    failure: new NovaFailure(kind, detail.slice(0, 600), options),
    isPassing: more.isPassing ?? false,
    retryAfterMs: more.retryAfterMs ?? null,
  };
}

/** An error event in the middle of the stream. */
export function toStreamFault(error: { readonly type: string; readonly message: string }): Fault {
  const detail = `The endpoint ended the answer with ${error.type}: ${error.message}`;
  return passingTypes.has(error.type) ? fault("model.down", detail, { isPassing: true }) : refused(detail);
}

/** Whatever the SDK or the parser threw. `nowMs` is for a `retry-after` that names a date. */
export function toFault(thrown: unknown, nowMs: number): Fault {
  if (thrown instanceof APIConnectionTimeoutError)
    return fault("model.late", "The endpoint did not answer in time.", { isPassing: true });
  if (thrown instanceof APIConnectionError)
    return fault("model.down", `No connection to the endpoint: ${rootCause(thrown)}`, { isPassing: true });
  if (thrown instanceof APIError) return toStatusFault(thrown, nowMs);
  if (thrown instanceof TypeError)
    return fault("model.down", `The connection broke: ${rootCause(thrown)}`, { isPassing: true });
  return fault("model.down", `The endpoint's answer can't be read: ${rootCause(thrown)}`, {
    forPerson: "The language model's answer came in a form I can't read. Your message is kept.",
  });
}

const unreachable: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** True when no model can have read the request: the endpoint refused it by its status, or was never reached. */
export function isUnasked(thrown: unknown): boolean {
  if (thrown instanceof APIError && thrown.status !== undefined) return true;
  let deepest = thrown;
  while (deepest instanceof Error && deepest.cause !== undefined) deepest = deepest.cause;
  return deepest instanceof Error && "code" in deepest && unreachable.has(String(deepest.code));
}

type StatusError = {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly apiMessage: string | null;
  readonly message: string;
};

function toStatusFault(error: StatusError, nowMs: number): Fault {
  const status = error.status ?? 0;
  const detail = `The endpoint said ${String(status)}: ${error.apiMessage ?? error.message}`;
  if (passingStatus.has(status))
    return fault("model.down", detail, { isPassing: true, retryAfterMs: retryAfterOf(error.headers, nowMs) });
  if (status === 401 || status === 403)
    return fault("model.down", `${detail} (check ANTHROPIC_API_KEY)`, {
      forPerson: "The language model does not accept Nova's key. Your message is kept.",
    });
  if (status === 404) return fault("model.down", `${detail} (check NOVA_MODEL and ANTHROPIC_BASE_URL)`);
  if (status === 413 || isTooLong(detail))
    return fault("model.cut", detail, {
      forPerson: "That is more than the language model can read at once.",
    });
  return status >= 400 && status < 500 ? refused(detail) : fault("model.down", detail);
}

const refused = (detail: string): Fault =>
  fault("model.refused", detail, { forPerson: "The language model did not accept the request." });

/** Seconds or an HTTP date; null when missing or unreadable. */
function retryAfterOf(headers: Headers | undefined, nowMs: number): number | null {
  const value = headers?.get("retry-after")?.trim() ?? "";
  if (value === "") return null;
  const seconds = Number(value);
  const waitMs = Number.isNaN(seconds) ? Date.parse(value) - nowMs : seconds * 1000;
  return Number.isNaN(waitMs) ? null : Math.max(0, waitMs);
}

function rootCause(thrown: unknown): string {
  let deepest = thrown;
  while (deepest instanceof Error && deepest.cause !== undefined) deepest = deepest.cause;
  return deepest instanceof Error ? deepest.message || deepest.name : String(deepest);
}
