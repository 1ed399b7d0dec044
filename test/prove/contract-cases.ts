// Every way in which one agent can break its contract, made from its own card: what the model does, and how that has to end.
import type { AgentCard } from "../../src/agent.ts";
import type { FailureKind } from "../../src/failures.ts";
import type { Json, JsonObject, ModelReply, ModelRequest } from "../../src/ports.ts";
import { brokenReplies, canary, isObject, sampleOf, schemaOf } from "./broken-replies.ts";

export type Move = (request: ModelRequest, call: number) => ModelReply;
export type ContractCase = {
  readonly agent: string;
  readonly way: string;
  readonly breaks: Move;
  readonly ends: CaseEnd;
};
export type CaseEnd =
  /** `isJudged`: the judge of replies found it out, after one repair; `names`: what its words name. */
  | {
      readonly kind: "failure";
      readonly failure: FailureKind;
      readonly isJudged: boolean;
      readonly names?: string;
    }
  | { readonly kind: "answered"; readonly after: "repair" | "tool error" }
  | { readonly kind: "marked"; readonly words: string };
/** What a person may see where an answer came in the end. */
export const rightWords = "Here is what was asked for.";

const usage = { inputTokens: 1, outputTokens: 1, dollars: 0 };
const calling = (name: string, input: Json): ModelReply => ({
  text: "",
  calls: [{ id: "c", name, input }],
  stop: "tools",
  usage,
});
const always =
  (reply: ModelReply): Move =>
  () =>
    reply;

/** Right by whatever contract this request shows. */
export const right: Move = ({ tools }) => {
  const schema = tools.find(({ name }) => name === "reply")?.inputSchema ?? {};
  return calling("reply", replying(schema, { answer: rightWords }));
};

const replying = (schema: JsonObject, more: JsonObject): JsonObject => {
  const sample = sampleOf(schema, false);
  return { ...(isObject(sample) ? sample : {}), ...more };
};

type Broken = { readonly way: string; readonly reply: ModelReply; readonly names?: string };
const wordsOf = (count: number): string => [canary, ...Array.from({ length: count }, () => "word")].join(" ");

const deed = `Done. I have confirmed the order of ${canary}.`;
const figure = `They owe 4,711.93 USD, says ${canary}.`;
const record = `See SO-987654 of ${canary}.`;

/** What the judge of replies has to find out, whoever answers. */
function misshapen(agent: string, card: AgentCard, schema: JsonObject): readonly Broken[] {
  const more = replying(schema, { answer: canary });
  const isOnlyAnswer = Object.keys(more).length === 1;
  return [
    ...["not JSON", null, 7, [canary]].map((value) => ({ way: "not JSON", reply: calling("reply", value) })),
    ...(isOnlyAnswer
      ? []
      : [{ way: "not JSON", reply: { text: `${canary}.`, calls: [], stop: "end", usage } as const }]),
    { way: "empty reply", reply: { text: "", calls: [], stop: "end", usage } },
    { way: "empty reply", reply: calling("reply", {}) },
    { way: "empty reply", reply: calling("reply", { ...more, answer: " \n" }) },
    { way: "empty reply", reply: calling("ask_person", { question: " " }) },
    { way: "empty reply", reply: calling("decline", { why: "" }) },
    { way: "wrong arm", reply: calling("reply", { question: canary }) },
    { way: "wrong arm", reply: calling("ask_person", { answer: canary }) },
    { way: "wrong arm", reply: calling("ask_person", { question: canary, answer: canary }) },
    { way: "wrong arm", reply: calling("decline", { question: canary }) },
    { way: "wrong arm", reply: calling("decline", { why: canary, answer: canary }) },
    { way: "declines to itself", reply: calling("decline", { why: canary, instead: agent }), names: agent },
    {
      way: "declines to nobody",
      reply: calling("decline", { why: canary, instead: "erp/zznobody" }),
      names: "erp/zznobody",
    },
    { way: "declines to nobody", reply: calling("decline", { why: canary, instead: 7 }) },
    ...tooLong(card, schema),
  ];
}

function tooLong({ role, maxWords }: AgentCard, schema: JsonObject): readonly Broken[] {
  const way = "too long";
  const field = textField(schema);
  return [
    {
      way,
      reply: calling("reply", replying(schema, { answer: wordsOf(maxWords) })),
      names: `at most ${maxWords} words`,
    },
    { way, reply: calling("reply", replying(schema, { answer: `${canary}${"x".repeat(maxWords * 14)}` })) },
    { way, reply: calling("ask_person", { question: wordsOf(120) }), names: "question" },
    { way, reply: calling("decline", { why: wordsOf(120) }), names: "reason" },
    ...(role === "language" && field !== null
      ? [{ way, reply: calling("reply", replying(schema, { answer: canary, ...field(wordsOf(maxWords)) })) }]
      : []),
  ];
}

/** Lies in every arm, and in a field that is not shown. */
function lies({ role }: AgentCard, schema: JsonObject): readonly Broken[] {
  const field = textField(schema);
  const inArms = (way: string, words: string, isWritten: boolean): readonly Broken[] => [
    ...(isWritten ? [] : [{ way, reply: calling("reply", replying(schema, { answer: words })) }]),
    { way, reply: calling("ask_person", { question: `${words} Which one?` }) },
    { way, reply: calling("decline", { why: words }) },
    ...(isWritten || field === null
      ? []
      : [{ way, reply: calling("reply", replying(schema, { answer: canary, ...field(words) })) }]),
  ];
  return [
    ...inArms("claimed deed", deed, role === "language"),
    ...inArms("invented figure", figure, false),
    ...inArms("invented record", record, false),
  ];
}

/** A field beside the answer that takes any words, as what sets it. */
function textField(schema: JsonObject): ((words: string) => JsonObject) | null {
  const sample = sampleOf(schema, true);
  const fields = isObject(sample) ? sample : {};
  for (const [key, value] of Object.entries(fields)) {
    if (key === "answer") continue;
    if (value === "as asked") return (words) => ({ [key]: words });
    if (Array.isArray(value) && value[0] === "as asked") return (words) => ({ [key]: [words] });
  }
  return null;
}

const exhausted = { kind: "failure", failure: "steps.exhausted", isJudged: false } as const;

/** Tools that are not there, and those that are, called wrongly: once, and for ever. */
function tools({ reads, effects }: AgentCard): readonly Omit<ContractCase, "agent">[] {
  const wrong = { [`${canary}Argument`]: canary };
  const once =
    (name: string): Move =>
    (request, call) =>
      call === 0 ? calling(name, wrong) : right(request, call);
  const named = [...reads, ...effects].map(({ name }) => name);
  const answered = { kind: "answered", after: "tool error" } as const;
  return [
    { way: "unknown tool", breaks: always(calling("run_shell", wrong)), ends: exhausted },
    { way: "unknown tool", breaks: once("grantApproval"), ends: answered },
    ...named.map((name) => ({ way: "tool with wrong arguments", breaks: once(name), ends: answered })),
    ...named
      .slice(0, 1)
      .map((name) => ({ way: "endless tool calls", breaks: always(calling(name, wrong)), ends: exhausted })),
  ];
}

/** `others`: agents that take what is handed to them unasked; five of them at least. */
function handOffs(agent: string, others: readonly string[]): readonly Omit<ContractCase, "agent">[] {
  const [partner = "", ...rest] = others.filter((id) => id !== agent);
  const declining = (instead: string): ModelReply =>
    calling("decline", { why: `${canary} is not mine.`, instead });
  const deep = [partner, ...rest];
  return [
    {
      way: "endless hand-offs",
      breaks: (_request, call) => declining(call % 2 === 0 ? partner : agent),
      ends: { kind: "failure", failure: "handoff.circle", isJudged: false },
    },
    {
      way: "endless hand-offs",
      breaks: (_request, call) => declining(deep[call] ?? partner),
      ends: { kind: "failure", failure: "handoff.deep", isJudged: false },
    },
  ];
}

function cutShort(): readonly Omit<ContractCase, "agent">[] {
  const failing = (failure: FailureKind) => ({ kind: "failure", failure, isJudged: false }) as const;
  const half = { text: canary, calls: [], usage } as const;
  return [
    { way: "cut off", breaks: always({ ...half, stop: "max_tokens" }), ends: failing("model.cut") },
    { way: "refused", breaks: always({ ...half, stop: "refusal" }), ends: failing("model.refused") },
  ];
}

/** @param wrongPerField how many wrong types each field is given */
export function casesFor(
  { id: agent, card }: { readonly id: string; readonly card: AgentCard },
  { others, wrongPerField }: { readonly others: readonly string[]; readonly wrongPerField: number },
): readonly ContractCase[] {
  const schema = schemaOf(card.reply);
  const sound = card.reply.safeParse(replying(schema, { answer: rightWords }));
  if (!sound.success) throw new Error(`no sample fits the reply of ${agent}: ${sound.error.message}`);
  const broken: readonly Broken[] = [
    ...brokenReplies(schema, wrongPerField).map(({ way, field, value }) => ({
      way,
      reply: calling("reply", value),
      names: field,
    })),
    ...misshapen(agent, card, schema),
    ...lies(card, schema),
  ];
  const judged = broken.flatMap(({ way, reply, names }): readonly Omit<ContractCase, "agent">[] => [
    {
      way,
      breaks: always(reply),
      ends: {
        kind: "failure",
        failure: "contract.broken",
        isJudged: true,
        ...(names === undefined ? {} : { names }),
      },
    },
    {
      way: `${way}, mended`,
      breaks: (request, call) => (call === 0 ? reply : right(request, call)),
      ends: { kind: "answered", after: "repair" },
    },
  ]);
  const written: readonly Omit<ContractCase, "agent">[] =
    card.role === "language"
      ? [
          {
            way: "claimed deed, written",
            breaks: always(calling("reply", replying(schema, { answer: deed }))),
            ends: { kind: "marked", words: "only a text: nothing was done" },
          },
        ]
      : [];
  return [...judged, ...written, ...tools(card), ...handOffs(agent, others), ...cutShort()].map((one) => ({
    agent,
    ...one,
  }));
}
