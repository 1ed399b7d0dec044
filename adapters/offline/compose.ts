// The answer once something was looked up or proposed. Rows are shown as they came, cut to the length agreed;
// a proposal is said to wait, never to be done.
import type { Json, JsonObject } from "../../src/ports.ts";
import { say } from "./act.ts";
import type { Act, Found } from "./act.ts";
import { wishesIn } from "./pieces.ts";
import { recordLine, sumLine } from "./records.ts";
import { looksThroughText } from "./job-values.ts";
import { lineOf, rowsOf } from "./rows.ts";
import { composeEffects, sentence, textOf } from "./proposed.ts";
import { isObject } from "./scene.ts";
import { abilitiesOf, quoteFacts } from "./talk.ts";
import type { Result, Scene } from "./scene.ts";
import { findCodes } from "./values.ts";
import { countWords, stem, stemsOf, wordsOf } from "./words.ts";

export function compose(scene: Scene): Act {
  const effects = scene.results.filter(({ tool }) => tool.kind === "effect");
  if (effects.length > 0) return composeEffects(effects);
  const parts = scene.results.map((result) => composeReader(result, scene));
  const found = parts.filter(({ rows }) => rows.length > 0);
  const remembered = quoteFacts(scene, found.length > 0 ? 0.75 : 0.5);
  const abilities = abilitiesOf(scene);
  const texts = [
    // What is remembered stands before an empty search, and behind what the records say.
    ...(found.length > 0 ? [] : [remembered]),
    ...parts.map(({ text }) => text),
    ...(found.length > 0 ? [remembered] : []),
    abilities?.answer ?? null,
  ].filter((text) => text !== null);
  const wishes = scene.results.some(({ tool }) => tool.name === "readSiteChecks") ? wishesIn(scene.text) : [];
  const wanted = wishes.length === 0 ? [] : [["Wanted:", ...wishes.map((wish) => `- ${wish}`)].join("\n")];
  const rows = [...parts.flatMap((part) => part.rows), ...(abilities?.rows ?? [])];
  const gaps = found.length > 0 ? [] : [scene.text];
  return say([...wanted, ...texts].join("\n\n"), rows, {
    ...fieldsIn(scene.results),
    changes: wishes,
    gaps,
  });
}

/** What was asked and what the answer says of itself, beside its rows: "occasion", "machine". */
function fieldsIn(results: readonly Result[]): JsonObject {
  const said = results.flatMap(({ call, value }) => [call.input, value]).filter(isObject);
  const plainOnes = said
    .flatMap((part) => Object.entries(part))
    .filter(([name, value]) => typeof value === "string" && !["text", "note", "asOf"].includes(name));
  return Object.fromEntries(plainOnes);
}

/** A search by words within one kind of record found nobody: the whole kind is the next best thing to show. */
export function widen({ results, readers }: Scene): Extract<Act, { kind: "use" }> | null {
  const [only] = results;
  if (only === undefined || results.length > 1 || only.tool.kind !== "reader") return null;
  const sellers = readers.find(({ name }) => name === "findSuppliers");
  if (only.tool.name === "findSources" && sellers !== undefined && !only.isError)
    return rowsOf(only.value).length === 0 ? { kind: "use", tool: sellers.name, input: {} } : null;
  if (!isObject(only.call.input) || typeof only.call.input["role"] !== "string") return null;
  const { text, ...rest } = only.call.input;
  const isEmpty = rowsOf(only.value).every((row) => !isMeant(row, only.call.input));
  const isNamed = typeof text !== "string" || findCodes(text).length > 0;
  return only.isError || isNamed || !isEmpty ? null : { kind: "use", tool: only.tool.name, input: rest };
}

type Part = { readonly text: string; readonly rows: readonly Found[] };

function composeReader({ tool, value, text, isError, call }: Result, scene: Scene): Part {
  if (isError || value === null) return { text, rows: [] };
  const all = rowsOf(value);
  const rows = accountsIn(
    all.filter((row) => looksThroughText(tool) || isMeant(row, call.input)),
    scene.text,
  );
  const found = isObject(value) ? value : {};
  const note = textOf(found["note"]) ?? "";
  if (rows.length === 0) return { text: sentence(note === "" ? nothing(call.input) : note), rows: [] };
  const asOf = found["asOf"];
  const shown = fitting(rows, scene.maxWords - 40);
  const isWhole = rows.length === all.length;
  const total = isWhole && typeof found["total"] === "number" ? found["total"] : rows.length;
  const more = total - shown.length;
  const tail = [
    more > 0 ? `And ${String(more)} more: name what you look for.` : "",
    isUnnarrowed(call.input, scene.text) ? "I could not narrow it down by all of your words." : "",
    note,
    typeof asOf === "string" || typeof asOf === "number" ? `As of ${stamp(asOf)}.` : "",
  ].filter((part) => part !== "");
  const head = isWhole ? headOf(call, value, scene) : null;
  return {
    text: [head, listOf(shown), tail.join(" ")].filter((part) => part !== null && part !== "").join("\n"),
    rows: shown.map((row) => ({ from: call.name, row })),
  };
}

/** "How much cash?" names one account of the ledger. */
function accountsIn(rows: readonly JsonObject[], text: string): readonly JsonObject[] {
  const said = new Set(wordsOf(text).map(stem));
  const named = rows.filter(
    ({ account }) => typeof account === "string" && stemsOf(account).every((word) => said.has(word)),
  );
  return named.length > 0 ? named : rows;
}

/** One row is no list; an order's lines stand below the order. */
function listOf(rows: readonly JsonObject[]): string {
  const isOnly = rows.length === 1;
  const lines = rows.map((row) => recordLine(row, isOnly) ?? lineOf(row));
  const [first = "", ...rest] = lines;
  if (isOnly) return first;
  const isDocument = rest.length > 0 && rows.slice(1).every((row) => "line" in row || isLineOf(row, rows[0]));
  return (isDocument ? [first, ...rest.map((line) => `- ${line}`)] : lines.map((line) => `- ${line}`)).join(
    "\n",
  );
}
const isLineOf = (row: JsonObject, document: JsonObject | undefined): boolean =>
  typeof row["record"] === "string" &&
  typeof document?.["record"] === "string" &&
  row["record"].startsWith(`${document["record"]}#`);

/** The figure that was asked for, before the rows that it is made of. */
function headOf({ name, input }: Result["call"], value: Json, { text, results }: Scene): string | null {
  const given = isObject(input) ? input : {};
  const said = Object.entries(given).flatMap(([field, choice]) =>
    choice === true ? [field] : typeof choice === "string" && field === "state" ? [choice] : [],
  );
  const role = given["role"];
  const kind = name.replace(/^find/, "").toLowerCase();
  const noun = typeof role === "string" ? `${role}s` : [...said, kind].join(" ");
  if (given["low"] === true) return "Below the reorder level:";
  // A sum over unlike things answers nothing.
  if (kind === "stock" && given["text"] === undefined) return null;
  const isParties = ["parties", "customers", "suppliers"].includes(kind);
  if (results.length > 1 && isParties && given["text"] === undefined) return `All ${noun}:`;
  const total = isObject(value) && typeof value["total"] === "number" ? value["total"] : 0;
  if (isParties && /\bmany\b/i.test(text) && total > 1) return `**${String(total)}** ${noun}:`;
  if (isParties && !/\bow(?:e|es|ed|ing)\b/i.test(text)) return null;
  return sumLine(value, noun);
}

/** A list of everything is no answer to a question about some of it, so it says what it is. */
const isUnnarrowed = (input: Json, text: string): boolean =>
  isObject(input) &&
  ((Object.keys(input).length === 0 &&
    /\b(?:not|never|without|low|out of|zero|unpaid|open|late|offene?n?|überfällige?n?)\b/i.test(text)) ||
    (findCodes(text).length === 0 &&
      /\b(?:over \d|under \d|above|more than|less than|week|month|today|yesterday)\b/i.test(text)));

/** To the minute; an instant in UTC says so. */
const stamp = (asOf: string | number): string => {
  const iso = typeof asOf === "number" ? new Date(asOf).toISOString() : asOf;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/.test(iso) ? `${iso.slice(0, 16).replace("T", " ")} UTC` : iso;
};

/** A search may return what shares one word of several with the question; that is not what was asked for. */
function isMeant(row: JsonObject, input: Json): boolean {
  const text = isObject(input) ? textOf(input["text"]) : null;
  const words = (text ?? "").split(" ").filter((word) => word.length > 2);
  const body = JSON.stringify(row).toLowerCase();
  // A record is named by its whole number or not at all.
  const [code] = findCodes(text ?? "");
  if (code !== undefined) return body.includes(code.toLowerCase());
  const shared = words.filter((word) => body.includes(word.toLowerCase())).length;
  return words.length < 2 || shared === 0 || shared * 2 >= words.length;
}

function nothing(input: Json): string {
  const given = isObject(input) ? input : {};
  const words = typeof given["text"] === "string" ? [given["text"]] : Object.values(given);
  const named = words.filter((word) => typeof word === "string").map((word) => `“${word}”`);
  if (named.length > 0) return `I found nothing for ${named.join(", ")}.`;
  return Object.values(given).includes(true) ? "Nothing: no record fits that right now." : "I found nothing.";
}

/** As many whole rows as fit, and always the first. */
function fitting(rows: readonly JsonObject[], maxWords: number): readonly JsonObject[] {
  let words = 0;
  const end = rows.findIndex(
    (row) => (words += 1 + countWords(recordLine(row, false) ?? lineOf(row))) > maxWords,
  );
  return end === -1 ? rows : rows.slice(0, Math.max(1, end));
}
