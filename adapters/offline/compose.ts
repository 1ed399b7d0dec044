// The answer once something was looked up or proposed. Rows are shown as they came, cut to the length agreed;
// a proposal is said to wait, never to be done.
import type { Json, JsonObject } from "../../src/ports.ts";
import { say } from "./act.ts";
import type { Act, Found } from "./act.ts";
import { lineOf, rowsOf } from "./rows.ts";
import { isObject } from "./scene.ts";
import { abilitiesOf } from "./talk.ts";
import type { Result, Scene } from "./scene.ts";
import { findCodes } from "./values.ts";
import { countWords } from "./words.ts";

export function compose(scene: Scene): Act {
  const effects = scene.results.filter(({ tool }) => tool.kind === "effect");
  if (effects.length > 0) return composeEffects(effects);
  const parts = scene.results.map((result) => composeReader(result, scene));
  const abilities = abilitiesOf(scene);
  const texts = [...parts.map(({ text }) => text), ...(abilities === null ? [] : [abilities.answer])];
  return say(texts.join("\n\n"), [...parts.flatMap(({ rows }) => rows), ...(abilities?.rows ?? [])]);
}

function composeEffects(effects: readonly Result[]): Act {
  const answers = effects.map(({ value, text, isError }) => {
    const summary = isObject(value) ? textOf(value["summary"]) : null;
    const id = isObject(value) ? textOf(value["proposed"]) : null;
    if (isError || id === null) return text;
    return `${sentence(summary ?? "The change is prepared")} This is proposal ${id}: it waits for approval, and nothing has been done yet.`;
  });
  const proposed = effects.filter(({ isError }) => !isError);
  return say(
    answers.join("\n\n"),
    proposed.flatMap(({ call }) => (isObject(call.input) ? [{ from: call.name, row: call.input }] : [])),
  );
}

const textOf = (value: Json | undefined): string | null => (typeof value === "string" ? value : null);
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

type Part = { readonly text: string; readonly rows: readonly Found[] };

function composeReader({ value, text, isError, call }: Result, scene: Scene): Part {
  if (isError || value === null) return { text, rows: [] };
  const all = rowsOf(value);
  const rows = all.filter((row) => isMeant(row, call.input));
  const found = isObject(value) ? value : {};
  const note = textOf(found["note"]) ?? "";
  if (rows.length === 0) return { text: sentence(note === "" ? nothing(call.input) : note), rows: [] };
  const asOf = found["asOf"];
  const shown = fitting(rows, scene.maxWords - 40);
  const lines = shown.map(lineOf);
  const isWhole = rows.length === all.length;
  const total = isWhole && typeof found["total"] === "number" ? found["total"] : rows.length;
  const tail = [
    total > shown.length ? `There are ${String(total)} in all; these are the first.` : "",
    isUnnarrowed(call.input, scene.text) ? "I could not narrow it down by all of your words." : "",
    note,
    typeof asOf === "string" || typeof asOf === "number" ? `As of ${stamp(asOf)}.` : "",
  ].filter((part) => part !== "");
  const list = lines.length === 1 ? (lines[0] ?? "") : lines.map((line) => `- ${line}`).join("\n");
  return {
    text: [list, tail.join(" ")].filter((part) => part !== "").join("\n"),
    rows: shown.map((row) => ({ from: call.name, row })),
  };
}

/** A list of everything is no answer to a question about some of it, so it says what it is. */
const isUnnarrowed = (input: Json, text: string): boolean =>
  isObject(input) &&
  Object.keys(input).length === 0 &&
  /\b(?:not|never|without|over|under|below|above|more than|less than|low|out of|zero|unpaid|open|late|due|week|month|today|yesterday)\b/i.test(
    text,
  );

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
  const words = isObject(input) ? Object.values(input).filter((value) => typeof value === "string") : [];
  return words.length === 0
    ? "I found nothing."
    : `I found nothing for ${words.map((word) => `“${word}”`).join(", ")}.`;
}

/** As many whole rows as fit, and always the first. */
function fitting(rows: readonly JsonObject[], maxWords: number): readonly JsonObject[] {
  let words = 0;
  const end = rows.findIndex((row) => (words += countWords(lineOf(row))) > maxWords);
  return end === -1 ? rows : rows.slice(0, Math.max(1, end));
}
