// What one line of Markdown begins. Each test looks at a line once, however long it is.
import { parseTable } from "./table.ts";

export type Fence = { readonly indent: number; readonly mark: string; readonly language: string | null };

export function parseFence(line: string): Fence | null {
  const groups = /^(?<indent> {0,12})(?<mark>`{3,}|~{3,})(?<rest>[^`]*)$/u.exec(line)?.groups;
  if (groups === undefined) return null;
  const { indent = "", mark = "", rest = "" } = groups;
  const word = rest.trim().split(/\s/u, 1)[0] ?? "";
  const language = /^[\w.#+-]{1,20}$/u.test(word) ? word.toLowerCase() : null;
  return { indent: indent.length, mark, language };
}

export function closesFence(line: string, { mark }: Fence): boolean {
  const found = /^ {0,12}(?<mark>`{3,}|~{3,})\s*$/u.exec(line)?.groups?.["mark"] ?? "";
  return found.length >= mark.length && found[0] === mark[0];
}

export function parseHeading(line: string): { readonly level: number; readonly words: string } | null {
  const found = /^ {0,3}(?<marks>#{1,6})\s/u.exec(line);
  if (found === null) return null;
  const words = line.slice(found[0].length).trim().replace(/\s#+$/u, "").trim();
  return words === "" ? null : { level: found.groups?.["marks"]?.length ?? 1, words };
}

export const isRule = (line: string): boolean =>
  /^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/u.test(line);
export const isQuote = (line: string): boolean => /^ {0,3}>/u.test(line);
export const isBlank = (line: string): boolean => line.trim() === "";
export const indentOf = (line: string): number => line.length - line.trimStart().length;

const box = /^\[(?<mark>[ xX])\] (?<words>.*)$/u;
export type Item = { readonly indent: number; readonly number: number | null; readonly words: string };

export function parseItem(line: string): Item | null {
  const groups = /^(?<indent> *)(?<mark>[-*+•]|\d{1,9}[.)])(?: +|$)(?<words>.*)$/u.exec(line)?.groups;
  if (groups === undefined) return null;
  const { indent = "", mark = "", words = "" } = groups;
  const task = box.exec(words)?.groups;
  const ticked = task === undefined ? words : `${task["mark"] === " " ? "☐" : "☑"} ${task["words"] ?? ""}`;
  const number = /\d/u.test(mark) ? Number.parseInt(mark, 10) : null;
  return { indent: indent.length, number, words: ticked };
}

/** A line at which whatever stood before ends. */
export function startsBlock(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  return (
    isBlank(line) ||
    isQuote(line) ||
    isRule(line) ||
    parseFence(line) !== null ||
    parseHeading(line) !== null ||
    parseItem(line) !== null ||
    parseTable(lines, at) !== null
  );
}

/** The first line from `at` on for which this holds, or the end. */
export function findLine(lines: readonly string[], at: number, isIt: (line: string) => boolean): number {
  let next = at;
  while (next < lines.length && !isIt(lines[next] ?? "")) next += 1;
  return next;
}
