// A change log without a language model: each line by its own mark ("feat:", "fixed …"), word for word. What the marks
// call internal is left out and named.
import type { JsonObject } from "../../src/ports.ts";
import { say } from "./act.ts";
import type { Act } from "./act.ts";
import { listIn, piecesOf } from "./pieces.ts";

const headings = {
  security: "Security",
  removed: "Removed",
  changed: "Changed",
  added: "Added",
  fixed: "Fixed",
} as const;
type Kind = keyof typeof headings;
const kinds = ["added", "changed", "fixed", "removed", "security"] as const satisfies readonly Kind[];

const mark = /^(?<type>[a-z]+)(?:\([^)]*\))?!?:\s*(?<rest>.+)$/iu;
const byType: Readonly<Record<string, Kind | "internal">> = {
  feat: "added",
  feature: "added",
  fix: "fixed",
  bugfix: "fixed",
  hotfix: "fixed",
  perf: "changed",
  revert: "removed",
  remove: "removed",
  security: "security",
  chore: "internal",
  ci: "internal",
  test: "internal",
  tests: "internal",
  docs: "internal",
  build: "internal",
  style: "internal",
  refactor: "internal",
  deps: "internal",
};
const byWord: readonly (readonly [RegExp, Kind])[] = [
  [/\b(?:security|xss|vulnerab\w*|cve-\d)/iu, "security"],
  [/^(?:fix|fixed|fixes|bug|repaired|corrected)\b|\bno longer\b|\bbug\b/iu, "fixed"],
  [/^(?:remove|removed|removes|drop|dropped|deleted)\b/iu, "removed"],
  [/^(?:add|added|adds|new|introduce|introduced)\b/iu, "added"],
];

type Entry = { readonly kind: Kind | "internal"; readonly text: string };

function entryOf(line: string): Entry {
  const found = mark.exec(line)?.groups;
  const text = found?.["rest"] ?? line;
  const typed = byType[found?.["type"]?.toLowerCase() ?? ""];
  const worded = byWord.find(([words]) => words.test(text))?.[1] ?? "changed";
  return { kind: worded === "security" ? worded : (typed ?? worded), text };
}

const version = /\b(?:version |v|release |for |of )?(\d{1,4}(?:\.\d{1,4}){1,3})\b|\bversion (\d{1,4})\b/iu;
const isList = /change ?log|release notes|patch notes|notes|commits?|tickets?|changes|list|log\b|änderung/iu;

export function changeLog(text: string): Act {
  const [head = ""] = text.split(/:\s|\n/u);
  const isHeaded = isList.test(head);
  const source = isHeaded ? listIn(text) : mark.test(text.trim()) ? text : null;
  if (source === null)
    return { kind: "ask", question: "Which changes? Paste the commits, tickets or notes behind a colon." };
  const entries = piecesOf(source).map(entryOf);
  const internal = entries.filter(({ kind }) => kind === "internal").map((entry) => entry.text);
  const named = version.exec(isHeaded ? head : "");
  const number = named?.[1] ?? named?.[2] ?? null;
  const shown = entries.flatMap((entry): readonly JsonObject[] =>
    entry.kind === "internal" ? [] : [{ kind: entry.kind, text: entry.text }],
  );
  const sections = kinds.flatMap((kind) => {
    const lines = entries.filter((entry) => entry.kind === kind).map((entry) => `- ${entry.text}`);
    return lines.length === 0 ? [] : [`**${headings[kind]}**\n${lines.join("\n")}`];
  });
  const body = sections.length === 0 ? ["Nothing that users notice."] : sections;
  const answer = [...(number === null ? [] : [`**Version ${number}**`]), ...body].join("\n\n");
  return say(answer, [], { version: number, entries: shown, internal });
}
