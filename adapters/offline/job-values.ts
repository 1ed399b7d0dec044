// Values that only some jobs ask for: a month, a machine, what changed, what is broken. Each as it stands in the words.
import type { ToolSpec } from "../../src/ports.ts";
import { fieldsOf, isAbout } from "./schema.ts";
import type { Field } from "./schema.ts";
import { findPattern, findSaid } from "./values.ts";

const months =
  "january february march april may june july august september october november december januar februar märz mai juni juli oktober dezember".split(
    " ",
  );
const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 5, 6, 7, 10, 12];

/** "February 2026" > "2026-02". A month without its year is none: which one is a guess. */
function findMonth(text: string): string | undefined {
  const [, name = "", year = ""] = /\b(\p{L}+)\s+(20\d{2})\b/u.exec(text) ?? [];
  const number = numbers[months.indexOf(name.toLowerCase())];
  return number === undefined ? undefined : `${year}-${String(number).padStart(2, "0")}`;
}

const word = String.raw`(?:\p{Lu}[\p{L}\p{N}-]*|\d[\p{L}\p{N}-]*(?![\p{L}\p{N}]|[.,]\d))`;
const machine = new RegExp(
  String.raw`(?:\b(?:fits?|match(?:es)?|for|with|into|in|of|on|my|our|an?|has|the|zur?|zum|für|die|der|den|passt)\s+)(\p{Lu}[\p{L}\p{N}-]*(?: ${word})*)`,
  "gu",
);

/** Maker and model behind a word like "fits" or "for"; the last in the sentence, for the part is named before it. */
function findMachine(text: string): string | undefined {
  const found = [...text.matchAll(machine)].map(([, name = ""]) => name);
  // A part's number (BR-SIDE-14) and a German noun alone are no machine.
  return found.findLast((name) => !/^[\p{Lu}]{2}-/u.test(name) && (/\d/u.test(name) || name.includes(" ")));
}

const launching =
  /^(?:please\s+)?(?:(?:start|open|declare|raise|report|launch|run|handle|starte|öffne)\s+)?(?:(?:an?|the|einen?)\s+)?(?:incident|störung)(?:\s+(?:run|pipeline))?\s*(?:[:!,]\s*|\b(?:for|about|because of|für)\s+(?:(?:the|den|die|das)\s+)?)?/iu;

/** What is broken: the sentence without the words that only ask for the run. */
function findProblem(text: string): string | undefined {
  const rest = text
    .trim()
    .replace(launching, "")
    .replace(/[.!\s]+$/u, "");
  return rest.split(/\s+/u).length < 2 ? undefined : rest;
}

const product = String.raw`(\p{L}[\p{L}\p{N}-]*(?: \p{L}[\p{L}\p{N}-]*){0,3}?)`;
const products = [
  String.raw`\d(?:\.\d+)*\s+(?:of|von)\s+(?:the\s+|our\s+|der\s+|die\s+)?${product}(?=[:,.\n]|\s+(?:from|with|today|now)\b|$)`,
  String.raw`\b(?:release|ship|publish|roll out|out|release:)\s+(?:the\s+|our\s+)?${product},?\s+(?:version\s+)?\d+\.\d`,
  String.raw`\n(?:it is\s+|the\s+|our\s+)?${product}$`,
].map((source) => new RegExp(source, "iu"));

function findProduct(text: string): string | undefined {
  const found = products.map((pattern) => pattern.exec(text)?.[1]).find((name) => name !== undefined);
  return found === undefined || /^(?:version|release|the|new)$/iu.test(found) ? undefined : found;
}

const findVersion = (text: string): string | undefined =>
  /(?<![\d.])(\d{1,4}(?:\.\d{1,4}){1,3})(?![\d.]*\d)/u.exec(text)?.[1] ??
  /\bversion (\d{1,4})\b/iu.exec(text)?.[1];

/** Whether it is a field of this file. */
export const isOfJob = (field: Field): boolean =>
  isAbout(field, /^(?:month|machine|changes|problem|product|version)$/);

/** Undefined: the field is none of these, or the words do not say it. */
export function findJobValue(field: Field, text: string): string | undefined {
  if (isAbout(field, /\bmonth\b/)) return findPattern(field.pattern ?? "", text) ?? findMonth(text);
  if (isAbout(field, /\bmachine\b/)) return findMachine(text);
  if (isAbout(field, /\bchanges\b/)) return findSaid(text) ?? undefined;
  if (isAbout(field, /\bproblem\b/)) return findProblem(text);
  if (isAbout(field, /\bproduct\b/)) return findProduct(text);
  if (isAbout(field, /\bversion\b/)) return findVersion(text);
  return undefined;
}

/** A reader that wants the words as they are says so. */
export const wantsWhole = (field: Field, tool: ToolSpec): boolean =>
  tool.kind === "reader" && /\bwhole text\b/.test(field.description);
/** What it found is in the text; that the text is not in what it found says nothing. */
export const looksThroughText = (tool: ToolSpec): boolean =>
  fieldsOf(tool.inputSchema).some((field) => wantsWhole(field, tool));
