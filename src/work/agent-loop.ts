// One agent at work: the model may look (readers) and propose (effects), and ends with one of the contract's three
// arms. It never executes anything: an effect call becomes a proposal that a person decides.
import { raceSignal } from "../deadline.ts";
import { z } from "zod";
import type { AgentCard } from "../agent.ts";
import { NovaFailure, toFailure } from "../failures.ts";
import type { Reply } from "../message.ts";
import type { Pack, Seen, Told, Usage } from "../pack.ts";
import type { PaidModel } from "../paid-model.ts";
import type { ModelImage, ModelMessage, ModelReply, ToolCall } from "../ports.ts";
import type { ProposalDraft } from "../proposal.ts";
import { requestOf } from "./agent-prompt.ts";
import type { Withheld } from "./equipment.ts";
import type { Toolbox } from "./toolbox.ts";

export type AgentTask = {
  readonly card: AgentCard;
  readonly withheld: readonly Withheld[];
  readonly text: string;
  readonly images: readonly ModelImage[];
  readonly pack: Pack;
  readonly toolbox: Toolbox;
  readonly signal: AbortSignal;
  readonly onText: ((soFar: string) => void) | null;
};
export type AgentResult = {
  readonly reply: Reply;
  readonly proposals: readonly ProposalDraft[];
  readonly seen: readonly Seen[];
  readonly told: readonly Told[];
  readonly leftOut: readonly string[];
  readonly usage: Usage;
  /** Goes on with the same conversation and the validator's words, under a deadline of its own. */
  readonly redo: (words: string, signal: AbortSignal) => Promise<AgentResult>;
};
type Conversation = { readonly messages: readonly ModelMessage[]; readonly usage: Usage };
type Reached = { readonly reply: Reply; readonly conversation: Conversation };

const maxSteps = 8;
export const noUsage: Usage = { inputTokens: 0, outputTokens: 0, dollars: 0 };
export const addUsage = (left: Usage, right: Usage): Usage => ({
  inputTokens: left.inputTokens + right.inputTokens,
  outputTokens: left.outputTokens + right.outputTokens,
  dollars: left.dollars + right.dollars,
});

export async function askAgent(model: PaidModel, task: AgentTask): Promise<AgentResult> {
  return converse(model, task, {
    messages: [...historyOf(task.pack), askedBy(task)],
    usage: noUsage,
  });
}

const askedBy = ({ text, images }: AgentTask): ModelMessage =>
  images.length === 0 ? { role: "user", text } : { role: "user", text, images };

async function converse(model: PaidModel, task: AgentTask, start: Conversation): Promise<AgentResult> {
  const { reply, conversation } = await reachReply(model, task, start);
  return {
    reply,
    proposals: task.toolbox.proposals(),
    seen: task.toolbox.seen(),
    told: task.toolbox.told(),
    leftOut: task.toolbox.leftOut(),
    usage: conversation.usage,
    redo: async (words, signal) => {
      const reproach: ModelMessage = { role: "user", text: `Your reply was refused. ${words} Answer again.` };
      const again = { ...conversation, messages: [...conversation.messages, reproach] };
      return converse(model, { ...task, signal }, again);
    },
  };
}

async function reachReply(model: PaidModel, task: AgentTask, start: Conversation): Promise<Reached> {
  const messages = [...start.messages];
  let { usage } = start;
  for (let step = 0; step < maxSteps; step += 1) {
    const request = requestOf(task, [...messages]);
    const { signal, onText } = task;
    const answer = await inTime(signal, model.generate(request, { signal, onText }));
    usage = addUsage(usage, answer.usage);
    const said: ModelMessage = { role: "assistant", text: answer.text, calls: answer.calls };
    const reply = replyOf(answer);
    if (reply !== null) return { reply, conversation: { messages: [...messages, ...closed(said)], usage } };
    const results = await Promise.all(
      answer.calls.map(async (call) => ({
        callId: call.id,
        ...(await useInTime(task, call)),
      })),
    );
    messages.push(said, { role: "tools", results });
  }
  throw new NovaFailure("steps.exhausted", `${task.card.job} needed more than ${maxSteps} steps`);
}

/** Past the deadline a model is late, whatever it does with its signal. */
async function inTime<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  const over = Promise.withResolvers<never>();
  const end = (): void => over.reject(signal.reason);
  signal.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([answer, over.promise]);
  } catch (thrown) {
    if (!signal.aborted || thrown instanceof NovaFailure) throw thrown;
    throw new NovaFailure("model.late", toFailure(thrown).detail, { cause: thrown });
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/** A reader takes no signal: when the turn's time is over it is left behind, and the person hears of it. */
async function useInTime(task: AgentTask, call: ToolCall): Promise<Awaited<ReturnType<Toolbox["use"]>>> {
  return raceSignal(task.signal, task.toolbox.use(call)).catch((thrown: unknown) => {
    if (!task.signal.aborted) throw thrown;
    throw new NovaFailure("tool.failed", `${call.name} did not answer in time`, {
      forPerson: "Looking that up took too long, so I stopped waiting. Nothing was changed.",
    });
  });
}

/** A reply tool has no result of its own, but vendors demand one before the conversation may go on. */
function closed(said: Extract<ModelMessage, { role: "assistant" }>): readonly ModelMessage[] {
  if (said.calls.length === 0) return said.text === "" ? [] : [said];
  return [
    said,
    {
      role: "tools",
      results: said.calls.map(({ id }) => ({ callId: id, text: "Received.", isError: false })),
    },
  ];
}

// Strict like the schemas that the model was shown; what does not fit has no words, which the contract refuses.
const Question = z.strictObject({ question: z.string() });
const Decline = z.strictObject({ why: z.string(), instead: z.string().nullish() });

/** The arm that ends the work, or null while the model is still looking. A cut or refused answer is a failure, never a reply. */
function replyOf(answer: ModelReply): Reply | null {
  if (answer.stop === "refusal") throw new NovaFailure("model.refused", "stop reason: refusal");
  const ending = answer.calls.find(
    ({ name }) => name === "reply" || name === "ask_person" || name === "decline",
  );
  if (ending !== undefined) return armOf(ending);
  if (answer.stop === "max_tokens") throw new NovaFailure("model.cut", "stop reason: max_tokens");
  return answer.calls.length > 0 ? null : { arm: "fulfilled", value: { answer: answer.text } };
}

function armOf(call: ToolCall): Reply {
  if (call.name === "reply") return { arm: "fulfilled", value: call.input };
  if (call.name === "ask_person") {
    const asked = Question.safeParse(call.input);
    return { arm: "needs", question: asked.success ? asked.data.question : "" };
  }
  const declined = Decline.safeParse(call.input);
  return declined.success
    ? { arm: "declined", why: declined.data.why, instead: declined.data.instead ?? null }
    : { arm: "declined", why: "", instead: null };
}

function historyOf(pack: Pack): readonly ModelMessage[] {
  return pack.history.flatMap(({ asked, answered }): ModelMessage[] => [
    { role: "user", text: asked },
    { role: "assistant", text: answered, calls: [] },
  ]);
}
