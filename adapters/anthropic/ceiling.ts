// The most that one request can cost, known before it goes out. Tokens are bounded, not guessed: byte-level tokenizers
// make no more tokens than bytes, and what the endpoint has once counted itself is known from then on.
import type { MessageCreateParamsStreaming } from "@anthropic-ai/sdk/resources/messages";
import { canonicalHash } from "../../src/canonical.ts";
import type { Price, Tokens } from "./prices.ts";

export type Ceiling = {
  /** US dollars. */
  readonly of: (params: MessageCreateParamsStreaming) => number;
  /** What the endpoint counted for such a request: the part that stays the same can't be more than the whole was. */
  readonly learn: (params: MessageCreateParamsStreaming, tokens: Tokens) => void;
};

/** What the API adds by itself for tools, and around each message. */
const overheadTokens = 1_000;
const perMessageTokens = 16;
/** No tokenizer reads more bytes as one token throughout; who reports less than that reports something else. */
const mostBytesPerToken = 6;
/** No image is read as more, whatever its size; its bytes say nothing of that. */
const perImageTokens = 6_000;
const capacity = 128;

export function createCeiling(price: Price): Ceiling {
  const known = new Map<string, number>();
  const perInput = Math.max(price.input, price.cacheRead, price.cacheWrite);
  return {
    of: (params) => {
      const { stable, key, changing } = partsOf(params);
      const input = overheadTokens + Math.min(known.get(key) ?? stable, stable) + changing;
      return (input * perInput + params.max_tokens * price.output) / 1_000_000;
    },
    learn: (params, { input, cacheRead, cacheWrite }) => {
      const counted = input + cacheRead + cacheWrite;
      if (counted === 0) return;
      const { stable, key } = partsOf(params);
      const atLeast = Math.max(counted, Math.ceil(stable / mostBytesPerToken));
      known.set(key, Math.min(atLeast, known.get(key) ?? atLeast));
      for (const oldest of known.keys()) {
        if (known.size <= capacity) break;
        known.delete(oldest);
      }
    },
  };
}

type Sizes = { readonly stable: number; readonly key: string; readonly changing: number };

function partsOf({ system, tools, messages }: MessageCreateParamsStreaming): Sizes {
  const stable = JSON.stringify([system, tools]);
  let images = 0;
  const changing = JSON.stringify(messages, (_key, value: unknown) => {
    if (!isImage(value)) return value;
    images += 1;
    return null;
  });
  return {
    stable: bytesIn(stable),
    key: canonicalHash(stable),
    changing: bytesIn(changing) + messages.length * perMessageTokens + images * perImageTokens,
  };
}

const isImage = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "type" in value && value.type === "image";

/** Some tokenizers read compatible forms instead, which may be longer: one sign of them can stand for eighteen letters. */
const bytesIn = (text: string): number =>
  Math.max(Buffer.byteLength(text), Buffer.byteLength(text.normalize("NFKC")));
