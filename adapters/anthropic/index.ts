// The model behind Anthropic's Messages API, or any endpoint that speaks it. Hides the vendor, not why a reply ended:
// a refusal and a cut answer come back as such, everything else that goes wrong is a NovaFailure.
import Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
import { NovaFailure } from "../../src/failures.ts";
import { keepAliveFetch } from "../../src/surfaces/keep-alive.ts";
import type { Clock, Limiter, Model, ModelOptions, ModelReply, ModelRequest } from "../../src/ports.ts";
import type { Attempt, Wire } from "./attempt.ts";
import { createCeiling } from "./ceiling.ts";
import type { Collected } from "./collector.ts";
import { toParams } from "./params.ts";
import { systemClock } from "./patience.ts";
import { priceOf, toUsage } from "./prices.ts";
import type { Price } from "./prices.ts";
import { createReplies } from "./replies.ts";
import { createTextSink } from "./text-sink.ts";
import { createToolNames } from "./tool-names.ts";
import { askThrough } from "./turn.ts";

export type AnthropicModelOptions = {
  readonly apiKey: string;
  /** Null: Anthropic's own. */
  readonly baseUrl: string | null;
  readonly model: string;
  readonly limiter: Limiter;
  /** By exact model id; for endpoints with prices of their own. */
  readonly prices?: Readonly<Record<string, Price>>;
  /** A request on which nothing arrives for this long is given up. */
  readonly idleMs?: number;
  readonly clock?: Clock;
  /** Between 0 and 1; spreads the pauses between tries. */
  readonly chance?: () => number;
};

export function createAnthropicModel(options: AnthropicModelOptions): Model {
  const { apiKey, model, limiter, idleMs = 20_000, clock = systemClock, chance = Math.random } = options;
  const wire: Wire = { client: connect(options), limiter, clock, chance, idleMs };
  const price = priceOf(model, options.prices);
  const replies = createReplies();
  const ceiling = createCeiling(price);

  return {
    id: model,
    isLanguageModel: true,
    generate: async (request, asked) => {
      try {
        return await converse(request, asked);
      } catch (thrown) {
        throw thrown instanceof NovaFailure ? withoutKey(thrown, apiKey) : thrown;
      }
    },
  };

  async function converse(request: ModelRequest, asked: ModelOptions): Promise<ModelReply> {
    const names = createToolNames(request.tools);
    const sink = asked.onText === null ? null : createTextSink(asked.onText);
    const params = toParams(request, { model, names, recall: replies.recall });
    const pay: Attempt["pay"] = async (sent) => {
      const reservation = await asked.purse.reserve(ceiling.of(sent));
      return (cost) => {
        if (cost !== null) ceiling.learn(sent, cost);
        reservation.settle(cost === null ? null : toUsage(cost, price).dollars);
      };
    };
    const collected = await askThrough(wire, { params, signal: asked.signal, sink, pay });
    replies.remember(collected);
    return toReply(collected, { price, fromWire: names.fromWire });
  }
}

/** Everything the SDK would otherwise take from the environment is given or switched off. */
function connect({ apiKey, baseUrl, idleMs = 20_000 }: AnthropicModelOptions): Anthropic {
  return new Anthropic({
    apiKey,
    authToken: null,
    baseURL: baseUrl ?? "https://api.anthropic.com",
    // The SDK sends the key as a bearer token; endpoints that only speak Anthropic's dialect often want the older header.
    defaultHeaders: baseUrl === null ? {} : { "x-api-key": apiKey },
    fetch: keepAliveFetch,
    maxRetries: 0,
    // The watchdog is the one to give up; this only keeps the SDK's own from being first.
    timeout: idleMs * 2 + 60_000,
    logLevel: "off",
    openTelemetry: false,
  });
}

/** Made once: a recursive schema costs more to build than a reply costs to parse. */
const Input = z.json();
type Terms = { readonly price: Price; readonly fromWire: (name: string) => string };

function toReply(collected: Collected, { price, fromWire }: Terms): ModelReply {
  if (collected.stop === "model_context_window_exceeded")
    throw new NovaFailure("model.cut", "The model's context window is full.");
  const calls = collected.calls.map(({ id, name, input }) => ({
    id,
    name: fromWire(name),
    input: Input.parse(input),
  }));
  return { text: collected.text, calls, stop: stopOf(collected), usage: toUsage(collected.tokens, price) };
}

function stopOf({ stop, calls }: Collected): ModelReply["stop"] {
  if (stop === "max_tokens" || stop === "refusal") return stop;
  return calls.length > 0 ? "tools" : "end";
}

function withoutKey(failure: NovaFailure, apiKey: string): NovaFailure {
  if (!failure.detail.includes(apiKey)) return failure;
  const detail = failure.detail.replaceAll(apiKey, "[key]");
  return new NovaFailure(failure.kind, detail, { forPerson: failure.forPerson });
}
