// A call as its card shows it: every value of the arguments on a line of its own, exactly, long ones in several parts.
// What could not be shown whole is no proposal.
import type { DocumentChange, Json, JsonObject } from "../../src/ports.ts";
import { inert } from "./words.ts";

const most = { characters: 8_000, lines: 100, inOneLine: 300 };
const shownInSummary = 60;

/** Null: more than a person would read. */
export function toChanges(tool: string, args: JsonObject): readonly DocumentChange[] | null {
  if (JSON.stringify(args).length > most.characters) return null;
  const leaves = leavesOf(args, "");
  const lines = leaves.flatMap(([path, value]) => partsOf(path, value));
  if (lines.length > most.lines) return null;
  // Nothing before: what the server has is not known, only what it would be sent.
  return (lines.length === 0 ? [["arguments", "none"] as const] : lines).map(([label, value]) => ({
    record: tool,
    label,
    before: null,
    after: value,
  }));
}

/** Tool, server, and the first words among the arguments, so that two calls can be told apart. */
export function toSummary(tool: string, server: string, args: JsonObject): string {
  const first = leavesOf(args, "").find(([, value]) => typeof value === "string" && value !== "");
  const about = first === undefined ? "" : `: ${inert(String(first[1]), shownInSummary)}`;
  return `Call ${inert(tool, 64)} on the server ${server}${about}`;
}

type Leaf = readonly [path: string, value: string | number | boolean | null];

function leavesOf(value: Json, path: string): readonly Leaf[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  const entries: readonly (readonly [string, Json])[] = isList(value)
    ? value.map((item, at) => [`${path}[${at + 1}]`, item])
    : Object.entries(value).map(([key, item]) => [path === "" ? key : `${path}.${key}`, item]);
  // An empty list is an answer of its own.
  if (entries.length === 0 && path !== "") return [[path, isList(value) ? "(empty list)" : "(nothing)"]];
  return entries.flatMap(([inner, item]) => leavesOf(item, inner));
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** In the spelling of JSON: quotes, line breaks and blanks at the end can be seen. */
function partsOf(path: string, value: Leaf[1]): readonly (readonly [string, string])[] {
  const text = JSON.stringify(value);
  if (text.length <= most.inOneLine) return [[path, text]];
  const count = Math.ceil(text.length / most.inOneLine);
  return Array.from({ length: count }, (_, at) => [
    `${path} (part ${at + 1} of ${count})`,
    text.slice(at * most.inOneLine, (at + 1) * most.inOneLine).toWellFormed(),
  ]);
}
