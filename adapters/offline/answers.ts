// A question of Nova's and the person's answer arrive as one text: the request first, each answer on a line of its own.
import type { Json, JsonObject, ToolSpec } from "../../src/ports.ts";
import { fillInput, isValid } from "./fill.ts";
import type { Filled } from "./fill.ts";
import { fieldsOf, isAbout } from "./schema.ts";
import type { Field } from "./schema.ts";
import { findAmounts } from "./values.ts";
import { contentWords, countWords } from "./words.ts";

const mostAnswerWords = 14;
const politeness = /^(?:(?:it'?s|it is|that'?s|the name is|name is|named|called|for|in|please)[:,]?\s+)+/i;
const quits =
  /^(?:never ?mind|cancel(?: it| that)?|stop(?: it)?|forget it|nothing|no(?:pe| thanks?)?|nvm)[.!]?$/i;

export type Asked = { readonly request: string; readonly answers: readonly string[] };

/** A text of several lines that are short enough to be answers; anything else is one request. */
export function splitAnswers(text: string): Asked {
  const [request = "", ...answers] = text.split("\n").map((line) => line.trim());
  const isAnswered = answers.length > 0 && answers.every((line) => countWords(line) <= mostAnswerWords);
  return isAnswered ? { request, answers } : { request: text, answers: [] };
}

export const isQuitting = ({ answers }: Asked): boolean => quits.test(answers.at(-1) ?? "");

/** Fields that no sentence names are taken from the answers' own pieces, in the order in which they were asked for. */
export function fillFromAnswers(tool: ToolSpec, asked: Asked): Filled {
  const first = fillInput(tool, asked.request);
  if (asked.answers.length === 0) return first;
  // What the request said stands; a semicolon keeps a number of the one from counting a word of the other.
  const whole = fillInput(tool, [asked.request, ...asked.answers].join("; "));
  const filled: Filled = {
    input: { ...whole.input, ...first.input },
    missing: whole.missing.filter(({ name }) => !(name in first.input)),
  };
  const values = Object.values(filled.input).map((value) => JSON.stringify(value).toLowerCase());
  const pieces = asked.answers
    .filter((answer) => !answer.endsWith("?"))
    .flatMap((answer) => answer.split(/[,;]\s+|\s+in\s+(?=\p{Lu})/u))
    .map((piece) => piece.replace(politeness, "").replace(/[.!]$/, "").trim())
    .filter((piece) => piece !== "" && !values.some((value) => value.includes(piece.toLowerCase())));
  const input: Record<string, Json> = { ...filled.input };
  const missing = filled.missing.filter((field) => !take(field, pieces, input));
  const place = fieldsOf(tool.inputSchema).find((field) => isAbout(field, /\b(?:city|town|place)\b/));
  if (place !== undefined && input[place.name] === undefined && missing.length === 0)
    take(place, pieces, input);
  return { input, missing };
}

/** Moves the first fitting piece into the input. */
function take(field: Field, pieces: string[], input: Record<string, Json>): boolean {
  const at = pieces.findIndex((piece) => valueIn(field, piece) !== null);
  const value = valueIn(field, pieces[at] ?? "");
  if (at < 0 || value === null) return false;
  input[field.name] = value;
  pieces.splice(at, 1);
  return true;
}

function valueIn(field: Field, piece: string): Json | null {
  if (field.type === "number" || field.type === "integer") {
    const amount = findAmounts(piece)[0]?.value ?? null;
    return amount !== null && isValid(field, amount) ? amount : null;
  }
  const isFree = field.type === "string" && field.pattern === null && field.format === null;
  return isFree && field.options.length === 0 && piece !== "" && isValid(field, piece) ? piece : null;
}

const start =
  /^(?:(?:please|pls|can you|could you|let'?s)\s+)*(?:(?:start|run|launch|begin|trigger|initiate|kick off|do|get)\b\s*)?(?:(?:the|our|a|client|customer)\s+)*(?:onboard(?:ing)?|onbord|take on|new client|client intake|welcome)?(?:\s+(?:pipeline|steps))?[:,]?\s*(?:(?:for|of|the|our|a|an|new|client|customer|called|named|please)(?:[:,]?\s+|[:,]?$))*/iu;

const noName =
  /\b(?:clients?|customers?|onboard\w*|intake|steps|procedure|everything|some(?:body|one)|them|yes|no|cancel|stop|releas\w*|versions?|ship)\b/i;

/** A job's inputs: what a sentence names, and for a bare answer ("Acme GmbH, Kiel") its pieces. */
export function fillJob(tool: ToolSpec, text: string): JsonObject {
  const { input } = fillInput(tool, text);
  const [first] = fieldsOf(tool.inputSchema);
  const isNamed = first === undefined || input[first.name] !== undefined;
  const rest = text.replace(start, "").trim();
  const isNaming =
    first !== undefined && isAbout(first, /\b(?:name|client|customer|company|party|supplier|person)\b/);
  const isName =
    isNaming && rest !== "" && countWords(rest) <= 6 && !noName.test(rest) && !rest.endsWith("?");
  if (isNamed || !isName || contentWords(rest.split(/\s+/)[0] ?? "").length === 0) return input;
  const known = fieldsOf(tool.inputSchema).filter(({ name }) => input[name] === undefined);
  const pieces = rest.split(/[,;]\s+|\s+in\s+(?=\p{Lu})/u).map((piece) => piece.replace(/[.!?]$/, "").trim());
  const found: Record<string, Json> = { ...input };
  for (const field of known.slice(0, 2)) take(field, pieces, found);
  return found;
}
