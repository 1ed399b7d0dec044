// Stage 7 of routing: a model may choose among five candidates, "none" or "ask". It sees the message and the
// candidates, no memory and no tools; late, failing or odd answers are the same as none at all.
import { z } from "zod";
import type { Bill, Budget } from "../budget.ts";
import { paidModel } from "../paid-model.ts";
import type { Clock, Model, ModelRequest as EngineRequest } from "../ports.ts";
import type { ModelRequest } from "../routing/route.ts";

/** The chosen id, "none", "ask", or null when the model was late, failed, was not understood or may not be paid. */
export type AskRoute = (request: ModelRequest, bill: Bill) => Promise<string | null>;

type AskRouteDeps = { readonly model: Model; readonly clock: Clock; readonly budget: Budget };
const deadlineMs = 4_000;

export function createAskRoute({ model, clock, budget }: AskRouteDeps): AskRoute {
  return async (request, bill) => {
    const abort = new AbortController();
    const disarm = clock.after(deadlineMs, () => abort.abort());
    const Choice = choiceOf(request);
    try {
      const answer = await paidModel(model, budget, bill).generate(toModelRequest(request, Choice), {
        signal: abort.signal,
        onText: null,
      });
      const call = answer.calls.find(({ name }) => name === "reply");
      const parsed = Choice.safeParse(call?.input);
      return parsed.success ? parsed.data.choice : null;
    } catch {
      // Routing goes on without this signal: the person is asked instead (stage 8), so the failure is not silent.
      return null;
    } finally {
      disarm();
    }
  };
}

type ChoiceSchema = ReturnType<typeof choiceOf>;

const choiceOf = (request: ModelRequest) =>
  z.strictObject({
    choice: z.enum([...request.candidates.map(({ id }) => id), "none", "ask"]),
    why: z.string(),
  });

function toModelRequest(request: ModelRequest, choice: ChoiceSchema): EngineRequest {
  const schema = z.record(z.string(), z.json()).parse(z.toJSONSchema(choice));
  const examples = (handles: readonly string[]): string => handles.map((text) => `"${text}"`).join(", ");
  return {
    instructions:
      "Choose which agent should take the message in the data block. Choose none when none of them does this, ask when two fit alike.",
    context: request.candidates
      .map(({ id, job, handles }) => `${id}: ${job} E.g. ${examples(handles)}`)
      .join("\n"),
    messages: [{ role: "user", text: JSON.stringify({ message: request.text }) }],
    tools: [{ name: "reply", kind: "reply", description: "Your choice.", examples: [], inputSchema: schema }],
    toolChoice: "tool",
    maxTokens: 256,
  };
}
