// What the stub answers with, and how it looks on the wire: the events of a streamed message, or the message whole.
import { randomUUID } from "node:crypto";

export type StubUsage = {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  readonly cache_read_input_tokens?: number;
  readonly cache_creation_input_tokens?: number;
};
export type StubCall = { readonly name: string; readonly input: object; readonly id?: string };
export type StubReply = {
  readonly text?: string;
  readonly thinking?: string;
  readonly calls?: readonly StubCall[];
  /** Default: `tool_use` with calls, `end_turn` without. */
  readonly stop?: string;
  readonly usage?: StubUsage;
  /** Pieces into which text and inputs are cut. */
  readonly pieces?: number;
  /** The input of the last call is cut in the middle, as the token limit does it. */
  readonly isCut?: boolean;
  /** Sent as the input of the last call instead of JSON. */
  readonly brokenInput?: string;
};
type Event = { readonly type: string } & Readonly<Record<string, unknown>>;
type Whole = {
  readonly id: string;
  readonly blocks: readonly Block[];
  readonly stop: string;
  readonly usage: Required<StubUsage>;
};
type Block = { readonly start: Readonly<Record<string, unknown>>; readonly deltas: readonly object[] };

export const sse = (event: Event): string => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** The events in order; the harness may stop after any of them. */
export function toEvents(reply: StubReply, model: string): readonly string[] {
  const whole = toWhole(reply);
  const { output_tokens: outputTokens, ...read } = whole.usage;
  const message = {
    id: whole.id,
    type: "message",
    role: "assistant",
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
  return [
    sse({ type: "message_start", message: { ...message, usage: { ...read, output_tokens: 1 } } }),
    sse({ type: "ping" }),
    ...whole.blocks.flatMap(({ start, deltas }, index) => [
      sse({ type: "content_block_start", index, content_block: start }),
      ...deltas.map((delta) => sse({ type: "content_block_delta", index, delta })),
      sse({ type: "content_block_stop", index }),
    ]),
    sse({
      type: "message_delta",
      delta: { stop_reason: whole.stop, stop_sequence: null },
      usage: { output_tokens: outputTokens },
    }),
    sse({ type: "message_stop" }),
  ];
}

export function toMessage(reply: StubReply, model: string): object {
  const { id, stop, usage } = toWhole(reply);
  return {
    id,
    type: "message",
    role: "assistant",
    model,
    content: [
      ...(reply.text === undefined ? [] : [{ type: "text", text: reply.text }]),
      ...(reply.calls ?? []).map((call) => ({
        type: "tool_use",
        id: call.id ?? callId(),
        name: call.name,
        input: call.input,
      })),
    ],
    stop_reason: stop,
    stop_sequence: null,
    usage,
  };
}

const callId = (): string => `toolu_${randomUUID().replaceAll("-", "")}`;

function toWhole(reply: StubReply): Whole {
  const { text, thinking, calls = [], pieces = 3, usage = {} } = reply;
  const thought: readonly Block[] =
    thinking === undefined
      ? []
      : [
          {
            start: { type: "thinking", thinking: "", signature: "" },
            deltas: [
              ...cut(thinking, pieces).map((piece) => ({ type: "thinking_delta", thinking: piece })),
              { type: "signature_delta", signature: "sig-of-thinking" },
            ],
          },
        ];
  const said: readonly Block[] =
    text === undefined
      ? []
      : [
          {
            start: { type: "text", text: "" },
            deltas: cut(text, pieces).map((piece) => ({ type: "text_delta", text: piece })),
          },
        ];
  return {
    id: `msg_${randomUUID()}`,
    blocks: [
      ...thought,
      ...said,
      ...calls.map((call, index) => toCall(reply, call, index === calls.length - 1)),
    ],
    stop: reply.stop ?? (calls.length > 0 ? "tool_use" : "end_turn"),
    usage: {
      input_tokens: 100,
      output_tokens: 20,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 0,
      ...usage,
    },
  };
}

function toCall(
  { pieces = 3, isCut = false, brokenInput }: StubReply,
  call: StubCall,
  isLast: boolean,
): Block {
  const whole = isLast && brokenInput !== undefined ? brokenInput : JSON.stringify(call.input);
  const json = isLast && isCut ? whole.slice(0, Math.floor(whole.length / 2)) : whole;
  return {
    start: { type: "tool_use", id: call.id ?? callId(), name: call.name, input: {} },
    deltas: cut(json, pieces).map((piece) => ({ type: "input_json_delta", partial_json: piece })),
  };
}

function cut(text: string, pieces: number): readonly string[] {
  const size = Math.max(1, Math.ceil(text.length / pieces));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}
