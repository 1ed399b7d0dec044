// The rules of POST /v1/messages, as the real API enforces them: a request that it would refuse is refused here,
// with the same kind of sentence.
import { z } from "zod";

const cache = z
  .object({ type: z.literal("ephemeral"), ttl: z.enum(["5m", "1h"]).optional() })
  .strict()
  .nullish();
const Text = z
  .strictObject({ type: z.literal("text"), text: z.string(), cache_control: cache })
  .refine(({ text }) => text.trim() !== "", "text content blocks must contain non-whitespace text");
const identifier = z.string().regex(/^[a-zA-Z0-9_-]+$/);
const toolName = z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/);
const ToolUse = z.strictObject({
  type: z.literal("tool_use"),
  id: identifier,
  name: toolName,
  input: z.record(z.string(), z.unknown()),
  cache_control: cache,
});
const ToolResult = z.strictObject({
  type: z.literal("tool_result"),
  tool_use_id: identifier,
  content: z.union([z.string(), z.array(Text)]).optional(),
  is_error: z.boolean().optional(),
  cache_control: cache,
});
const Thinking = z.strictObject({
  type: z.literal("thinking"),
  thinking: z.string(),
  signature: z.string().min(1),
});
const RedactedThinking = z.strictObject({ type: z.literal("redacted_thinking"), data: z.string().min(1) });

const imageBytes = 5 * 1024 * 1024;
/** The first bytes in base64, by what they are said to be. */
const imageStarts = {
  "image/png": "iVBORw0KGgo",
  "image/jpeg": "/9j/",
  "image/gif": "R0lGOD",
  "image/webp": "UklGR",
} as const;
const Image = z.strictObject({
  type: z.literal("image"),
  source: z
    .strictObject({
      type: z.literal("base64"),
      media_type: z.enum(["image/png", "image/jpeg", "image/gif", "image/webp"]),
      data: z.base64().max(imageBytes, "image exceeds 5 MB maximum"),
    })
    .refine(
      ({ data, media_type: type }) => data.startsWith(imageStarts[type]),
      "Image does not match the provided media type",
    ),
  cache_control: cache,
});

const UserTurn = z.strictObject({
  role: z.literal("user"),
  content: z.union([
    z.string().refine((text) => text.trim() !== "", "user messages must have non-empty content"),
    z.array(z.union([Text, Image, ToolResult])).min(1),
  ]),
});
const AssistantTurn = z.strictObject({
  role: z.literal("assistant"),
  content: z.union([z.string(), z.array(z.union([Text, ToolUse, Thinking, RedactedThinking])).min(1)]),
});

const Tool = z.strictObject({
  name: toolName,
  description: z.string().optional(),
  input_schema: z.looseObject({
    type: z.literal("object"),
    properties: z.record(z.string(), z.unknown()).optional(),
    required: z.array(z.string()).optional(),
  }),
  cache_control: cache,
});

const Body = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.number().int().min(1),
  stream: z.boolean().optional(),
  system: z.union([z.string(), z.array(Text).min(1)]).optional(),
  messages: z.array(z.discriminatedUnion("role", [UserTurn, AssistantTurn])).min(1),
  tools: z.array(Tool).min(1).optional(),
  tool_choice: z
    .discriminatedUnion("type", [
      z.strictObject({
        type: z.enum(["auto", "any", "none"]),
        disable_parallel_tool_use: z.boolean().optional(),
      }),
      z.strictObject({
        type: z.literal("tool"),
        name: toolName,
        disable_parallel_tool_use: z.boolean().optional(),
      }),
    ])
    .optional(),
  temperature: z.number().min(0).max(1).optional(),
  stop_sequences: z.array(z.string()).optional(),
});
export type MessagesBody = z.infer<typeof Body>;

/** The body, or the sentence with which it is refused. */
export function parseMessagesBody(
  text: string,
): { readonly body: MessagesBody } | { readonly refusal: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { refusal: "The request body is not valid JSON." };
  }
  const parsed = Body.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { refusal: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid"}` };
  }
  const refusal = ruleBroken(parsed.data);
  return refusal === null ? { body: parsed.data } : { refusal };
}

function ruleBroken(body: MessagesBody): string | null {
  const names = (body.tools ?? []).map(({ name }) => name);
  if (new Set(names).size < names.length) return "tools: Tool names must be unique.";
  if (body.tool_choice !== undefined && names.length === 0) return "tool_choice: requires tools.";
  if (body.messages[0]?.role !== "user") return 'messages: first message must use the "user" role';
  return (
    body.messages.map((_, index) => turnBroken(body.messages, index)).find((why) => why !== null) ?? null
  );
}

function turnBroken(messages: MessagesBody["messages"], index: number): string | null {
  const [before, message] = [messages[index - 1], messages[index]];
  if (message === undefined) return null;
  if (before?.role === message.role) return `messages.${String(index)}: roles must alternate`;
  const called = before?.role === "assistant" ? idsOf(before, "tool_use") : [];
  const answered = message.role === "user" ? idsOf(message, "tool_result") : [];
  const open = called.find((id) => !answered.includes(id));
  if (open !== undefined)
    return `messages.${String(index)}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open}`;
  const stray = answered.find((id) => !called.includes(id));
  if (stray !== undefined)
    return `messages.${String(index)}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}`;
  if (index === messages.length - 1 && message.role === "assistant" && idsOf(message, "tool_use").length > 0)
    return `messages.${String(index)}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after`;
  return isResultsFirst(message) ? null : `messages.${String(index)}: tool_result blocks must come first`;
}

function idsOf(
  message: MessagesBody["messages"][number],
  type: "tool_use" | "tool_result",
): readonly string[] {
  if (typeof message.content === "string") return [];
  return message.content.flatMap((block) => {
    if (block.type !== type) return [];
    return block.type === "tool_use" ? [block.id] : block.type === "tool_result" ? [block.tool_use_id] : [];
  });
}

function isResultsFirst(message: MessagesBody["messages"][number]): boolean {
  if (message.role === "assistant" || typeof message.content === "string") return true;
  const firstText = message.content.findIndex(({ type }) => type === "text" || type === "image");
  const lastResult = message.content.findLastIndex(({ type }) => type === "tool_result");
  return lastResult === -1 || firstText === -1 || lastResult < firstText;
}
