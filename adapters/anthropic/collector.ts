// Puts the pieces of one streamed message together. It keeps every block as it came, because some must be sent back
// unchanged, and knows whether anything of the answer has arrived: after that nothing is retried.
import type { ContentBlockParam } from "@anthropic-ai/sdk/resources/messages";
import type { WireEvent, WireUsage } from "./events.ts";
import type { Tokens } from "./prices.ts";
import type { TextSink } from "./text-sink.ts";

type Block = {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly data: string;
  /** Used when the endpoint sends the whole input at once. */
  readonly input: unknown;
  text: string;
  json: string;
  thinking: string;
  signature: string;
};
export type RawCall = { readonly id: string; readonly name: string; readonly input: unknown };
/** `stop` is the API's stop reason; null: the stream ended before it said why. */
export type Collected = {
  readonly text: string;
  readonly calls: readonly RawCall[];
  readonly content: readonly ContentBlockParam[];
  readonly stop: string | null;
  readonly tokens: Tokens;
};
export type Collector = {
  add(event: WireEvent): void;
  hasBegun(): boolean;
  isComplete(): boolean;
  /** What the request has cost so far; its words are counted where the API has not said it yet. Null: it has said nothing. */
  spent(): Tokens | null;
  /** Throws SyntaxError when a call's input is not JSON. */
  collected(): Collected;
};

export function createCollector(sink: TextSink | null): Collector {
  const blocks = new Map<number, Block>();
  const usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  let stop: string | null = null;
  let isComplete = false;
  let isReported = false;
  let isFinal = false;

  const count = (wire: WireUsage | null | undefined): void => {
    isReported ||= typeof wire?.input_tokens === "number";
    Object.assign(usage, toTokens(wire, usage));
  };
  return {
    hasBegun: () => blocks.size > 0,
    isComplete: () => isComplete,
    spent: () => {
      if (!isReported) return null;
      const words = isFinal ? 0 : tokensOf([...blocks.values()]);
      return { ...usage, output: Math.max(usage.output, words) };
    },
    add: (event) => {
      if (event.type === "message_start") count(event.message.usage);
      if (event.type === "message_delta") {
        count(event.usage);
        isFinal ||= typeof event.usage?.output_tokens === "number";
        stop = event.delta.stop_reason ?? stop;
      }
      if (event.type === "message_stop") isComplete = true;
      if (event.type === "content_block_start") {
        const block = toBlock(event.content_block);
        blocks.set(event.index, block);
        sink?.began(block);
        if (block.text !== "") sink?.text(block.text);
      }
      if (event.type === "content_block_delta") grow(blocks.get(event.index), event.delta, sink);
    },
    collected: () => toCollected([...blocks.values()], stop, { ...usage }),
  };
}

const toTokens = (wire: WireUsage | null | undefined, before: Tokens): Tokens => ({
  input: wire?.input_tokens ?? before.input,
  output: wire?.output_tokens ?? before.output,
  cacheRead: wire?.cache_read_input_tokens ?? before.cacheRead,
  cacheWrite: wire?.cache_creation_input_tokens ?? before.cacheWrite,
});

function toBlock(wire: Extract<WireEvent, { type: "content_block_start" }>["content_block"]): Block {
  const { type, id = "", name = "", data = "", input, text = "", thinking = "", signature = "" } = wire;
  return { type, id, name, data, input, text, json: "", thinking, signature };
}

function grow(
  block: Block | undefined,
  delta: Extract<WireEvent, { type: "content_block_delta" }>["delta"],
  sink: TextSink | null,
): void {
  if (block === undefined) return;
  if (delta.text !== undefined) {
    block.text += delta.text;
    sink?.text(delta.text);
  }
  if (delta.partial_json !== undefined) {
    block.json += delta.partial_json;
    sink?.json(delta.partial_json);
  }
  block.thinking += delta.thinking ?? "";
  block.signature += delta.signature ?? "";
}

const charactersPerToken = 4;
const tokensOf = (blocks: readonly Block[]): number =>
  Math.ceil(
    blocks.reduce((sum, { text, json, thinking }) => sum + text.length + json.length + thinking.length, 0) /
      charactersPerToken,
  );

function toCollected(blocks: readonly Block[], stop: string | null, tokens: Tokens): Collected {
  const text = blocks.filter(({ type }) => type === "text").map((block) => block.text);
  // A call cut by the token limit ends like a whole one, so calls count only when the model stopped for them.
  const calls = stop === "tool_use" ? blocks.filter(({ type }) => type === "tool_use").map(toCall) : [];
  return {
    text: text.join("").trim(),
    calls,
    content: stop === "tool_use" || stop === "pause_turn" ? blocks.flatMap(toParam) : [],
    stop,
    tokens,
  };
}

const toInput = (block: Block): unknown => (block.json === "" ? (block.input ?? {}) : JSON.parse(block.json));
const toCall = (block: Block): RawCall => ({ id: block.id, name: block.name, input: toInput(block) });

function toParam(block: Block): readonly ContentBlockParam[] {
  const { type, text, id, name, thinking, signature, data } = block;
  if (type === "text") return text.trim() === "" ? [] : [{ type, text }];
  if (type === "thinking") return [{ type, thinking, signature }];
  if (type === "redacted_thinking") return [{ type, data }];
  return type === "tool_use" ? [{ type, id, name, input: toInput(block) }] : [];
}
