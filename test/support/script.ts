// A model that says what the test wrote, in order, and fails loudly when asked for more. It proves plumbing and
// refusals, never the quality of an answer.
import type { Effect } from "../../src/effects.ts";
import type { Json, Model, ModelReply, ModelRequest } from "../../src/ports.ts";

type Step = (request: ModelRequest, signal: AbortSignal) => Promise<ModelReply>;
const usage = { inputTokens: 10, outputTokens: 5, dollars: 0 };
let calls = 0;
const call = (name: string, input: Json): ModelReply => {
  calls += 1;
  return { text: "", calls: [{ id: `call_${calls}`, name, input }], stop: "tools", usage };
};

/** Answers with the contract's `reply`; `more` fills what else the agent's contract demands. */
export const says =
  (answer: string, more: Record<string, Json> = {}): Step =>
  async () =>
    call("reply", { answer, ...more });
export const writes =
  (text: string): Step =>
  async () => ({ text, calls: [], stop: "end", usage });
export const replies =
  (value: Json): Step =>
  async () =>
    call("reply", value);

export const proposes =
  (effect: Effect, input: Json): Step =>
  async () =>
    call(effect.name, input);
export const asks =
  (question: string): Step =>
  async () =>
    call("ask_person", { question });
export const declines =
  (why: string, instead: string | null = null): Step =>
  async () =>
    call("decline", instead === null ? { why } : { why, instead });

/** Calls any tool at all, offered or not. */
export const calling =
  (name: string, input: Json): Step =>
  async () =>
    call(name, input);
export const breaks =
  (thrown: unknown): Step =>
  async () => {
    throw thrown;
  };
/** Stays silent until the deadline or the caller ends it. */
export const hangs: Step = async (_request, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener(
      "abort",
      () => reject(signal.reason instanceof Error ? signal.reason : new Error("aborted")),
      { once: true },
    );
  });

export type Script = Model & { readonly requests: readonly ModelRequest[]; readonly remaining: () => number };

export function script(...steps: readonly Step[]): Script {
  const requests: ModelRequest[] = [];
  const left = [...steps];
  return {
    id: "script",
    isLanguageModel: false,
    requests,
    remaining: () => left.length,
    generate: async (request, { signal }) => {
      requests.push(request);
      const step = left.shift();
      if (step === undefined)
        throw new Error(`the script has no answer for: ${JSON.stringify(request.messages.at(-1))}`);
      return step(request, signal);
    },
  };
}
