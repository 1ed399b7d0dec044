// What the engine asks of a model. The port hides the vendor; it never hides why a reply ended.
import type { Json, JsonObject } from "./erp.ts";
import type { Usage } from "../pack.ts";

/** `inputSchema` is JSON Schema (draft 2020-12) made from zod; `examples` are requests that want this tool. */
export type ToolSpec = {
  readonly name: string;
  readonly kind: "reader" | "effect" | "reply";
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly examples: readonly string[];
};

export type ToolCall = { readonly id: string; readonly name: string; readonly input: Json };
/** An image that came with the person's words; `data` is base64. */
export type ModelImage = {
  readonly name: string;
  readonly mediaType: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
  readonly data: string;
};
export type ModelMessage =
  | { readonly role: "user"; readonly text: string; readonly images?: readonly ModelImage[] }
  | { readonly role: "assistant"; readonly text: string; readonly calls: readonly ToolCall[] }
  | {
      readonly role: "tools";
      readonly results: readonly {
        readonly callId: string;
        readonly text: string;
        readonly isError: boolean;
      }[];
    };

export type ModelRequest = {
  /** Stable prefix (instructions, contract): cached by vendors that can. */
  readonly instructions: string;
  /** The context pack as labelled data; changes from turn to turn. */
  readonly context: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ToolSpec[];
  /** What can't be called here although the agent has it elsewhere, and what to say when it is asked for. */
  readonly withheld?: readonly { readonly tool: ToolSpec; readonly why: string }[];
  /** `tool`: some tool must be called; `auto`: plain text is allowed too. */
  readonly toolChoice: "auto" | "tool";
  readonly maxTokens: number;
};

export type ModelReply = {
  readonly text: string;
  /** Only complete calls: a call cut off by the token limit is never in here. */
  readonly calls: readonly ToolCall[];
  readonly stop: "end" | "tools" | "max_tokens" | "refusal";
  readonly usage: Usage;
};

export type ModelOptions = {
  /** Total deadline and cancellation. */
  readonly signal: AbortSignal;
  /** The person-visible text so far, as it grows. Null when nobody watches. */
  readonly onText: ((soFar: string) => void) | null;
  /** Pays for every request that goes out; a model that costs nothing leaves it alone. */
  readonly purse: Purse;
};

/** Where the money for requests comes from: the most that one can cost is set aside before it goes out. */
export type Purse = {
  /** Resolves once it is durable. Rejects with `budget.spent` when it does not fit: then the request is not made. */
  readonly reserve: (highestDollars: number) => Promise<Reservation>;
};
/** To be settled exactly once, as soon as it is known: what the request has cost, or null where nobody said. */
export type Reservation = { readonly settle: (dollars: number | null) => void };

export interface Model {
  /** E.g. `offline` or the vendor's model id. */
  readonly id: string;
  /** False for the offline model: it extracts and says so, and no evaluation counts it as a language model. */
  readonly isLanguageModel: boolean;
  /** Throws a NovaFailure of kind `model.down`, `model.refused`, `model.cut` or `model.late`, or what the purse threw; never retries an answer that began. */
  generate(request: ModelRequest, options: ModelOptions): Promise<ModelReply>;
}
