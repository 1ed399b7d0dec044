// Which tool fits the person's words. Effects need more than likeness: the person must tell Nova to do it.
import type { ToolSpec } from "../../src/ports.ts";
import { fillInput } from "./fill.ts";
import { findFlag } from "./options.ts";
import { fieldsOf } from "./schema.ts";
import { findAmounts, findPattern } from "./values.ts";
import type { Scene } from "./scene.ts";
import { isSmall, spoken, stem, stemsOf, wordsOf } from "./words.ts";

const question =
  /^(?:so |and |but |ok(?:ay)?,? )?(?:who|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|will|any)\b|'s the\b/i;
const lookingVerb = /^(?:please )?(?:show|list|find|search|look|display|get|read|check|print)\b/i;
const request = /^(?:please|pls|can you|could you|would you|will you|kindly)\b/i;

/** Words that ask for the same deed. */
const alike: Readonly<Record<string, readonly string[]>> = {
  create: ["create", "add", "new", "make", "enter", "place", "set", "order"],
  change: [
    "change",
    "set",
    "raise",
    "lower",
    "reduce",
    "increase",
    "update",
    "give",
    "correct",
    "moved",
    "new",
    "costs",
  ],
  accept: ["accept", "accepted", "took", "turn", "convert"],
  decline: ["decline", "declined", "mark", "turned", "refused"],
  lock: ["lock", "close", "freeze"],
  pay: ["pay", "settle", "transfer"],
  confirm: ["confirm"],
  adjust: ["adjust", "correct", "count", "counted", "take", "add", "remove"],
  post: ["post", "issue", "book", "create", "make", "credit", "refund"],
  receive: ["receive", "received", "arrived", "came", "delivered"],
  register: ["register", "record", "book", "paid", "pay", "enter", "came"],
};

const docOf = (tool: ToolSpec): string =>
  `${spoken(tool.name)} ${tool.description} ${tool.examples.join(" ")}`;
const verbOf = (tool: ToolSpec): string => spoken(tool.name).split(" ")[0] ?? "";

/** Null when nothing fits. */
export function chooseTool(scene: Scene): ToolSpec | null {
  const always = alwaysFirst(scene);
  if (always !== null) return always;
  const tools = [...scene.effects.filter((tool) => isToldTo(tool, scene.text)), ...scene.readers];
  const documents = [...scene.readers, ...scene.effects].map((tool) => new Set(stemsOf(docOf(tool))));
  const rarity = (word: string): number =>
    Math.log(1 + documents.length / Math.max(1, documents.filter((words) => words.has(word)).length));
  const ranked = tools
    .map((tool) => ({ tool, fit: fitOf(tool, scene.text, rarity) }))
    .toSorted((left, right) => right.fit - left.fit);
  const best = ranked[0];
  if (best !== undefined && best.fit > 0) return best.tool;
  return fallback(scene);
}

/** An agent that proposes nothing may begin every answer with the same look, and its instructions say so. */
function alwaysFirst({ readers, effects, instructions }: Scene): ToolSpec | null {
  const named = /\balways call (\w+)\b/i.exec(instructions)?.[1];
  return effects.length > 0 ? null : (readers.find(({ name }) => name === named) ?? null);
}

/** Agents that only know what they look up say so in their instructions, or hold more than one tool. */
function fallback({ readers, effects, instructions }: Scene): ToolSpec | null {
  const named = /\bcall (\w+) with [^.]*\bfirst\b/i.exec(instructions)?.[1];
  const first = readers.find(({ name }) => name === named);
  return first ?? (readers.length + effects.length > 1 ? (readers[0] ?? null) : null);
}

function fitOf(tool: ToolSpec, text: string, rarity: (word: string) => number): number {
  const asked = [...new Set(stemsOf(text))];
  const name = new Set(stemsOf(spoken(tool.name)));
  const described = new Set(stemsOf(tool.description));
  const exampled = tool.examples.map((example) => new Set(stemsOf(example)));
  const overlap = asked.map((word) => {
    const inExamples = exampled.filter((words) => words.has(word)).length / Math.max(1, exampled.length);
    return (
      rarity(word) * ((name.has(word) ? 1.5 : 0) + (described.has(word) ? 0.5 : 0) + Math.sqrt(inExamples))
    );
  });
  const closest = Math.max(0, ...tool.examples.map((example) => likeness(example, text)));
  const total = overlap.reduce((sum, part) => sum + part, 0) + 2 * closest + (tool.kind === "effect" ? 2 : 0);
  const key = keyOf(tool, text);
  return total <= 0.2 && key <= 0 ? 0 : total + key + flagsOf(tool, text);
}

/** Share of all words, small ones too, that two sentences have in common: "what can you do" has no others. */
export function likeness(left: string, right: string): number {
  const [a, b] = [new Set(wordsOf(left).map(stem)), new Set(wordsOf(right).map(stem))];
  const common = [...a].filter((word) => b.has(word)).length;
  const share = common / Math.max(1, a.size + b.size - common);
  const hasContent = [...a].some((word) => b.has(word) && !isSmall(word));
  return hasContent || share > 0.7 ? share : 0;
}

/** A tool that needs a record's number fits when one is there, and does not when there is none. */
function keyOf(tool: ToolSpec, text: string): number {
  const keys = fieldsOf(tool.inputSchema).filter((field) => field.isRequired && field.pattern !== null);
  if (keys.length === 0 || tool.kind === "effect") return 0;
  return keys.every((field) => findPattern(field.pattern ?? "", text) !== null) ? 4 : -6;
}

/** A tool that can narrow down by what was said ("overdue", "running low") is the one that was meant. */
const flagsOf = (tool: ToolSpec, text: string): number =>
  fieldsOf(tool.inputSchema).some((field) => field.type === "boolean" && findFlag(field, text, tool) === true)
    ? 3
    : 0;

function isToldTo(tool: ToolSpec, text: string): boolean {
  const isAsked = question.test(text.trim()) && !request.test(text.trim());
  if (isAsked || lookingVerb.test(text.trim())) return false;
  const verb = verbOf(tool);
  const verbs = new Set([
    verb,
    ...(alike[verb] ?? []),
    ...tool.examples.map((example) => wordsOf(example)[0] ?? ""),
  ]);
  // "Open invoices" is no order to invoice: a tool's own thing is a deed only where the sentence begins with it.
  const things = stemsOf(spoken(tool.name).split(" ").slice(1).join(" "));
  const first = wordsOf(text.replace(/^(?:please|pls)\s+/i, ""))[0] ?? "";
  const isDeed = (word: string): boolean =>
    word === "order"
      ? isOrdering(text) || (verb === word && hasKey(tool, text))
      : !things.includes(stem(word)) || first === word;
  const said = new Set(wordsOf(text).map(stem));
  if (![...verbs].some((word) => (!isSmall(word) || word === first) && isDeed(word) && said.has(stem(word))))
    return false;
  const isObjectNamed = things.length === 0 || things.some((thing) => said.has(thing));
  return (
    isObjectNamed ||
    (verb === "register" && isPaid(text)) ||
    tool.examples.some((example) => likeness(example, text) > 0.25) ||
    hasKey(tool, text) ||
    fillInput(tool, text).missing.length === 0
  );
}

/** "Lakeside paid 1200 dollars" tells of a payment without the word. */
const isPaid = (text: string): boolean =>
  /\b(?:paid|transferred)\b/i.test(text) && findAmounts(text).some(({ isMoney }) => isMoney);

/** "Order" is a deed only when something is counted or new. */
const isOrdering = (text: string): boolean =>
  /\bnew\b/i.test(text) || findAmounts(text).some(({ isMoney }) => !isMoney);

const hasKey = (tool: ToolSpec, text: string): boolean =>
  fieldsOf(tool.inputSchema).some(({ pattern }) => pattern !== null && findPattern(pattern, text) !== null);
