// One method of Slack's Web API as one POST. The SDK's client queues, copies and redacts each call for its log; posts and
// edits are nearly all that Nova sends, need none of it, and take a third of the time this way. What goes wrong is thrown
// as the SDK throws it, so that there is one reading of it.
import { WebAPIPlatformError, WebAPIRateLimitedError } from "@slack/web-api";
import { Agent, request } from "undici";
import { z } from "zod";
import { wholeWithin } from "./whole-call.ts";

export type LeanCall = (
  method: string,
  args: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

const Reply = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

/** `limitMs`: how long a whole call may take. */
export function createLeanCall(settings: {
  readonly botToken: string;
  readonly apiUrl: string;
  readonly limitMs: number;
}): LeanCall {
  const { botToken, apiUrl, limitMs } = settings;
  const pool = new Agent({ headersTimeout: limitMs, bodyTimeout: limitMs });
  const base = apiUrl.endsWith("/") ? apiUrl : `${apiUrl}/`;
  const headers = {
    authorization: `Bearer ${botToken}`,
    "content-type": "application/json; charset=utf-8",
    accept: "application/json",
  };
  return async (method, args) => {
    const body = JSON.stringify(args);
    const { response, text } = await wholeWithin(limitMs, async (signal) => {
      const options = { method: "POST", headers, body, dispatcher: pool, signal } as const;
      const response = await request(`${base}${method}`, options);
      return { response, text: await response.body.text() };
    });
    if (response.statusCode === 429) throw limited(response.headers["retry-after"]);
    if (response.statusCode !== 200) throw new Error(`Slack answered with HTTP ${response.statusCode}`);
    const reply = parsed(text);
    if (!reply.ok) throw new WebAPIPlatformError({ ...reply, error: reply.error ?? "unknown", ok: false });
    return reply;
  };
}

function limited(retryAfter: string | string[] | undefined): Error {
  const seconds = Number(retryAfter ?? Number.NaN);
  if (Number.isFinite(seconds)) return new WebAPIRateLimitedError(seconds);
  return new Error("Retry header did not contain a number of seconds");
}

function parsed(text: string): z.infer<typeof Reply> {
  try {
    return Reply.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error("Slack's answer can't be read", { cause });
  }
}
