// One stretch of words cut into what Markdown may mean in it: code, links, addresses, marks of emphasis, and letters.
// Each pattern is bounded and anchored, so that no text, however made, takes longer than its length deserves.
import { parseAddress, toLink } from "./address.ts";
import type { Spans } from "./document.ts";

export type Token =
  | { readonly kind: "spans"; readonly spans: Spans }
  | { readonly kind: "text"; readonly text: string }
  /** A run of `*`, `_` or `~`, and what it may do where it stands. */
  | {
      readonly kind: "mark";
      readonly run: string;
      readonly mayOpen: boolean;
      readonly mayClose: boolean;
    };

const plain = /[^\\`[!<hH*_~]+/uy;
const code = /(?<!`)(?<ticks>`{1,3})(?!`)(?<inside>[^]{1,2000}?)(?<!`)\k<ticks>(?!`)/uy;
const link =
  /!?\[(?<label>(?:[^[\]\\]|\\.|\[[^[\]]{0,200}\]){0,500})\]\(\s?<?(?<url>(?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,2000})>?(?:\s+"[^"\n]{0,200}")?\s?\)/uy;
const autolink = /<(?<url>https?:\/\/[^\s<>]{1,2000})>/iuy;
const bare = /https?:\/\/(?:[^\s<>()[\]`*"|\\]|\([^\s<>()]{0,200}\)){1,2000}/iuy;
const escaped = /\\(?<character>[!-/:-@[-`{-~])/uy;
const run = /\*{1,3}|_{1,3}|~~/uy;
/** Ends a sentence rather than an address. */
const trailing = /[.,:;!?'_~…’”»]+$/u;

type Reader = (text: string, at: number) => { readonly token: Token; readonly end: number } | null;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const readCode: Reader = (text, at) => {
  const groups = match(code, text, at)?.groups;
  if (groups === undefined) return null;
  const { ticks = "", inside = "" } = groups;
  const flat = inside.replaceAll("\n", " ");
  const words = /^ .*[^ ].* $/u.test(flat) ? flat.slice(1, -1) : flat;
  const spans: Spans = [{ kind: "code", text: words }];
  return { token: { kind: "spans", spans }, end: at + inside.length + 2 * ticks.length };
};

const readLink: Reader = (text, at) => {
  const found = match(link, text, at);
  const address = found === null ? null : parseAddress(found.groups?.["url"] ?? "");
  if (found === null || address === null) return null;
  const label = (found.groups?.["label"] ?? "").replaceAll(/\\([!-/:-@[-`{-~])/gu, "$1");
  const words = label.replaceAll(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/gu, "");
  return { token: { kind: "spans", spans: toLink(words, address) }, end: at + found[0].length };
};

const readAddress: Reader = (text, at) => {
  const pointed = match(autolink, text, at);
  const raw = pointed?.groups?.["url"] ?? match(bare, text, at)?.[0].replace(trailing, "");
  const address = raw === undefined ? null : parseAddress(raw);
  if (raw === undefined || address === null) return null;
  const spans: Spans = [{ kind: "link", label: null, ...address }];
  return { token: { kind: "spans", spans }, end: at + (pointed?.[0].length ?? raw.length) };
};

const readEscaped: Reader = (text, at) => {
  const character = match(escaped, text, at)?.groups?.["character"];
  return character === undefined ? null : { token: { kind: "text", text: character }, end: at + 2 };
};

const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);
const isSpace = (character: string): boolean => character.trim() === "";

const readMark: Reader = (text, at) => {
  const marks = match(run, text, at)?.[0];
  if (marks === undefined || text[at + marks.length] === marks[0] || text[at - 1] === marks[0]) return null;
  const before = text[at - 1] ?? "";
  const after = text[at + marks.length] ?? "";
  // `2*3*4` and `snake_case_names` are no emphasis; `**` may stand within a word.
  const isLoose = marks === "**" || marks === "~~" || marks === "***";
  const mayOpen = !isSpace(after) && (isLoose || !isWord(before));
  const mayClose = !isSpace(before) && (isLoose || !isWord(after));
  return { token: { kind: "mark", run: marks, mayOpen, mayClose }, end: at + marks.length };
};

const readers: Readonly<Record<string, Reader>> = {
  "\\": readEscaped,
  "`": readCode,
  "[": readLink,
  "!": readLink,
  "<": readAddress,
  h: readAddress,
  H: readAddress,
  "*": readMark,
  _: readMark,
  "~": readMark,
};

/** Every character of the text ends up in exactly one token, but for marks that were understood. */
export function toTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const read = readers[text[at] ?? ""]?.(text, at) ?? null;
    if (read !== null) {
      tokens.push(read.token);
      at = read.end;
      continue;
    }
    // What no reader understands is a letter, and so is a whole run of the same mark.
    const letters = match(plain, text, at)?.[0] ?? /^([^hH])\1*/u.exec(text.slice(at, at + 1_000))?.[0] ?? "";
    tokens.push({ kind: "text", text: letters === "" ? (text[at] ?? "") : letters });
    at += letters === "" ? 1 : letters.length;
  }
  return tokens;
}
