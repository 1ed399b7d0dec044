// A pipeline's inputs from a person's words: `key=value` pairs as typed win; the rest is filled by the model, which only
// fills a schema here. What stays missing is asked for, never guessed.
import { z } from "zod";
import type { PaidModel } from "../paid-model.ts";
import { fromPairs } from "../surfaces/typed-inputs.ts";
import type { Inputs } from "../surfaces/typed-inputs.ts";

export type Filling = {
  readonly inputs: Inputs;
  readonly text: string;
  readonly signal: AbortSignal;
};

export async function fillInputs(
  model: PaidModel,
  { inputs, text, signal }: Filling,
): Promise<Record<string, unknown>> {
  const typed = fromPairs(inputs, text);
  if (inputs.safeParse(typed).success) return typed;
  const schema = z.record(z.string(), z.json()).parse(z.toJSONSchema(inputs.partial(), { io: "input" }));
  const answer = await model.generate(
    {
      instructions:
        "Fill the tool's fields from the message. Leave a field out when the message does not say it; never guess.",
      context: "",
      messages: [{ role: "user", text }],
      tools: [
        {
          name: "inputs",
          kind: "reader",
          description: "The inputs found in the message.",
          examples: [text],
          inputSchema: schema,
        },
      ],
      toolChoice: "tool",
      maxTokens: 512,
    },
    { signal, onText: null },
  );
  const found = z
    .record(z.string(), z.unknown())
    .safeParse(answer.calls.find(({ name }) => name === "inputs")?.input);
  return { ...(found.success ? found.data : {}), ...typed };
}
