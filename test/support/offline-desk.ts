// A desk at which the offline model is asked: some tools, a form for the reply, instructions and context.
import { z } from "zod";
import { createOfflineModel } from "../../adapters/offline/index.ts";
import type { Effect, Reader } from "../../src/effects.ts";
import type { Json, ModelMessage, ModelReply, ModelRequest } from "../../src/ports.ts";
import { endings, specOf } from "../contracts/model-suite.ts";
import { openPurse } from "./purse.ts";

const model = createOfflineModel();
const never = new AbortController().signal;
export type Desk = {
  readonly tools: readonly (Reader | Effect)[];
  readonly reply: z.ZodType;
  readonly instructions: string;
  readonly context: string;
  /** As the engine writes a card's near misses: "text → agent". */
  readonly declines: readonly string[];
};
const specs = new Map<Desk, ModelRequest["tools"]>();
const specsOf = (at: Desk): ModelRequest["tools"] => {
  const ends = endings(at.reply).map((end) =>
    end.name === "decline" ? { ...end, examples: at.declines } : end,
  );
  const made = specs.get(at) ?? [...at.tools.map(specOf), ...ends];
  specs.set(at, made);
  return made;
};
const plainReply = z.strictObject({ answer: z.string() });
export const desk = (tools: readonly (Reader | Effect)[], more: Partial<Desk> = {}): Desk => ({
  tools,
  reply: plainReply,
  instructions: "Answer in at most 150 words.",
  context: "",
  declines: [],
  ...more,
});
const requestOf = (at: Desk, messages: readonly ModelMessage[]): ModelRequest => ({
  instructions: at.instructions,
  context: at.context,
  messages,
  tools: specsOf(at),
  toolChoice: "auto",
  maxTokens: 1000,
});
const generate = (request: ModelRequest): Promise<ModelReply> =>
  model.generate(request, { signal: never, onText: null, purse: openPurse });
export const hears = async (at: Desk, text: string) =>
  (await generate(requestOf(at, [{ role: "user", text }]))).calls.map(({ name, input }) => ({
    name,
    input,
  }))[0];

export type Back = {
  readonly tool: string;
  readonly input?: Json;
  readonly result: Json | string;
  readonly isError?: boolean;
};
export async function sees(at: Desk, text: string, back: Back): Promise<ModelReply["calls"][number]> {
  const { tool, input = {}, result, isError = false } = back;
  const reply = await generate(
    requestOf(at, [
      { role: "user", text },
      { role: "assistant", text: "", calls: [{ id: "c1", name: tool, input }] },
      {
        role: "tools",
        results: [
          { callId: "c1", text: typeof result === "string" ? result : JSON.stringify(result), isError },
        ],
      },
    ]),
  );
  const [call] = reply.calls;
  if (call === undefined) throw new Error(`No call, but text: ${reply.text}`);
  return call;
}
const Answer = z.looseObject({ answer: z.string() });
export const answerOf = (call: { readonly input: Json }): string => Answer.parse(call.input).answer;
