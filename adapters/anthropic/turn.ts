// One turn of the model, which may pause and be taken up again; from outside it is one reply with one bill.
import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
} from "@anthropic-ai/sdk/resources/messages";
import { NovaFailure } from "../../src/failures.ts";
import { askPatiently } from "./attempt.ts";
import type { Attempt, Wire } from "./attempt.ts";
import type { Collected } from "./collector.ts";
import type { Tokens } from "./prices.ts";

const maxPauses = 3;

/** Text and tokens of all its parts, calls and stop reason of the last. */
export async function askThrough(wire: Wire, attempt: Attempt): Promise<Collected> {
  const texts: string[] = [];
  const paused: ContentBlockParam[] = [];
  let tokens: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  for (let pauses = 0; pauses <= maxPauses; pauses += 1) {
    const params = resuming(attempt.params, paused);
    const collected = await askPatiently(wire, { ...attempt, params });
    tokens = sum(tokens, collected.tokens);
    texts.push(collected.text);
    if (collected.stop !== "pause_turn")
      return { ...collected, tokens, text: texts.filter((text) => text !== "").join("\n\n") };
    paused.push(...collected.content);
  }
  throw new NovaFailure("model.late", `The model paused its turn ${String(maxPauses + 1)} times.`);
}

/** The paused turn stays one message, however often it pauses; one without content is just asked for again. */
function resuming(
  params: MessageCreateParamsStreaming,
  paused: readonly ContentBlockParam[],
): MessageCreateParamsStreaming {
  if (paused.length === 0) return params;
  const soFar: MessageParam = { role: "assistant", content: [...paused] };
  return { ...params, messages: [...params.messages, soFar] };
}

const sum = (a: Tokens, b: Tokens): Tokens => ({
  input: a.input + b.input,
  output: a.output + b.output,
  cacheRead: a.cacheRead + b.cacheRead,
  cacheWrite: a.cacheWrite + b.cacheWrite,
});
