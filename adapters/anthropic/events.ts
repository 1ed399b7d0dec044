// The door for what the endpoint streams: server-sent events, parsed. Kinds that are not known are skipped, as the
// API asks of its clients; a known kind in the wrong shape is an answer that can't be read.
import { z } from "zod";

const count = z.number().nonnegative().nullish();
const WireUsage = z.object({
  input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
});
export type WireUsage = z.infer<typeof WireUsage>;

const WireBlock = z.object({
  type: z.string(),
  text: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
  input: z.unknown().optional(),
  thinking: z.string().optional(),
  signature: z.string().optional(),
  data: z.string().optional(),
});
const Delta = z.object({
  type: z.string(),
  text: z.string().optional(),
  partial_json: z.string().optional(),
  thinking: z.string().optional(),
  signature: z.string().optional(),
});

const WireEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message_start"), message: z.object({ usage: WireUsage.nullish() }) }),
  z.object({ type: z.literal("content_block_start"), index: z.number(), content_block: WireBlock }),
  z.object({ type: z.literal("content_block_delta"), index: z.number(), delta: Delta }),
  z.object({ type: z.literal("content_block_stop"), index: z.number() }),
  z.object({
    type: z.literal("message_delta"),
    delta: z.object({ stop_reason: z.string().nullish() }),
    usage: WireUsage.nullish(),
  }),
  z.object({ type: z.literal("message_stop") }),
  z.object({
    type: z.literal("error"),
    error: z.object({ type: z.string().catch("api_error"), message: z.string().catch("") }),
  }),
]);
export type WireEvent = z.infer<typeof WireEvent>;

const known: ReadonlySet<string> = new Set([
  "message_start",
  "content_block_start",
  "content_block_delta",
  "content_block_stop",
  "message_delta",
  "message_stop",
  "error",
]);
const Named = z.object({ type: z.string() });

/** Null: nothing to do (a ping, a kind of a later API). Throws SyntaxError or ZodError on what can't be read. */
export function parseWireEvent(data: string): WireEvent | null {
  if (data === "") return null;
  const event: unknown = JSON.parse(data);
  return known.has(Named.parse(event).type) ? WireEvent.parse(event) : null;
}
