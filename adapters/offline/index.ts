// Nova without a language model: deterministic, without network, and open about what it is. It picks a tool by the
// words, fills its fields from the text, and answers by quoting what came back. It never makes anything up.
import { NovaFailure } from "../../src/failures.ts";
import type { JsonObject, Model, ModelReply, ModelRequest } from "../../src/ports.ts";
import { decline, honesty, say } from "./act.ts";
import type { Act } from "./act.ts";
import { fillFromAnswers, fillJob, isQuitting, splitAnswers } from "./answers.ts";
import { admitBlind } from "./attached.ts";
import { chooseTool } from "./choice.ts";
import { compose, widen } from "./compose.ts";
import { sendElsewhere } from "./elsewhere.ts";
import { fillInput } from "./fill.ts";
import { isCraft, writeOffline } from "./language.ts";
import { questionFor } from "./question.ts";
import { lookForRecord, settle } from "./named-record.ts";
import { toReplyInput } from "./reply-fields.ts";
import { isObject, toScene } from "./scene.ts";
import type { Scene } from "./scene.ts";
import { abilitiesOf, greet, inPlainEnglish, quote, tellOverview } from "./talk.ts";

const free = { inputTokens: 0, outputTokens: 0, dollars: 0 };

export function createOfflineModel(): Model {
  return {
    id: "offline",
    isLanguageModel: false,
    generate: async (request, { signal, onText }) => {
      if (signal.aborted) throw new NovaFailure("model.late", "The turn was over before it began.");
      const scene = toScene(request);
      const reply = toReply(admitBlind(scene, decide(scene)), scene, request);
      const shown = personText(reply);
      if (shown !== "") onText?.(shown);
      return reply;
    },
  };
}

function decide(scene: Scene): Act {
  if (scene.results.length > 0) return widen(scene) ?? settle(scene) ?? inPlainEnglish(scene, compose(scene));
  if (scene.text === "") return { kind: "ask", question: "What would you like to know?" };
  // Without a way to end, this is no conversation: a form is filled from a text, as for a pipeline's inputs.
  const [form] = scene.readers;
  if (scene.endings.length === 0 && form?.name === "inputs")
    return { kind: "use", tool: form.name, input: fillJob(form, scene.text) };
  const hasTools = scene.readers.length + scene.effects.length > 0;
  const isTalker = scene.effects.length === 0 && scene.context.length > 0 && !isCraft(scene);
  const small =
    greet(scene) ?? (isTalker ? tellOverview(scene) : null) ?? (hasTools ? null : abilitiesOf(scene));
  if (small !== null) return small;
  const elsewhere = sendElsewhere(scene, 0.6);
  if (elsewhere !== null) return elsewhere;
  return (hasTools ? useTool(scene) : null) ?? writeOrQuote(scene);
}

function useTool(scene: Scene): Act | null {
  const asked = splitAnswers(scene.text);
  // The request chose the tool that asked; the answer only fills it.
  const effects = [...scene.effects, ...scene.withheld.map((held) => held.tool)];
  const tool = chooseTool({ ...scene, effects, text: asked.request });
  if (tool === null) return null;
  const closed = scene.withheld.find((held) => held.tool === tool);
  if (closed !== undefined) return decline(closed.why);
  if (tool.kind === "reader")
    return { kind: "use", tool: tool.name, input: fillInput(tool, scene.text).input };
  if (isQuitting(asked)) return say("All right. Nothing was prepared.");
  const { input, missing } = fillFromAnswers(tool, asked);
  if (missing.length === 0) return { kind: "use", tool: tool.name, input };
  return lookForRecord(scene, missing) ?? { kind: "ask", question: questionFor(tool, missing) };
}

function writeOrQuote(scene: Scene): Act {
  if (isCraft(scene)) return writeOffline(scene);
  const unknown = `I have nothing on record about that. ${honesty} Say “help” for what I can look up.`;
  return quote(scene) ?? sendElsewhere(scene, 0.34) ?? decline(unknown);
}

/** With the ending tools where they are offered, as plain text where they are not. */
function toReply(act: Act, scene: Scene, { messages }: ModelRequest): ModelReply {
  const call = (name: string, input: JsonObject): ModelReply => ({
    text: "",
    calls: [{ id: `offline-${String(messages.length)}`, name, input }],
    stop: "tools",
    usage: free,
  });
  const end = (name: string, input: JsonObject, text: string): ModelReply =>
    scene.endings.some((tool) => tool.name === name)
      ? call(name, input)
      : { text, calls: [], stop: "end", usage: free };
  if (act.kind === "use") return call(act.tool, act.input);
  if (act.kind === "ask") return end("ask_person", { question: act.question }, act.question);
  if (act.kind === "decline")
    return end(
      "decline",
      { why: act.why, ...(act.instead === null ? {} : { instead: act.instead }) },
      act.why,
    );
  const schema = scene.endings.find(({ name }) => name === "reply")?.inputSchema;
  const input = schema === undefined ? { answer: act.answer } : toReplyInput(schema, act);
  if (input !== null) return end("reply", input, act.answer);
  const why = `${honesty} It can't give this answer in the form that is asked for.`;
  return end("decline", { why }, why);
}

function personText({ text, calls }: ModelReply): string {
  const input = calls.find(({ name }) => name === "reply")?.input;
  const answer = isObject(input) ? input["answer"] : null;
  return typeof answer === "string" ? answer : text;
}
