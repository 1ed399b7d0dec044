// Text between Slack and Nova. Inward: Slack's markup becomes plain words. Outward: where there is no rich text,
// `& < >` are escaped, so no mention, channel or link can be made.
import { toVisible } from "../../src/markdown/visible.ts";

/** One Slack section holds 3000 characters; the rest is room for closing and reopening a code fence. */
const sectionLimit = 2_980;
const fence = "```";

/** What a person wrote, without Slack's markup; `botUserId` is left out where it stands as a mention. */
export function toPlain(text: string, botUserId: string): string {
  return text
    .replaceAll(markup, (whole) => toWord(whole, botUserId))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();
}

const markup = /<([@#!])?([^>|]+)(?:\|([^>]*))?>/g;

function toWord(whole: string, botUserId: string): string {
  const [, sign, id = "", label = ""] = new RegExp(markup.source).exec(whole) ?? [];
  if (sign === "@") return id === botUserId ? "" : `@${label === "" ? id : label}`;
  if (sign === "#") return `#${label === "" ? id : label}`;
  if (sign === "!") return label === "" ? `@${id}` : label;
  if (!/^(?:https?:|mailto:|tel:)/.test(id)) return whole;
  const address = id.replace(/^mailto:/, "");
  return label === "" || label === address ? address : `${label} (${address})`;
}

export function escapeText(text: string): string {
  return toVisible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Visible, and cut with a visible mark; nothing is cut in silence. */
export function clip(text: string, limit: number): string {
  const visible = toVisible(text);
  return visible.length > limit ? `${visible.slice(0, limit - 1).toWellFormed()}…` : visible;
}

/** Cuts mrkdwn into pieces that each fit a section; joined with line breaks they read as the whole. */
export function toSections(mrkdwn: string): readonly string[] {
  const sections: string[] = [];
  let current = "";
  let isCode = false;
  for (const line of mrkdwn.split("\n").flatMap(cutLine)) {
    if (current !== "" && current.length + line.length + 1 > sectionLimit) {
      sections.push(isCode ? `${current}\n${fence}` : current);
      current = isCode ? `${fence}\n${line}` : line;
    } else current = current === "" ? line : `${current}\n${line}`;
    if (line.trimStart().startsWith(fence)) isCode = !isCode;
  }
  return [...sections, current].filter((section) => section.trim() !== "");
}

/** A line longer than a section, cut between words where possible and never inside a character or an escape. */
function cutLine(line: string): readonly string[] {
  const limit = sectionLimit - 100;
  const parts: string[] = [];
  let rest = line;
  while (rest.length > limit) {
    const space = rest.lastIndexOf(" ", limit);
    let at = space > limit / 2 ? space + 1 : limit;
    const escape = /&[a-z]{0,3}$/.exec(rest.slice(0, at));
    if (escape !== null) at = escape.index;
    if (isLowSurrogate(rest.charCodeAt(at))) at -= 1;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...parts, rest];
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
