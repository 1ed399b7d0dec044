// What a failed call to Slack means for the message it carried: not sent, refused for good, or nobody knows.
// Everything not known to be certain is unclear, because a message sent twice can't be taken back.
import { z } from "zod";

export type Problem =
  | {
      readonly kind: "later";
      readonly afterMs: number;
      readonly why: string;
      /** Slack's rate limit said so; it counts posts by channel. */
      readonly limited?: "channel";
    }
  | { readonly kind: "refused"; readonly code: string; readonly why: string }
  /** The whole adapter is refused, not this message. */
  | { readonly kind: "fatal"; readonly code: string; readonly why: string }
  | { readonly kind: "unclear"; readonly why: string };

const fatalCodes = new Set([
  "not_authed",
  "invalid_auth",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "team_access_not_granted",
  "ekm_access_denied",
  "user_removed_from_team",
  "team_disabled",
  "not_allowed_token_type",
]);

const refusals = new Set([
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "no_text",
  "msg_too_long",
  "msg_blocks_too_long",
  "metadata_too_large",
  "markdown_text_conflict",
  "missing_scope",
  "no_permission",
  "message_limit_exceeded",
  "too_many_attachments",
  "user_not_in_channel",
  "cannot_dm_bot",
  "thread_not_found",
  "invalid_thread_ts",
  "invalid_arguments",
  "as_user_not_supported",
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "is_inactive",
  "expired_trigger_id",
  "exchanged_trigger_id",
  "invalid_trigger_id",
  "user_not_found",
  "user_not_visible",
  "not_enabled",
  "view_too_large",
  "hash_conflict",
]);

/** The post an edit meant can't be edited any more: say it anew. */
export const goneCodes: ReadonlySet<string> = new Set([
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "is_inactive",
]);

/** What the thread hangs on is no longer there; the channel still is. */
export const lostThreadCodes: ReadonlySet<string> = new Set(["thread_not_found", "invalid_thread_ts"]);

const unreached = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
]);
const limitWithoutHintMs = 30_000;

const PlatformError = z.object({
  code: z.literal("slack_webapi_platform_error"),
  data: z.object({
    error: z.string(),
    needed: z.string().optional(),
    response_metadata: z.object({ messages: z.array(z.string()).optional() }).optional(),
  }),
});
const RateLimited = z.object({ code: z.literal("slack_webapi_rate_limited_error"), retryAfter: z.number() });
const Caused = z.object({ code: z.string().optional(), cause: z.unknown().optional() });

export function problemOf(thrown: unknown): Problem {
  const limited = RateLimited.safeParse(thrown);
  if (limited.success) {
    return {
      kind: "later",
      afterMs: limited.data.retryAfter * 1000,
      why: "Slack limits the rate",
      limited: "channel",
    };
  }
  const refused = PlatformError.safeParse(thrown);
  if (refused.success) return platformProblem(refused.data.data);
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  if (words.startsWith("Retry header did not contain")) {
    return {
      kind: "later",
      afterMs: limitWithoutHintMs,
      why: "Slack limits the rate without saying for how long",
      limited: "channel",
    };
  }
  if (neverReached(thrown)) return { kind: "later", afterMs: 5_000, why: `Slack can't be reached: ${words}` };
  return { kind: "unclear", why: words };
}

/** Nothing can be sent with this token; what is due waits for a good one. */
export const untilMended = (why: string) => ({ kind: "later", afterMs: 60_000, why }) as const;

/** Slack's own word for why it refused a call; null: it did not answer so. */
export function codeOf(thrown: unknown): string | null {
  const refused = PlatformError.safeParse(thrown);
  return refused.success ? refused.data.data.error : null;
}

const ambiguous = new Set([
  "fatal_error",
  "internal_error",
  "service_unavailable",
  "request_timeout",
  "messaging_processing_failed",
  "update_failed",
]);
/** Slack said no, and part of it may have been done all the same. */
export const isAmbiguous = (thrown: unknown): boolean => ambiguous.has(codeOf(thrown) ?? "");

function platformProblem(data: z.infer<typeof PlatformError>["data"]): Problem {
  const { error: code, needed, response_metadata: more } = data;
  if (code === "ratelimited" || code === "rate_limited") {
    return { kind: "later", afterMs: limitWithoutHintMs, why: "Slack limits the rate", limited: "channel" };
  }
  const detail = needed ?? more?.messages?.join("; ");
  const why = detail === undefined ? `Slack said ${code}` : `Slack said ${code}: ${detail}`;
  if (fatalCodes.has(code)) return { kind: "fatal", code, why };
  if (refusals.has(code) || code.startsWith("restricted_action") || code.startsWith("invalid_blocks")) {
    return { kind: "refused", code, why };
  }
  return { kind: "unclear", why: `Slack said ${code.slice(0, 200)}` };
}

/** No connection was ever made, so nothing can have been accepted. */
function neverReached(thrown: unknown): boolean {
  let error: unknown = thrown;
  for (let depth = 0; depth < 5; depth += 1) {
    const caused = Caused.safeParse(error);
    if (!caused.success) return false;
    if (caused.data.code !== undefined && unreached.has(caused.data.code)) return true;
    error = caused.data.cause;
  }
  return false;
}
