// Fills a tool's input from a sentence. What is not in the sentence stays empty, or is asked for; nothing is made up.
import type { Json, JsonObject, ToolSpec } from "../../src/ports.ts";
import { findJobValue, isOfJob, wantsWhole } from "./job-values.ts";
import { findFlag, findOption } from "./options.ts";
import { fieldsOf, isAbout, toField } from "./schema.ts";
import type { Field } from "./schema.ts";
import { findWords } from "./search-words.ts";
import { findAmounts, findCodes, findDay, findEmail, findLines, findName } from "./values.ts";
import {
  findNamed,
  findPattern,
  findPhone,
  findPlace,
  findReason,
  findSaid,
  findSupplier,
  isLoss,
} from "./values.ts";
import type { Line } from "./values.ts";
import { isSmall, singular } from "./words.ts";

export type Filled = { readonly input: JsonObject; readonly missing: readonly Field[] };

export function fillInput(tool: ToolSpec, text: string): Filled {
  const input: Record<string, Json> = {};
  const missing: Field[] = [];
  for (const field of fieldsOf(tool.inputSchema)) {
    const value = valueFor(field, text, tool);
    if (value !== undefined && isValid(field, value)) input[field.name] = value;
    else if (!field.isRequired || field.hasDefault) continue;
    else if (field.isNullable) input[field.name] = null;
    else if (field.type === "boolean") input[field.name] = false;
    else missing.push(field);
  }
  return { input, missing };
}

export function isValid(field: Field, value: Json): boolean {
  if (typeof value === "number")
    return (
      value >= field.minimum &&
      value <= field.maximum &&
      (field.type !== "integer" || Number.isInteger(value))
    );
  if (typeof value === "string")
    return value.length >= Math.max(1, field.minLength) && value.length <= field.maxLength;
  return !Array.isArray(value) || value.length > 0;
}

type Finder = (field: Field, text: string, tool: ToolSpec) => Json | undefined;

const finders: Readonly<Record<Field["type"], Finder>> = {
  string: findString,
  number: findNumber,
  integer: findNumber,
  boolean: findFlag,
  array: findList,
  object: (field, text, tool) => {
    const filled = fillInput({ ...tool, inputSchema: field.schema }, text);
    return filled.missing.length === 0 && Object.keys(filled.input).length > 0 ? filled.input : undefined;
  },
  unknown: () => undefined,
};

function valueFor(field: Field, text: string, tool: ToolSpec): Json | undefined {
  if (field.options.length > 0) return findOption(field, text, tool);
  return finders[field.type](field, text, tool);
}

function findString(field: Field, text: string, tool: ToolSpec): string | undefined {
  if (wantsWhole(field, tool)) return text.slice(0, Math.min(field.maxLength, 4_000));
  if (isOfJob(field)) return findJobValue(field, text);
  if (field.format === "date") return findDay(text) ?? undefined;
  if (field.format === "email" || isAbout(field, /\be ?mail\b/)) return findEmail(text) ?? undefined;
  if (field.pattern !== null) return findPattern(field.pattern, text) ?? undefined;
  if (isAbout(field, /\b(?:phone|tel|telephone|mobile)\b/)) return findPhone(text) ?? undefined;
  if (isAbout(field, /\b(?:city|town|place|location)\b/)) return placeIn(text, tool);
  if (isAbout(field, /\b(?:reason|why|note|comment)\b/)) return findReason(text) ?? undefined;
  if (tool.kind === "effect" && isAbout(field, /\b(?:text|message|body|words)\b/))
    return findSaid(text) ?? undefined;
  if (isAbout(field, /\b(?:number|code|record|reference|id)\b/)) return findCodes(text)[0];
  if (isAbout(field, /\b(?:text|query|search|words|subject|question|q|filter)\b/))
    return findWords(field, text, tool);
  if (isAbout(field, /\bsupplier\b/)) return findSupplier(text) ?? findName(text) ?? undefined;
  if (isAbout(field, /\b(?:name|customer|party|company|supplier|client|payer|person)\b/))
    return findName(text) ?? undefined;
  if (isAbout(field, /\b(?:order|invoice)\b/)) return findCodes(text)[0];
  if (isAbout(field, /\b(?:item|product|article|what)\b/)) return findItem(text);
  return findNamed(field.name, text) ?? undefined;
}

/** Whom something is bought from is no place to put it. */
function placeIn(text: string, tool: ToolSpec): string | undefined {
  const place = findPlace(text) ?? undefined;
  const isBought = fieldsOf(tool.inputSchema).some(
    (field) => isAbout(field, /\bsupplier\b/) && field.isRequired,
  );
  return isBought && place === (findSupplier(text) ?? undefined) ? undefined : place;
}

function findItem(text: string): string | undefined {
  const priced =
    /\bprice (?:of|for) (?:the |an? )?(\p{L}[\p{L}\p{N} -]*?)(?= (?:to|by|at)\b|[,:.!?]|$)/iu.exec(text)?.[1];
  if (priced !== undefined) return catalogueName(priced);
  const line = findLines(text)[0];
  if (line !== undefined) return catalogueName(line.what);
  const costing = /^(?:the |an? )?(\p{L}[\p{L}\p{N} -]*?) costs? \d/iu.exec(text)?.[1];
  if (costing !== undefined) return catalogueName(costing);
  const named =
    /\b(?:stock|inventory|count|level) of (?:the )?(\p{L}[\p{L}\p{N} -]*?)(?= (?:to|by|at|in)\b|[,:.!?]|$)/iu.exec(
      text,
    );
  return named === null ? findCodes(text)[0] : catalogueName(named[1] ?? "");
}

function findNumber(field: Field, text: string, tool: ToolSpec): number | undefined {
  const isCredit = isAbout(field, /\bcredit\b/);
  if (isCredit && !/\blimit\b/i.test(text)) return undefined;
  if (isAbout(field, /\bdays\b/) && !/\bdays?\b/i.test(text)) return undefined;
  if (isAbout(field, /\bbuy\b/) && !/\bbuy\b/i.test(text)) return undefined;
  if (isAbout(field, /\b(?:limit|page|offset)\b/) && !isCredit) {
    const top = /\b(?:top|first|last|latest)\s+(\d{1,2})\b/i.exec(text)?.[1];
    return top === undefined ? undefined : Number(top);
  }
  if (tool.kind === "reader") return undefined;
  const isMoney = isAbout(field, /\b(?:amount|price|money|cents|sum|total|limit|eur|euros|usd)\b/);
  const amounts = findAmounts(text).filter((amount) => isMoney || !amount.isMoney);
  const isTarget = isAbout(field, /\b(?:new|counted|target|level)\b/);
  const best =
    amounts.find((amount) => (isMoney ? amount.isMoney : amount.isTarget === isTarget)) ?? amounts[0];
  const isDelta = isAbout(field, /\b(?:delta|change|by|difference)\b/);
  if (best === undefined || (isDelta && best.isTarget)) return undefined;
  const isTaken = isDelta && best.value > 0 && isLoss(text);
  const value = field.minimum >= 0 ? Math.abs(best.value) : isTaken ? -best.value : best.value;
  return isAbout(field, /\bcents\b/) ? Math.round(value * 100) : value;
}

function findList(field: Field, text: string, tool: ToolSpec): readonly Json[] | undefined {
  if (field.items === null) return undefined;
  if (field.items["type"] !== "object") {
    const value = valueFor({ ...toField(field.name, field.items), name: singular(field.name) }, text, tool);
    return value === undefined ? undefined : [value];
  }
  const fields = fieldsOf(field.items);
  const isRest = isAbout(field, /\b(?:more|further|additional|other)\b/);
  const lines = findLines(text)
    .slice(isRest ? 1 : 0)
    .map((line) => toEntry(fields, line));
  return lines.some((line) => line === null) ? undefined : lines.filter((line) => line !== null);
}

function toEntry(fields: readonly Field[], line: Line): JsonObject | null {
  const entry: Record<string, Json> = {};
  for (const field of fields) {
    const isCount = field.type === "number" || field.type === "integer";
    const isFree = field.type === "string" && field.format === null;
    const value =
      isCount && isAbout(field, /\b(?:quantity|qty|count|pieces|amount)\b/) ? line.quantity : null;
    const words = isFree ? wordsFor(field, line) : null;
    if (value !== null) entry[field.name] = value;
    else if (words !== null) entry[field.name] = words;
    else if (field.isNullable && field.isRequired) entry[field.name] = null;
    else if (field.isRequired && !field.hasDefault) return null;
  }
  return entry;
}

const wordsFor = (field: Field, line: Line): string | null =>
  field.pattern === null ? catalogueName(line.what) : findPattern(field.pattern, line.what);

/** "the main brooms" as a catalogue would list it. */
function catalogueName(what: string): string {
  const words = what.split(/\s+/);
  const kept = words.filter((word, index) => index > 0 || !isSmall(word.toLowerCase()));
  return kept.map(singular).join(" ");
}
