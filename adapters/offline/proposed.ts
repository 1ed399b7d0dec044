// The answer once something was proposed: what would change, and that it waits. Nothing is ever said to be done.
import type { Json } from "../../src/ports.ts";
import { say } from "./act.ts";
import type { Act } from "./act.ts";
import { isObject, plain } from "./scene.ts";
import type { Result } from "./scene.ts";
import { spoken } from "./words.ts";

export function composeEffects(effects: readonly Result[]): Act {
  const answers = effects.map(({ value, text, isError, call }) => {
    const summary = isObject(value) ? textOf(value["summary"]) : null;
    const id = isObject(value) ? textOf(value["proposed"]) : null;
    if (isError || id === null) return (isObject(value) ? textOf(value["note"]) : null) ?? text;
    const head = `${summary ?? "The change is prepared"}${call.name.startsWith("change") ? newIn(call.input, summary ?? "") : ""}`;
    return `${sentence(head)} This is proposal ${id}: it waits for approval, and nothing has been done yet.`;
  });
  const proposed = effects.filter(({ isError }) => !isError);
  return say(
    answers.join("\n\n"),
    proposed.flatMap(({ call }) => (isObject(call.input) ? [{ from: call.name, row: call.input }] : [])),
  );
}

/** What a change sets, where the ERP's own summary does not say it. */
function newIn(input: Json, summary: string): string {
  const known = summary.toLowerCase();
  const set = Object.entries(isObject(input) ? input : {}).filter(
    ([, value]) => !known.includes(plain(value).toLowerCase()),
  );
  // The first field says whose record it is.
  const values = set.slice(set.length === Object.keys(input ?? {}).length ? 1 : 0);
  return values.length === 0
    ? ""
    : `: ${values.map(([name, value]) => `${spoken(name)} ${plain(value)}`).join(", ")}`;
}

export const textOf = (value: Json | undefined): string | null => (typeof value === "string" ? value : null);
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
