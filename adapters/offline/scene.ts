// A ModelRequest as the offline model sees it: what the person wants, what there is to look at, what came back.
import { z } from "zod";
import type { Json, JsonObject, ModelRequest, ToolCall, ToolSpec } from "../../src/ports.ts";

export type ContextItem = {
  readonly id: string;
  readonly source: string;
  readonly day: string;
  readonly label: string;
  readonly text: string;
};
export type Result = {
  readonly tool: ToolSpec;
  readonly call: ToolCall;
  readonly text: string;
  readonly isError: boolean;
  /** Null when the text is no JSON. */
  readonly value: Json;
};
export type Scene = {
  readonly instructions: string;
  readonly text: string;
  /** Names of the images that came with it. */
  readonly images: readonly string[];
  /** What was said before, oldest first. */
  readonly before: readonly string[];
  readonly context: readonly ContextItem[];
  readonly readers: readonly ToolSpec[];
  readonly effects: readonly ToolSpec[];
  /** What the ERP would refuse, and what to say to who asks for it. */
  readonly withheld: NonNullable<ModelRequest["withheld"]>;
  readonly endings: readonly ToolSpec[];
  readonly results: readonly Result[];
  readonly maxWords: number;
  /** Near misses of this agent, and who should have them. */
  readonly declines: readonly { readonly text: string; readonly instead: string }[];
};

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** As a person would write it; lists and objects stay JSON. */
export const plain = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));
export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** The engine's words when a reply broke its contract; the person's own stand before it. */
const isReproach = (text: string): boolean => text.startsWith("Your reply was refused.");

export function toScene(request: ModelRequest): Scene {
  const { messages, tools, instructions } = request;
  const start = messages.findLastIndex((message) => message.role === "user" && !isReproach(message.text));
  const asked = messages[start];
  return {
    instructions,
    text: asked?.role === "user" ? asked.text.trim() : "",
    images: asked?.role === "user" ? (asked.images ?? []).map(({ name }) => name) : [],
    before: messages
      .slice(0, Math.max(start, 0))
      .flatMap((message) => (message.role === "tools" || message.text === "" ? [] : [message.text])),
    context: toContext(request.context),
    readers: tools.filter(({ kind }) => kind === "reader"),
    effects: tools.filter(({ kind }) => kind === "effect"),
    withheld: request.withheld ?? [],
    endings: tools.filter(({ kind }) => kind === "reply"),
    results: toResults(request, start),
    declines: toDeclines(tools),
    maxWords: Number(/at most (\d+) words/i.exec(instructions)?.[1] ?? 150),
  };
}

/** The tool for declining gives its examples as "text → agent". */
const toDeclines = (tools: ModelRequest["tools"]): Scene["declines"] =>
  tools
    .filter(({ name }) => name === "decline")
    .flatMap(({ examples }) => examples)
    .flatMap((example) => {
      const [, text, instead] = /^(.*) → (\S+)$/su.exec(example) ?? [];
      return text === undefined || instead === undefined ? [] : [{ text, instead }];
    });

function toResults({ messages, tools }: ModelRequest, start: number): readonly Result[] {
  const turn = messages.slice(start + 1);
  const calls = turn.flatMap((message) => (message.role === "assistant" ? message.calls : []));
  const answers = turn.flatMap((message) => (message.role === "tools" ? message.results : []));
  return calls.flatMap((call) => {
    const tool = tools.find(({ name, kind }) => name === call.name && kind !== "reply");
    const answer = answers.find(({ callId }) => callId === call.id);
    if (tool === undefined || answer === undefined) return [];
    return [{ tool, call, text: answer.text, isError: answer.isError, value: parseJson(answer.text) }];
  });
}

function parseJson(text: string): Json {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    // A result may be a plain sentence; it is passed on as one.
    return null;
  }
}

function toContext(context: string): readonly ContextItem[] {
  const items: ContextItem[] = [];
  for (const line of context.split("\n")) {
    const fields =
      /^\[(?<id>[^|\]]*)\|(?<source>[^|\]]*)\|(?<day>[^|\]]*)\|(?<label>[^|\]]*)\](?<text>.*)$/.exec(line);
    const last = items.at(-1);
    if (fields?.groups !== undefined) items.push(toItem(fields.groups));
    else if (last !== undefined) items[items.length - 1] = { ...last, text: `${last.text}\n${line}` };
  }
  return items;
}

function toItem(groups: Readonly<Record<string, string>>): ContextItem {
  const field = (name: string): string => groups[name]?.trim() ?? "";
  return {
    id: field("id"),
    source: field("source"),
    day: field("day"),
    label: field("label"),
    text: field("text"),
  };
}
