// What a call costs. Budgets stop spending by these figures, so what is not known is counted at the highest known
// price, never at zero. Source: Anthropic's published price list (platform.claude.com, about-claude/pricing).
import type { Usage } from "../../src/pack.ts";

/** US dollars per million tokens. */
export type Price = {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
};
/** Token counts as the API reports them: cached ones are not part of `input`. */
export type Tokens = {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
};

const per = (input: number, output: number, cacheRead = input / 10): Price => ({
  input,
  output,
  cacheRead,
  cacheWrite: input * 1.25,
});

const highest = per(15, 75);
const known: Readonly<Record<string, Price>> = {
  "fable-5-1": per(10, 50, 0.25),
  "mythos-5-1": per(10, 50, 0.25),
  "fable-5": per(10, 50),
  "mythos-5": per(10, 50),
  "opus-5-5": per(4, 20, 0.2),
  "opus-5": per(5, 25),
  "opus-4-8": per(5, 25),
  "opus-4-7": per(5, 25),
  "opus-4-6": per(5, 25),
  "opus-4-5": per(5, 25),
  "sonnet-5-5": per(2, 10, 0.1),
  "sonnet-5": per(2, 10),
  "sonnet-4-6": per(3, 15),
  "sonnet-4-5": per(3, 15),
  "sonnet-4": per(3, 15),
  // Its price depends on the prompt's length; this is the upper one.
  "haiku-5-5": per(0.5, 2.5),
  "haiku-4-5": per(1, 5),
  "3-5-haiku": per(0.8, 4),
};

/** Family name without vendor prefix, date and revision: `us.anthropic.claude-opus-4-5-20251101-v1:0` is `opus-4-5`. */
const familyOf = (model: string): string | null =>
  /claude-(?<family>[a-z0-9-]+?)(?:[-@]\d{8})?(?:-latest|-v\d.*)?$/.exec(model)?.groups?.["family"] ?? null;

/** `own` prices, by exact model id, go first; an unknown model costs as much as the dearest known one. */
export function priceOf(model: string, own: Readonly<Record<string, Price>> = {}): Price {
  return own[model] ?? known[familyOf(model) ?? ""] ?? highest;
}

/** These think before they answer, and what they think counts against `max_tokens`. */
export const isThinking = (model: string): boolean =>
  /^(?:fable|mythos|(?:opus|sonnet|haiku)-5)/.test(familyOf(model) ?? "");

export function toUsage(tokens: Tokens, price: Price): Usage {
  const millionths =
    tokens.input * price.input +
    tokens.output * price.output +
    tokens.cacheRead * price.cacheRead +
    tokens.cacheWrite * price.cacheWrite;
  return {
    inputTokens: tokens.input + tokens.cacheRead + tokens.cacheWrite,
    outputTokens: tokens.output,
    dollars: millionths / 1_000_000,
  };
}
